import { commentsTable } from '#world/files/comments.ts'
import * as files from '#world/files/files.ts'
import { getUser } from '#world/settings/config.ts'
import * as shares from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'

/** A file that an account may want to open next, and why. */
export interface Recommendation {
  readonly node: files.FileNode
  readonly name: string
  /** The folder that it is seen in. */
  readonly directory: string
  /** When it was touched, in seconds since 1970. */
  readonly at: number
  readonly reason: 'recently-commented' | 'recently-edited' | 'recently-shared'
}

/** Of each kind; also how many there are together unless somebody says otherwise. */
export const MOST = 7
const TWO_WEEKS = 14 * 86_400

/** What an account may want to open, the latest first, each file once. */
export function list(world: World, userId: string, most = MOST): Recommendation[] {
  const all = [...commented(world, userId), ...edited(world, userId), ...shared(world, userId)]
  const seen = new Set<number>()
  return all
    .sort((a, b) => b.at - a.at)
    .filter(({ node }) => !seen.has(node.id) && seen.add(node.id))
    .slice(0, most)
}

/** Files with the latest comments, whoever wrote them. */
function commented(world: World, userId: string): Recommendation[] {
  const latest = [...world.table(commentsTable).values()]
    .filter(({ objectType }) => objectType === 'files')
    .sort((a, b) => b.createdAt - a.createdAt || b.id - a.id)
  const found = new Map<string, Recommendation>()
  for (const { objectId, createdAt } of latest) {
    const entry = found.has(objectId) ? undefined : files.entryOf(world, userId, Number(objectId))
    if (entry) found.set(objectId, from(entry, createdAt, 'recently-commented'))
    if (found.size === MOST) break
  }
  return [...found.values()]
}

/** Files and empty folders that changed last; where there are many, those of the last two weeks come first. */
function edited(world: World, userId: string): Recommendation[] {
  const root = files.resolve(world, userId, '/')
  const all = (root ? below(world, root) : [])
    .filter((entry) => !files.isFolder(entry) || entry.node.size === 0)
    .sort((a, b) => b.node.mtime - a.node.mtime || a.node.id - b.node.id)
  const since = world.clock.seconds() - TWO_WEEKS
  const recent = all.filter(({ node }) => node.mtime > since).slice(0, MOST)
  const considered = recent.length < MOST ? recent : [...recent, ...all.slice(MOST)]
  const showsHidden = getUser(world, userId, 'files', 'show_hidden', '0') === '1'
  return considered
    .filter(({ path }) => showsHidden || !path.includes('/.'))
    .slice(0, MOST)
    .map((entry) => from(entry, entry.node.mtime, 'recently-edited'))
}

function below(world: World, folder: files.Entry): files.Entry[] {
  return files.list(world, folder).flatMap((entry) => [entry, ...(files.isFolder(entry) ? below(world, entry) : [])])
}

/** What the account received last. It goes by its owner's name for it, in the folder where the account has it. */
function shared(world: World, userId: string): Recommendation[] {
  const latest = shares.lists.reaching(world, userId).sort((a, b) => b.createdAt - a.createdAt)
  return latest.slice(0, MOST).flatMap((share) => {
    const node = shares.nodeOf(world, share)
    const entry = share.target === null ? undefined : files.resolve(world, userId, share.target)
    if (!node || !entry) return []
    return [{ ...from(entry, share.createdAt, 'recently-shared'), node, name: node.name }]
  })
}

function from(entry: files.Entry, at: number, reason: Recommendation['reason']): Recommendation {
  const { node, path } = entry
  return { node, name: files.baseName(path), directory: files.dirName(path), at, reason }
}
