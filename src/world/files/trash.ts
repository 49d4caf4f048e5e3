import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import { defineReactions } from '../reactions.ts'
import * as apps from '../settings/apps.ts'
import { getSystemString } from '../settings/config.ts'
import type { World } from '../world.ts'
import { type Entry, isFolder, may, ownerOf, resolve } from './entries.ts'
import { home } from './homes.ts'
import { type Retention, readRetention } from './retention.ts'
import type { FileNode } from './tree.ts'
import * as tree from './tree.ts'
import * as versions from './versions.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'file.purged': { readonly id: number }
  }
}

/** Something deleted that can still be restored. */
export interface Trashed {
  readonly id: number
  readonly userId: string
  readonly name: string
  /** Seconds since 1970. */
  readonly deletedAt: number
  /** The folder it was in, in its owner's files: `Documents`, or `.` for the top. */
  readonly location: string
  readonly deletedBy: string
}

/** Trashed nodes by id of the node. */
export const trashTable = defineTable<Trashed>('trash', {
  record: s.object({
    id: s.int(),
    userId: s.string(),
    name: s.string(),
    deletedAt: s.number(),
    location: s.string(),
    deletedBy: s.string(),
  }),
})

/**
 * Move what an account deletes into its owner's trash. Whoever deleted what others shared gets a copy of it.
 * @param actor who is logged in; `null`: nobody, as on a server's console. Default: the account that it is deleted for
 */
export function moveToTrash(
  world: World,
  deleted: Entry,
  deletedAt = world.clock.seconds(),
  actor: string | null = deleted.userId,
): Trashed {
  const { node, userId: deletedBy } = deleted
  const userId = ownerOf(node)
  const bins = ensureBins(world, node.storage)
  const byOwner = deletedBy === userId
  const place = locationOf(tree.storagePath(world, node))
  // Where it was not its owner who is logged in, the place is kept with a slash in front (Nextcloud 34.0.1, asked).
  const location = actor === userId || place === TOP ? place : `/${place}`
  const trashed: Trashed = { id: node.id, userId, name: node.name, deletedAt, deletedBy, location }
  // What went by the same name in the same second is gone for good (Nextcloud 34.0.1, source).
  const namesake = find(world, userId, nameInTrash(trashed))
  if (namesake) purge(world, namesake)
  for (const kept of versions.all(world, node)) {
    tree.relocate(world, kept.id, bins.versions.id, `${kept.name}.d${deletedAt}`)
  }
  tree.relocate(world, node.id, bins.files.id, nameInTrash(trashed))
  world.table(trashTable).set(String(node.id), trashed)
  if (!byOwner) keepCopy(world, deleted, trashed)
  return trashed
}

function keepCopy(world: World, { path, userId }: Entry, original: Trashed): void {
  const bin = ensureBins(world, `home::${userId}`).files
  const copy = tree.duplicate(world, original.id, bin.id, nameInTrash(original))
  const location = locationOf(`files${path}`)
  world.table(trashTable).set(String(copy.id), { ...original, id: copy.id, userId, location })
}

/** How a trashed node is called in the trash: its name and when it was deleted. */
export const nameInTrash = ({ name, deletedAt }: Trashed): string => `${name}.d${deletedAt}`

/** What an account deleted, the newest first. */
export function list(world: World, userId: string): Trashed[] {
  return [...world.table(trashTable).values()]
    .filter((trashed) => trashed.userId === userId)
    .sort((a, b) => b.deletedAt - a.deletedAt || a.id - b.id)
}

export function find(world: World, userId: string, name: string): Trashed | undefined {
  return list(world, userId).find((trashed) => nameInTrash(trashed) === name)
}

/**
 * Put something back where it was, or to the top where that folder is gone. Where its name is taken it gets
 * another one: `report (restored).txt`.
 */
