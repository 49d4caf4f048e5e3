import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'
import { type FileNode, find, keysWithPrefix, lineage } from './tree.ts'

/** A node of one account's home that shows in another account's files: a received share. */
export interface Mount {
  readonly userId: string
  /** Where it shows in the account's files: `/Photos`, `/shared/report (2).txt`. */
  readonly path: string
  /** The node that shows there. */
  readonly rootId: number
  /** Bits that the account has at most, on the node and on all below it. */
  readonly permissions: number
  /** What hangs it there: the ids of the shares, or whatever else mounts. */
  readonly kind: 'shared' | 'group' | 'external'
}

/** Mounts by `user:path`. User ids have no colon. */
export const mountsTable = defineTable<Mount>('mounts', {
  record: s.object({
    userId: s.string(),
    path: s.string(),
    rootId: s.int(),
    permissions: s.int(),
    kind: s.literal('shared', 'group', 'external'),
  }),
})
/** The same mounts by `root:user`: who sees a node. One account sees a node at most once. */
export const rootsTable = defineTable<{ readonly key: string }>('mountRoots', { record: s.object({ key: s.string() }) })

const keyOf = (userId: string, path: string) => `${userId}:${path}`
const rootKey = (rootId: number, userId: string) => `${rootId}:${userId}`

export function at(world: World, userId: string, path: string): Mount | undefined {
  return world.table(mountsTable).get(keyOf(userId, path))
}

/** Where a node is mounted for an account. */
export function ofRoot(world: World, userId: string, rootId: number): Mount | undefined {
  const found = world.table(rootsTable).get(rootKey(rootId, userId))
  return found && world.table(mountsTable).get(found.key)
}

/** The mount that a path lies in or is, the innermost one. */
export function mountOf(world: World, userId: string, path: string): Mount | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const found = at(world, userId, path.slice(0, end))
    if (found) return found
  }
  return undefined
}

/** All mounts of an account, by path. */
export function ofUser(world: World, userId: string): Mount[] {
  const table = world.table(mountsTable)
  return keysWithPrefix(table.sortedKeys(), `${userId}:`).map((key) => table.get(key)!)
}

/** The mounts that show directly in a folder of an account. */
export function inFolder(world: World, userId: string, folder: string): Mount[] {
  const table = world.table(mountsTable)
  const prefix = keyOf(userId, folder === '/' ? '/' : `${folder}/`)
  return keysWithPrefix(table.sortedKeys(), prefix)
    .filter((key) => !key.slice(prefix.length).includes('/'))
    .map((key) => table.get(key)!)
}

/** The mounts by which others see a node: those of the node and of the folders above it. */
export function showing(world: World, node: FileNode): Mount[] {
  const found: Mount[] = []
  for (const { id } of lineage(world, node)) found.push(...ofNode(world, id))
  return found
}

/** The mounts whose root a node is. */
export function ofNode(world: World, rootId: number): Mount[] {
  const table = world.table(rootsTable)
  return keysWithPrefix(table.sortedKeys(), `${rootId}:`).map(
    (key) => world.table(mountsTable).get(table.get(key)!.key)!,
  )
}

/** Put a mount where it says, in place of the one that showed the same node to the same account. */
export function set(world: World, mount: Mount): void {
  remove(world, mount.userId, mount.rootId)
  const key = keyOf(mount.userId, mount.path)
  world.table(mountsTable).set(key, mount)
  world.table(rootsTable).set(rootKey(mount.rootId, mount.userId), { key })
}

/** Take a node out of an account's files. */
export function remove(world: World, userId: string, rootId: number): boolean {
  const found = world.table(rootsTable).get(rootKey(rootId, userId))
  if (!found) return false
  world.table(rootsTable).delete(rootKey(rootId, userId))
  return world.table(mountsTable).delete(found.key)
}

/** Move a mount to another path of the same account. */
export function moveTo(world: World, mount: Mount, path: string): Mount {
  const moved = { ...mount, path }
  set(world, moved)
  return moved
}

/** The node of a mount, unless it was deleted. */
export function rootOf(world: World, mount: Mount): FileNode | undefined {
  return find(world, mount.rootId)
}

/** Whether a node lies in a mount's tree; its path below the root, or `null`. */
export function pathBelow(world: World, mount: Mount, node: FileNode): string | null {
  const names: string[] = []
  for (const at of lineage(world, node)) {
    if (at.id === mount.rootId) return names.length === 0 ? '' : `/${names.join('/')}`
    names.unshift(at.name)
  }
  return null
}
