import { defineSearchProvider, fileIcon, paginated, type SearchContext, type SearchEntry } from '#app/index.ts'
import * as files from '#world/files/files.ts'
import { hasPreview } from '#world/files/previews.ts'
import type { World } from '#world/world.ts'

/** Files and folders whose names contain a text, the newest first. */
export const fileSearch = defineSearchProvider({
  id: 'files',
  async search(query, context) {
    const { world, me } = context
    const root = files.resolve(world, me, '/')
    const wanted = query.term.toLowerCase()
    const found = (root ? below(world, root) : [])
      .filter(({ path }) => files.baseName(path).toLowerCase().includes(wanted))
      .sort((a, b) => b.node.mtime - a.node.mtime || b.node.id - a.node.id)
    const { entries, cursor } = paginated(found, query)
    return { entries: await Promise.all(entries.map((entry) => show(entry, context))), cursor }
  },
})

function below(world: World, folder: files.Entry): files.Entry[] {
  return files.list(world, folder).flatMap((entry) => [entry, ...(files.isFolder(entry) ? below(world, entry) : [])])
}

async function show(entry: files.Entry, context: SearchContext): Promise<SearchEntry> {
  const { baseUrl } = context
  const { node, path } = entry
  const folder = files.dirName(path)
  return {
    thumbnailUrl: hasPreview(node) ? `${baseUrl}/index.php/core/preview?x=32&y=32&fileId=${node.id}` : '',
    title: files.baseName(path),
    subline: folder === '/' ? '' : `in ${folder.slice(1)}`,
    resourceUrl: `${baseUrl}/index.php/f/${node.id}`,
    icon: files.isFolder(entry) ? 'icon-folder' : await fileIcon(node.mime, context),
    attributes: { fileId: String(node.id), path },
  }
}
