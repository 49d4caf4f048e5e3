import {
  defineSearchProvider,
  fileIcon,
  paginated,
  type SearchContext,
  type SearchEntry,
  type SearchFilterValue,
  type SearchQuery,
} from '#app/index.ts'
import { Crash } from '#line/failures.ts'
import * as files from '#world/files/files.ts'
import { hasPreview } from '#world/files/previews.ts'
import * as shares from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'

/** Files and folders that all filters let through, the newest first or as they were stored. */
export const fileSearch = defineSearchProvider({
  id: 'files',
  orderFrom: { '/apps/files/?': -5 },
  async search(query, context) {
    const { world, me } = context
    const root = files.resolve(world, me, '/')
    const conditions = Object.entries(query.filters).map(([name, value]) => conditionOf(name, value, world))
    const found = (root ? below(world, root) : [])
      .filter((entry) => conditions.every((holds) => holds(entry)))
      .sort(query.newestFirst ? newestFirst : asFound(query))
    const { entries, cursor } = paginated(found, query)
    return { entries: await Promise.all(entries.map((entry) => show(entry, context))), cursor }
  },
})

type Condition = (entry: files.Entry) => boolean

const newestFirst = (a: files.Entry, b: files.Entry) => b.node.mtime - a.node.mtime || b.node.id - a.node.id

/**
 * As the database finds them when nobody asks for an order: each storage by itself, one's own first, by the index that
 * it looks into, which is that of sizes unless kinds of files are asked for (Nextcloud 34.0.1 on SQLite, asked).
 */
function asFound({ filters }: SearchQuery): (a: files.Entry, b: files.Entry) => number {
  const bySize = filters.mime === undefined && filters.type === undefined
  return (a, b) =>
    Number(a.mount !== null) - Number(b.mount !== null) ||
    (bySize ? a.node.size - b.node.size : 0) ||
    a.node.id - b.node.id
}

/** @throws Crash for filters that are advertised or common, and not understood all the same */
function conditionOf(name: string, value: SearchFilterValue, world: World): Condition {
  const text = String(value)
  switch (name) {
    case 'term': {
      const pattern = likePattern(`%${text}%`)
      return ({ path }) => pattern.test(files.baseName(path))
    }
    case 'since':
      return ({ node }) => node.mtime >= Number(value)
    case 'until':
      return ({ node }) => node.mtime <= Number(value)
    case 'min-size':
      return ({ node }) => node.size >= Number(value)
    case 'max-size':
      return ({ node }) => node.size <= Number(value)
    case 'mime':
      return ({ node }) => node.mime === text
    case 'type': {
      const pattern = likePattern(`${text}/%`)
      return ({ node }) => pattern.test(node.mime)
    }
    case 'path': {
      const pattern = likePattern(`/${text.replace(/^\/+/, '')}%`)
      return ({ node }) => pattern.test(files.pathInFiles(world, node) ?? '')
    }
    case 'person':
      return isSharedWith(value, world)
    default:
      throw new Crash(`files are not searched by ${name}`)
  }
}

/** What somebody shared or got by themselves, or a group got; a folder's contents are not asked for. */
function isSharedWith(person: SearchFilterValue, world: World): Condition {
  if (typeof person !== 'object') throw new Crash('nobody')
  const isMeant =
    'user' in person
      ? ({ type, sharedWith, owner }: shares.Share) =>
          owner === person.user || (type === shares.TYPE.user && sharedWith === person.user)
      : ({ type, sharedWith }: shares.Share) => type === shares.TYPE.group && sharedWith === person.group
  return ({ node }) => shares.ofNode(world, node.id).some(isMeant)
}

/** SQL's LIKE, in any case: `%` is anything and `_` one character, unless a backslash is before it. */
function likePattern(like: string): RegExp {
  const source = like.replace(/\\?./gs, (part) => {
    if (part === '%') return '.*'
    if (part === '_') return '.'
    const char = part.length > 1 && part.startsWith('\\') ? part.slice(1) : part
    return char.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${source}$`, 'is')
}

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
