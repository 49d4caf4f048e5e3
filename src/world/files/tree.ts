import { byRelease } from '#lib/releases.ts'
import { type Schema, s } from '#lib/schema.ts'
import { defineTable, type Tabled } from '../define-table.ts'
import type { World } from '../world.ts'
import { treeProblem } from './check-tree.ts'

/** A file or folder, wherever it lies: in a home, in an account's trash, in the server's own data. */
export interface FileNode {
  /** Sequential over all storages, never used again. */
  readonly id: number
  /** `home::alice`, or `local::data` for the server's own. */
  readonly storage: string
  /** 0 for the root of a storage. */
  readonly parent: number
  /** Empty for the root of a storage. */
  readonly name: string
  readonly type: 'file' | 'folder'
  readonly mime: string
  /** Bytes; of a folder, those of all below it. */
  readonly size: number
  /** Seconds since 1970. */
  readonly mtime: number
  /** 32 hexadecimal digits of a file, 13 of a folder. */
  readonly etag: string
  /** Bits of {@link PERMISSION}. */
  readonly permissions: number
  /** `SHA1:… MD5:…` as the uploader said, or empty. */
  readonly checksum: string
  /** Seconds since 1970; 0: unknown. */
  readonly createdAt: number
  readonly uploadedAt: number
}

/** What a file holds. `zeros` stands for that many bytes of nothing, so that a seed can have large files. */
export type Content = { readonly base64: string } | { readonly zeros: number }

export const PERMISSION = { read: 1, update: 2, create: 4, delete: 8, share: 16, all: 31 } as const
/** What a file can have: nothing is created in it. */
export const FILE_PERMISSIONS = 27
export const FOLDER_MIME = 'httpd/unix-directory'

/** Ids of all nodes, the server's own included. */
export const ID_SEQUENCE = 'file'

/** What the content of a file looks like. */
export const contentSchema: Schema<Content> = s.union(s.object({ base64: s.string() }), s.object({ zeros: s.int() }))

/** Nodes by id. */
export const nodesTable = defineTable<FileNode>('fileNodes', {
  check(world: Tabled): string | null {
    return treeProblem({
      nodes: world.table(nodesTable),
      names: world.table(namesTable),
      storages: world.table(storagesTable),
      contents: world.table(contentsTable),
    })
  },
  sequence: ID_SEQUENCE,
  record: s.object({
    id: s.int(),
    storage: s.string(),
    parent: s.int(),
    name: s.string(),
    type: s.literal('file', 'folder'),
    mime: s.string(),
    size: s.int(),
    mtime: s.number(),
    etag: s.string(),
    permissions: s.int(),
    checksum: s.string(),
    createdAt: s.number(),
    uploadedAt: s.number(),
  }),
})
/** Names by `parent/name`: look-ups by path and sorted lists of a folder. */
export const namesTable = defineTable<{ readonly id: number }>('fileNames', { record: s.object({ id: s.int() }) })
/** What files hold, by id. An empty file has no record. */
export const contentsTable = defineTable<Content>('fileContents', { record: contentSchema })
/** The root of every storage. */
export const storagesTable = defineTable<{ readonly rootId: number }>('storages', {
  record: s.object({ rootId: s.int() }),
})

export type NewNode = Pick<FileNode, 'parent' | 'name' | 'type'> &
  Partial<Pick<FileNode, 'mime' | 'mtime' | 'permissions' | 'checksum' | 'createdAt' | 'uploadedAt'>>

export function find(world: World, id: number): FileNode | undefined {
  return world.table(nodesTable).get(String(id))
}

/** The node that a table promises to have. */
export function get(world: World, id: number): FileNode {
  return find(world, id)!
}

export function child(world: World, parent: number, name: string): FileNode | undefined {
  const found = world.table(namesTable).get(`${parent}/${name}`)
  return found && find(world, found.id)
}

/** The node at a path below another one: `a/b`; empty segments are skipped. */
export function descend(world: World, from: FileNode, path: string): FileNode | undefined {
  let node: FileNode | undefined = from
  for (const name of path.split('/')) {
    if (name === '') continue
    node = child(world, node.id, name)
    if (!node) return undefined
  }
  return node
}

/** In which order folders are listed (Nextcloud 27.1.10, 32.0.2, 33.0.0 and 34.0.1, asked). */
const LISTING = byRelease<'by-name' | 'by-age'>('by-name', { 34: 'by-age' })

/** What lies in a folder, in the order of the release. Costs as much as the folder is long. */
export function children(world: World, parent: number): FileNode[] {
  const prefix = `${parent}/`
  const nodes = keysWithPrefix(world.table(namesTable).sortedKeys(), prefix).map(
    (key) => child(world, parent, key.slice(prefix.length))!,
  )
  return LISTING.at(world.release) === 'by-name' ? nodes : nodes.sort((a, b) => a.id - b.id)
}

/** The slice of sorted keys that begin with a prefix. */
export function keysWithPrefix(sorted: readonly string[], prefix: string): readonly string[] {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < prefix) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < sorted.length && sorted[end]!.startsWith(prefix)) end++
  return sorted.slice(low, end)
}

/** The node itself and all folders above it, up to the root of its storage. */
export function* lineage(world: World, node: FileNode): IterableIterator<FileNode> {
  for (let at: FileNode | undefined = node; at; at = find(world, at.parent)) yield at
}

/** Path in the storage, without a leading slash: `files/Documents/report.txt`. */
export function storagePath(world: World, node: FileNode): string {
  const names: string[] = []
  for (const { name } of lineage(world, node)) if (name !== '') names.unshift(name)
  return names.join('/')
}

