import { bytesOf, contentFrom, EMPTY } from '#world/files/content.ts'
import { storageOf } from '#world/files/homes.ts'
import type { Content, FileNode } from '#world/files/tree.ts'
import * as tree from '#world/files/tree.ts'
import type { World } from '#world/world.ts'

/**
 * Files that come in chunks: folders below `uploads` of an account's storage, which hold the chunks
 * until the upload is put together.
 */

const TOP = 'uploads'

/** The folder of all uploads of an account, made where it is missing. */
export function ensureTop(world: World, userId: string): FileNode {
  const root = tree.ensureStorage(world, storageOf(userId))
  return tree.child(world, root.id, TOP) ?? tree.add(world, { parent: root.id, name: TOP, type: 'folder' })
}

export function find(world: World, userId: string, name: string): FileNode | undefined {
  const root = tree.storageRoot(world, storageOf(userId))
  const top = root && tree.child(world, root.id, TOP)
  return top && tree.child(world, top.id, name)
}

export function begin(world: World, userId: string, name: string): FileNode {
  return tree.add(world, { parent: ensureTop(world, userId).id, name, type: 'folder' })
}

export const chunks = (world: World, upload: FileNode): FileNode[] => tree.children(world, upload.id)

export function chunk(world: World, upload: FileNode, name: string): FileNode | undefined {
  return tree.child(world, upload.id, name)
}

/** Keep a chunk; one with the same name is replaced. */
export function putChunk(world: World, upload: FileNode, name: string, content: Content): 'created' | 'replaced' {
  const old = chunk(world, upload, name)
  if (old) tree.write(world, old.id, content)
  else tree.add(world, { parent: upload.id, name, type: 'file' }, content)
  return old ? 'replaced' : 'created'
}

/** All chunks one after the other, in the order of the numbers in their names. */
export function assemble(world: World, upload: FileNode): Content {
  const sorted = chunks(world, upload).sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  const contents = sorted.map(({ id }) => world.table(tree.contentsTable).get(String(id)) ?? EMPTY)
  if (contents.length <= 1) return contents[0] ?? EMPTY
  const whole = new Uint8Array(contents.reduce((size, content) => size + tree.sizeOf(content), 0))
  let at = 0
  for (const content of contents) {
    whole.set(bytesOf(content), at)
    at += tree.sizeOf(content)
  }
  return contentFrom(whole)
}

/** Forget a chunk, or an upload with all its chunks. */
export const drop = (world: World, node: FileNode): void => tree.drop(world, node.id)
