import { defineSearchProvider, fileIcon, paginated, type SearchContext, type SearchEntry } from '#app/index.ts'
import { systemTags } from '#handlers/dav/api.ts'
import * as files from '#world/files/files.ts'

/** Tags whose names contain a text, and one's files that have one of them. */
export const tagSearch = defineSearchProvider({
  id: 'systemtags',
  orderFrom: { '/apps/files/?': -4 },
  async search(query, context) {
    const { world, me, baseUrl } = context
    const wanted = query.term.toLowerCase()
    const tags = systemTags.list(world, '').filter(({ name }) => name.toLowerCase().includes(wanted))
    if (tags.length === 0) return { entries: [] }
    // A file is found once for each of its tags.
    const tagged = tags
      .flatMap(({ id }) => systemTags.objectsOf(world, 'files', id))
      .flatMap((id) => files.entryOf(world, me, Number(id)) ?? [])
      .sort((a, b) => (query.newestFirst ? b.node.mtime - a.node.mtime : 0) || a.node.id - b.node.id)
    const { entries, cursor } = paginated(tagged, query)
    const list = tags.map(({ id, name }) => ({
      title: `All tagged ${name} …`,
      resourceUrl: `${baseUrl}/index.php/apps/files/tags?dir=/${id}`,
      icon: 'icon-tag',
    }))
    return {
      entries: [...list, ...(await Promise.all(entries.map((entry) => show(entry, query.term, context))))],
      cursor,
    }
  },
})

const MOST_NAMED = 3

async function show(entry: files.Entry, term: string, context: SearchContext): Promise<SearchEntry> {
  const { world, baseUrl } = context
  const { node, path } = entry
  const names = systemTags.tagsOf(world, '', 'files', String(node.id)).map(({ name }) => name)
  const first = names.filter((name) => name.includes(term))
  const shown = [...first, ...names.filter((name) => !first.includes(name))].slice(0, MOST_NAMED)
  return {
    thumbnailUrl: `${baseUrl}/index.php/core/preview?x=32&y=32&fileId=${node.id}`,
    title: files.baseName(path),
    subline: `tagged ${shown.join(', ')}`,
    resourceUrl: `${baseUrl}/index.php/f/${node.id}`,
    icon: files.isFolder(entry) ? 'icon-folder' : await fileIcon(node.mime, context),
    attributes: { fileId: String(node.id), path },
  }
}