/** The root of a storage, once something was put there. */
export function storageRoot(world: World, storage: string): FileNode | undefined {
  const known = world.table(storagesTable).get(storage)
  return known && get(world, known.rootId)
}

/** The root of a storage, made where it is missing. */
export function ensureStorage(world: World, storage: string): FileNode {
  const known = storageRoot(world, storage)
  if (known) return known
  const root: FileNode = { ...blank(world, { parent: 0, name: '', type: 'folder' }), storage, permissions: 23 }
  world.table(storagesTable).set(storage, { rootId: root.id })
  world.table(nodesTable).set(String(root.id), root)
  return root
}

/** Add a node below a folder; what holds it becomes larger, newer and differently tagged. */
export function add(world: World, made: NewNode, content?: Content): FileNode {
  const parent = get(world, made.parent)
  const node: FileNode = { ...blank(world, made), storage: parent.storage, size: sizeOf(content) }
  world.table(nodesTable).set(String(node.id), node)
  world.table(namesTable).set(`${node.parent}/${node.name}`, { id: node.id })
  if (content && node.size > 0) world.table(contentsTable).set(String(node.id), content)
  propagate(world, node.parent, node.size)
  return node
}

/** Give a file other bytes. */
export function write(world: World, id: number, content: Content, change: Partial<FileNode> = {}): FileNode {
  const old = get(world, id)
  const size = sizeOf(content)
  const node: FileNode = { ...old, mtime: world.clock.seconds(), ...change, size, etag: world.random.hex(32) }
  world.table(nodesTable).set(String(id), node)
  if (size > 0) world.table(contentsTable).set(String(id), content)
  else world.table(contentsTable).delete(String(id))
  propagate(world, node.parent, size - old.size)
  return node
}

/** Change what is known of a node; the folders above get other etags. */
export function touch(world: World, id: number, change: Partial<FileNode>): FileNode {
  world.table(nodesTable).patch(String(id), change)
  const node = get(world, id)
  propagate(world, node.parent, 0)
  return node
}

/** Hang a node below another folder, in the same storage or another one; ids stay. */
export function relocate(world: World, id: number, parent: number, name: string): FileNode {
  const old = get(world, id)
  const target = get(world, parent)
  world.table(namesTable).delete(`${old.parent}/${old.name}`)
  world.table(namesTable).set(`${parent}/${name}`, { id })
  world.table(nodesTable).set(String(id), { ...old, parent, name })
  if (target.storage !== old.storage)
    for (const below of subtree(world, id)) world.table(nodesTable).patch(String(below.id), { storage: target.storage })
  if (old.parent !== 0) propagate(world, old.parent, -old.size)
  propagate(world, parent, old.size)
  return get(world, id)
}

/** Forget a node and all below it. */
export function drop(world: World, id: number): void {
  const node = get(world, id)
  for (const below of subtree(world, id).reverse()) {
    world.table(nodesTable).delete(String(below.id))
    world.table(contentsTable).delete(String(below.id))
    world.table(namesTable).delete(`${below.parent}/${below.name}`)
  }
  if (node.parent !== 0) propagate(world, node.parent, -node.size)
}

/** The node and all below it, every folder before what it holds. */
export function subtree(world: World, id: number): FileNode[] {
  const found = [get(world, id)]
  for (let at = 0; at < found.length; at++) {
    if (found[at]!.type === 'folder') found.push(...children(world, found[at]!.id))
  }
  return found
}

/** A copy below another folder, with new ids and the same bytes. */
export function duplicate(world: World, id: number, parent: number, name: string, mtime?: number): FileNode {
  const { type, mime, checksum, createdAt, uploadedAt } = get(world, id)
  const content = world.table(contentsTable).get(String(id))
  const made = { parent, name, type, mime, checksum, createdAt, uploadedAt }
  const copy = add(world, mtime === undefined ? made : { ...made, mtime }, content)
  if (type === 'folder') for (const below of children(world, id)) duplicate(world, below.id, copy.id, below.name, mtime)
  return get(world, copy.id)
}

/** What PHP's `uniqid()` gives, the etag of folders: seconds and microseconds in hexadecimal. */
export function uniqueTag(world: World): string {
  const micros = world.random.int(0, 999_999)
  return world.clock.seconds().toString(16).padStart(8, '0') + micros.toString(16).padStart(5, '0')
}

export function sizeOf(content: Content | undefined): number {
  if (!content) return 0
  if ('zeros' in content) return content.zeros
  const { base64 } = content
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0
  return (base64.length / 4) * 3 - padding
}

function blank(world: World, made: NewNode): FileNode {
  const folder = made.type === 'folder'
  const now = world.clock.seconds()
  return {
    id: world.nextId(ID_SEQUENCE),
    storage: '',
    mime: folder ? FOLDER_MIME : 'application/octet-stream',
    size: 0,
    mtime: now,
    etag: folder ? uniqueTag(world) : world.random.hex(32),
    permissions: folder ? PERMISSION.all : FILE_PERMISSIONS,
    checksum: '',
    createdAt: 0,
    uploadedAt: 0,
    ...made,
  }
}

/** One etag for the whole way up, as the real server gives it. */
function propagate(world: World, from: number, growth: number): void {
  const etag = uniqueTag(world)
  const now = world.clock.seconds()
  for (let node = find(world, from); node; node = find(world, node.parent)) {
    const changed = { etag, mtime: Math.max(node.mtime, now), size: node.size + growth }
    world.table(nodesTable).set(String(node.id), { ...node, ...changed })
  }
}
