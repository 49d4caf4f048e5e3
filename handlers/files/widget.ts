import { defineWidget } from '#app/widget.ts'
import { fileIcon } from '#handlers/theming/file-icons.ts'
import * as files from '#world/files/files.ts'
import { favoritesOf } from '#world/files/tags.ts'

const PAGE = '/index.php/apps/files/favorites'

export const favoritesWidget = defineWidget({
  id: 'files-favorites',
  title: 'Favorite files',
  order: 0,
  iconClass: 'icon-starred-dark',
  icon: '/core/img/actions/star-dark.svg',
  page: PAGE,
  button: { text: 'More favorites', page: PAGE },
  items: {
    versions: [2],
    emptyMessage: 'No favorites',
    list: ({ world, profile, baseUrl, me }, { limit }) =>
      favoritesOf(world, me)
        .sort((a, b) => a - b)
        .flatMap((id) => files.entryOf(world, me, id) ?? [])
        .slice(0, limit)
        .map((entry) => ({
          title: files.baseName(entry.path),
          link: `${baseUrl}/index.php/f/${entry.node.id}`,
          iconUrl:
            baseUrl +
            (files.isFolder(entry)
              ? fileIcon(entry.node.mime, me, { world, profile })
              : `/index.php/core/preview?x=256&y=256&fileId=${entry.node.id}&c=${entry.node.etag}&mimeFallback=1`),
          sinceId: String(entry.node.createdAt),
        })),
  },
})
