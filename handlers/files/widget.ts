import { defineWidget, fileIcon, type WidgetContext, type WidgetItem } from '#app/index.ts'
import * as files from '#world/files/files.ts'
import { favoritesOf } from '#world/files/tags.ts'

const PAGE = '/index.php/apps/files/favorites'

export const favoritesWidget = defineWidget({
  id: 'files-favorites',
  since: 32,
  title: 'Favorite files',
  order: 0,
  iconClass: 'icon-starred-dark',
  icon: '/core/img/actions/star-dark.svg',
  page: PAGE,
  button: { text: 'More favorites', page: PAGE },
  items: {
    versions: [2],
    emptyMessage: 'No favorites',
    list: (context, { limit }) => {
      const { world, me } = context
      const favorites = favoritesOf(world, me)
        .sort((a, b) => a - b)
        .flatMap((id) => files.entryOf(world, me, id) ?? [])
      return Promise.all(favorites.slice(0, limit).map((entry) => show(entry, context)))
    },
  },
})

async function show(entry: files.Entry, context: WidgetContext): Promise<WidgetItem> {
  const { baseUrl } = context
  const { node, path } = entry
  const icon = files.isFolder(entry)
    ? await fileIcon(node.mime, context)
    : `/index.php/core/preview?x=256&y=256&fileId=${node.id}&c=${node.etag}&mimeFallback=1`
  return {
    title: files.baseName(path),
    link: `${baseUrl}/index.php/f/${node.id}`,
    iconUrl: baseUrl + icon,
    sinceId: String(node.createdAt),
  }
}
