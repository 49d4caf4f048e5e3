import type { FileNode } from './file-tree.ts'
import * as tree from './file-tree.ts'
import * as versions from './versions.ts'
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
  const top = ensureFolder(world, root, 'files_trashbin')
  const bin = ensureFolder(world, top, 'files')
  const versionsBin = ensureFolder(world, top, 'versions')
  ensureFolder(world, top, 'keys')
  const path = tree.storagePath(world, node)
  const deletedAt = world.clock.seconds()
  const trashed = { id: node.id, userId: owner, name: node.name, deletedAt, deletedBy, location: locationOf(path) }
  for (const kept of versions.all(world, node)) {
    tree.relocate(world, kept.id, versionsBin.id, `${kept.name}.d${deletedAt}`)
  }
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
