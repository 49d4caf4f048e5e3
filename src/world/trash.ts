import type { FileNode } from './file-tree.ts'
import * as tree from './file-tree.ts'
import { tableKey, type World } from './world.ts'

/** Something deleted that can still be restored. */
export interface Trashed {
  readonly id: number
  readonly userId: string
  readonly name: string
  /** Seconds since 1970. */
  readonly deletedAt: number
  /** The folder it was in, in its owner's files. */
  readonly location: string
  readonly deletedBy: string
}

/** Trashed nodes by id of the node. */
export const trashTable = tableKey<Trashed>('trash')

/** Move a node into its owner's trash. */
export function moveToTrash(world: World, node: FileNode, deletedBy: string): Trashed {
  const owner = node.storage.replace(/^home::/, '')
  const root = tree.storageRoot(world, node.storage)
  const bin = ensureFolder(world, ensureFolder(world, root, 'files_trashbin'), 'files')
  const path = tree.storagePath(world, node)
  const deletedAt = world.clock.seconds()
  const trashed = { id: node.id, userId: owner, name: node.name, deletedAt, deletedBy, location: locationOf(path) }
  tree.relocate(world, node.id, bin.id, `${node.name}.d${deletedAt}`)
  world.table(trashTable).set(String(node.id), trashed)
  return trashed
}

function locationOf(path: string): string {
  const below = path.replace(/^files\/?/, '')
  const slash = below.lastIndexOf('/')
  return slash < 0 ? '.' : below.slice(0, slash)
}

function ensureFolder(world: World, parent: FileNode, name: string): FileNode {
  return tree.child(world, parent.id, name) ?? tree.add(world, { parent: parent.id, name, type: 'folder' })
}
