import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import * as apps from '../settings/apps.ts'
import type { World } from '../world.ts'
import { EMPTY } from './content.ts'
import type { FileNode } from './tree.ts'
import * as tree from './tree.ts'

/** An earlier state of a file: a node below `files_versions` of its owner's storage. */
export interface Version {
  readonly node: FileNode
  /** Seconds since 1970: when the file was in that state. */
  readonly at: number
}

/**
 * Keep what a file holds before it is overwritten. Empty files and a second state of the same second
 * are not kept (Nextcloud 34.0.1, asked).
 */
export function keep(world: World, file: FileNode): void {
  if (file.size === 0 || !apps.isEnabled(world, 'files_versions')) return
  const folder = ensureFolder(world, file)
  if (!folder) return
  const name = `${file.name}.v${file.mtime}`
  if (tree.child(world, folder.id, name)) return
  tree.duplicate(world, file.id, folder.id, name, file.mtime)
}

/** Keep another state of a file. @returns whether there was none of this moment, in seconds since 1970 */
export function add(world: World, file: FileNode, at: number, content: tree.Content): boolean {
  const folder = ensureFolder(world, file)
  const name = `${file.name}.v${at}`
  if (!folder || tree.child(world, folder.id, name)) return false
  tree.add(world, { parent: folder.id, name, type: 'file', mime: file.mime, mtime: at }, content)
  return true
}

/** Earlier states of a file, newest first. */
export function list(world: World, file: FileNode): Version[] {
  const folder = folderOf(world, file)
  if (!folder) return []
  const prefix = `${file.name}.v`
  return tree
    .children(world, folder.id)
    .filter(
      (node) => node.type === 'file' && node.name.startsWith(prefix) && /^\d+$/.test(node.name.slice(prefix.length)),
    )
    .map((node) => ({ node, at: Number(node.name.slice(prefix.length)) }))
    .sort((a, b) => b.at - a.at)
}

/** Everything kept of a node: the versions of a file, or the folder with those of all below a folder. */
export function all(world: World, node: FileNode): FileNode[] {
  if (node.type === 'file') return list(world, node).map((version) => version.node)
  const folder = folderOf(world, node)
  const own = folder && tree.child(world, folder.id, node.name)
  return own ? [own] : []
}

/** Give a restored file or folder back what was kept of it. */
export function giveBack(world: World, node: FileNode, kept: FileNode, deletedAt: number): void {
  const folder = ensureFolder(world, node)
  if (!folder) return
  const old = kept.name.slice(0, -`.d${deletedAt}`.length)
  const name = node.type === 'file' ? `${node.name}${/\.v\d+$/.exec(old)?.[0] ?? ''}` : node.name
  if (!tree.child(world, folder.id, name)) tree.relocate(world, kept.id, folder.id, name)
}

/** Names that accounts gave to versions, by `file/moment`. */
export const labelsTable = defineTable<{ readonly label: string }>('versionLabels', {
  record: s.object({ label: s.string() }),
})

export function labelOf(world: World, file: FileNode, at: number): string | undefined {
  return world.table(labelsTable).get(`${file.id}/${at}`)?.label
}

export function setLabel(world: World, file: FileNode, at: number, label: string): void {
  if (label === '') world.table(labelsTable).delete(`${file.id}/${at}`)
  else world.table(labelsTable).set(`${file.id}/${at}`, { label })
}

/** Make an earlier state the present one; what was there is kept. */
export function restore(world: World, file: FileNode, version: Version): void {
  const content = world.table(tree.contentsTable).get(String(version.node.id)) ?? EMPTY
  keep(world, file)
  tree.write(world, file.id, content, { mtime: version.at, checksum: '' })
  tree.drop(world, version.node.id)
}

/** Names of the folders that lead to what is kept of a file; `null`: it is none of an account's files. */
function namesOf(world: World, file: FileNode): string[] | null {
  const [top, ...names] = tree.storagePath(world, file).split('/')
  return top === 'files' ? ['files_versions', ...names.slice(0, -1)] : null
}

function folderOf(world: World, file: FileNode): FileNode | undefined {
  const root = tree.storageRoot(world, file.storage)
  const names = namesOf(world, file)
  return root && names ? tree.descend(world, root, names.join('/')) : undefined
}

function ensureFolder(world: World, file: FileNode): FileNode | undefined {
  let folder = tree.ensureStorage(world, file.storage)
  const names = namesOf(world, file)
  for (const name of names ?? [])
    folder = tree.child(world, folder.id, name) ?? tree.add(world, { parent: folder.id, name, type: 'folder' })
  return names ? folder : undefined
}