export function restore(world: World, trashed: Trashed): FileNode {
  const top = home(world, trashed.userId)!
  const old = resolve(world, trashed.userId, trashed.location)
  const folder = old && isFolder(old) && may(old, 'create') ? old.node : top
  const name = restoredName(world, folder, trashed.name)
  const node = tree.relocate(world, trashed.id, folder.id, name)
  for (const kept of versionsOf(world, trashed)) versions.giveBack(world, node, kept, trashed.deletedAt)
  world.table(trashTable).delete(String(trashed.id))
  return node
}

/** Put something of a deleted folder to the top of its account's files; the folder stays in the trash. */
export function restoreInner(world: World, { userId }: Trashed, { id, name }: FileNode): FileNode {
  const top = home(world, userId)!
  return tree.relocate(world, id, top.id, restoredName(world, top, name))
}

function restoredName(world: World, folder: FileNode, name: string): string {
  const dot = name.lastIndexOf('.')
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  let wanted = name
  for (let number = 1; tree.child(world, folder.id, wanted); number++) {
    wanted = `${stem} (restored${number === 1 ? '' : ` ${number}`})${extension}`
  }
  return wanted
}

/** Forget something for good. */
export function purge(world: World, trashed: Trashed): void {
  for (const kept of versionsOf(world, trashed)) tree.drop(world, kept.id)
  for (const { id } of tree.subtree(world, trashed.id)) world.emit({ type: 'file.purged', id })
  tree.drop(world, trashed.id)
  world.table(trashTable).delete(String(trashed.id))
}

/** An account takes its trash along. */
export const trashReactions = defineReactions(
  {
    'user.deleted': (world, { userId }) => {
      const table = world.table(trashTable)
      for (const trashed of [...table.values()]) if (trashed.userId === userId) table.delete(String(trashed.id))
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)

export function purgeAll(world: World, userId: string): void {
  for (const trashed of list(world, userId)) purge(world, trashed)
}

/** What `config.php` says; `null`: nothing ever goes by itself. */
export const retention = (world: World): Retention | null =>
  readRetention(getSystemString(world, 'trashbin_retention_obligation', 'auto'))

/** Take what is older than it may get out of an account's trash. */
export function expire(world: World, userId: string): void {
  const max = retention(world)?.max ?? null
  if (max === null) return
  const oldest = world.clock.seconds() - max * 86_400
  for (const trashed of list(world, userId)) if (trashed.deletedAt < oldest) purge(world, trashed)
}

export const isOn = (world: World): boolean => apps.isEnabled(world, 'files_trashbin')

/** Versions that lie in the trash with a file, or the folder of those of a folder. */
function versionsOf(world: World, { id, userId, name, deletedAt }: Trashed): FileNode[] {
  const node = tree.find(world, id)
  const root = tree.storageRoot(world, `home::${userId}`)
  const bin = root && tree.descend(world, root, `${TRASH}/versions`)
  if (!bin) return []
  const end = `.d${deletedAt}`
  return tree
    .children(world, bin.id)
    .filter((kept) => kept.name.endsWith(end))
    .filter((kept) => (node?.type === 'folder' ? kept.name === name + end : kept.name.startsWith(`${name}.v`)))
}

const TRASH = 'files_trashbin'
/** Where what lies in no folder is said to be. */
const TOP = '.'

/** The folders of an account's trash, made when something is first deleted. */
function ensureBins(world: World, storage: string) {
  const top = ensureFolder(world, tree.ensureStorage(world, storage), TRASH)
  const files = ensureFolder(world, top, 'files')
  const kept = ensureFolder(world, top, 'versions')
  ensureFolder(world, top, 'keys')
  return { files, versions: kept }
}

function locationOf(path: string): string {
  const below = path.replace(/^files\/?/, '')
  const slash = below.lastIndexOf('/')
  return slash < 0 ? TOP : below.slice(0, slash)
}

function ensureFolder(world: World, parent: FileNode, name: string): FileNode {
  return tree.child(world, parent.id, name) ?? tree.add(world, { parent: parent.id, name, type: 'folder' })
}
