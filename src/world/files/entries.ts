import { md5 } from '#lib/md5.ts'
import * as groups from '../accounts/groups.ts'
import { allowsResharing, isExcluded, isForSome } from '../sharing/settings.ts'
import type { World } from '../world.ts'
import { ensureHome, home, storageOf } from './homes.ts'
import type { Mount } from './mounts.ts'
import * as mounts from './mounts.ts'
import * as tree from './tree.ts'
import { type Content, type FileNode, PERMISSION } from './tree.ts'

/** A file or folder as one account sees it: the same node has other entries for other accounts. */
export interface Entry {
  readonly node: FileNode
  /** Whose files it is seen in. */
  readonly userId: string
  /** In that account's files: `/` or `/Documents/report.txt`. */
  readonly path: string
  /** What the account may do: the node's permissions, less what a mount takes away. */
  readonly permissions: number
  /** Whose home it lies in. */
  readonly owner: string
  /** The received share it is reached through, if any. */
  readonly mount: Mount | null
}

const HOME = /^home::/

/** One slash in front, none at the end, no empty or `.` segments: `/a/b`, or `/` for the top. */
export function normalize(path: string): string {
  return `/${path
    .split('/')
    .filter((name) => name !== '' && name !== '.')
    .join('/')}`
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
export const dirName = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'
export const joinPath = (folder: string, name: string): string => (folder === '/' ? `/${name}` : `${folder}/${name}`)

/** Whose home a node lies in; empty for the server's own files. */
export const ownerOf = (node: FileNode): string => (HOME.test(node.storage) ? node.storage.slice(6) : '')

/** Any node by its id, whoever may see it. */
export const find = tree.find

/** What a file holds; an empty file holds no bytes. */
export function contentOf(world: World, node: FileNode): Content {
  return world.table(tree.contentsTable).get(String(node.id)) ?? { base64: '' }
}

/** The entry at a path of an account's files. */
export function resolve(world: World, userId: string, path: string): Entry | undefined {
  const wanted = normalize(path)
  const mount = mounts.mountOf(world, userId, wanted)
  if (!mount) {
    const top = home(world, userId)
    const node = top && tree.descend(world, top, wanted)
    return node && entry(world, userId, node, wanted, null)
  }
  const root = mounts.rootOf(world, mount)
  const node = root && tree.descend(world, root, wanted.slice(mount.path.length))
  return node && entry(world, userId, node, wanted, mount)
}

/** Where an account sees a node: in its own home first, then through mounts. Empty: it has no access. */
export function entriesOf(world: World, userId: string, id: number): Entry[] {
  const node = tree.find(world, id)
  if (!node) return []
  const found: Entry[] = []
  if (node.storage === storageOf(userId)) {
    const path = pathInFiles(world, node)
    if (path !== null) found.push(entry(world, userId, node, path, null))
  }
  for (const mount of mounts.showing(world, node)) {
    if (mount.userId !== userId) continue
    found.push(entry(world, userId, node, mount.path + mounts.pathBelow(world, mount, node), mount))
  }
  return found
}

/** Path in its owner's files, or `null` where a node lies elsewhere: in the trash, among the versions. */
export function pathInFiles(world: World, node: FileNode): string | null {
  const path = tree.storagePath(world, node)
  return path === 'files' || path.startsWith('files/') ? normalize(path.slice(6)) : null
}

/** The best place where an account sees a node. */
export function entryOf(world: World, userId: string, id: number): Entry | undefined {
  return entriesOf(world, userId, id)[0]
}

/** The accounts that see a node: its owner first, then those who received it or a folder above it. */
export function accountsReaching(world: World, id: number): string[] {
  const node = tree.find(world, id)
  if (!node) return []
  const owner = ownerOf(node)
  const found = new Set<string>(owner !== '' && pathInFiles(world, node) !== null ? [owner] : [])
  for (const mount of mounts.showing(world, node)) found.add(mount.userId)
  return [...found]
}

/** Who sees a node, each with the path where it is for them; its owner first. */
export function pathsOf(world: World, id: number): Map<string, string> {
  const paths = new Map<string, string>()
  for (const userId of accountsReaching(world, id)) {
    const found = entryOf(world, userId, id)
    if (found) paths.set(userId, found.path)
  }
  return paths
}

/** What a folder shows to an account: what lies in it, oldest first, then what is mounted there. */
export function list(world: World, folder: Entry): Entry[] {
  const { userId, path, mount } = folder
  const own = tree
    .children(world, folder.node.id)
    .map((node) => entry(world, userId, node, joinPath(path, node.name), mount))
  const mounted = mounts.inFolder(world, userId, path).flatMap((inner) => {
    const root = mounts.rootOf(world, inner)
    return root ? [entry(world, userId, root, inner.path, inner)] : []
  })
  if (mounted.length === 0) return own
  const hidden = new Set(mounted.map((inner) => inner.path))
  return [...own.filter((inner) => !hidden.has(inner.path)), ...mounted]
}

/** Bytes of an entry as its account sees it: what is mounted below a folder counts. */
export function sizeWithMounts(world: World, of: Entry): number {
  return mountsBelow(world, of).reduce((sum, [, root]) => sum + root.size, of.node.size)
}

/** The etag of a file or folder as the account sees it: that of a folder tells what hangs below it, and where. */
export function etagWithMounts(world: World, of: Entry): string {
  const below = mountsBelow(world, of)
  if (below.length === 0) return of.node.etag
  const parts = below.map(([mount, root]) => `${mount.path.slice(of.path.length)}/${root.etag}${mount.permissions}`)
  return md5([of.node.etag, ...parts].join('::'))
}

/** When a file or folder changed as the account sees it: as late as what hangs below it. */
export const mtimeWithMounts = (world: World, of: Entry): number =>
  mountsBelow(world, of).reduce((latest, [, root]) => Math.max(latest, root.mtime), of.node.mtime)

/** What hangs below a folder, each with its top folder or file. */
function mountsBelow(world: World, { userId, path, node }: Entry): [mounts.Mount, FileNode][] {
  if (node.type === 'file') return []
  return mounts
    .ofUser(world, userId)
    .filter((mount) => mount.path.startsWith(path === '/' ? path : `${path}/`))
    .flatMap((mount) => {
      const root = mounts.rootOf(world, mount)
      return root ? [[mount, root]] : []
    })
}

export const isMountRoot = (of: Entry): boolean => of.mount?.path === of.path
export const isFolder = (of: Entry): boolean => of.node.type === 'folder'
export const may = (of: Entry, permission: keyof typeof PERMISSION): boolean =>
  (of.permissions & PERMISSION[permission]) !== 0

/** Whether an account may change what a file holds. That a mount can be moved does not mean that it can be written. */
export const mayWrite = (of: Entry): boolean =>
  isMountRoot(of) ? (of.mount!.permissions & of.node.permissions & PERMISSION.update) !== 0 : may(of, 'update')

function entry(world: World, userId: string, node: FileNode, path: string, mount: Mount | null): Entry {
  const given = mount ? node.permissions & mount.permissions : node.permissions
  const permissions = mayShare(world, userId, mount) ? given : given & ~PERMISSION.share
  // A mount can be moved and given up, whatever its owner allows.
  const own = mount?.path === path ? PERMISSION.update | PERMISSION.delete : 0
  return { node, userId, path, permissions: permissions | (own & node.permissions), owner: ownerOf(node), mount }
}

/** Who may share nothing finds no file to share, and none that was received where nobody passes it on (Nextcloud 34.0.1, asked). */
export const mayShare = (world: World, userId: string, mount: Mount | null): boolean =>
  (mount?.kind !== 'shared' || allowsResharing(world)) &&
  !(isForSome(world) && isExcluded(world, groups.groupsOf(world, userId)))

/** A name that is free in a folder of an account: `name.txt`, else `name (2).txt`, `name (3).txt` … */
export function freeName(world: World, userId: string, folder: string, name: string): string {
  const dot = name.lastIndexOf('.')
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  let wanted = name
  for (let number = 2; resolve(world, userId, joinPath(folder, wanted)); number++)
    wanted = `${stem} (${number})${extension}`
  return wanted
}

/** Show a node in another account's files, under a name that is free there. */
export function mountFor(
  world: World,
  userId: string,
  node: FileNode,
  made: {
    readonly permissions: number
    readonly kind?: Mount['kind']
    readonly folder?: string
    readonly name?: string
  },
): Mount {
  const folder = made.folder ?? '/'
  ensureHome(world, userId)
  const path = joinPath(folder, freeName(world, userId, folder, made.name ?? node.name))
  const mount: Mount = { userId, path, rootId: node.id, permissions: made.permissions, kind: made.kind ?? 'shared' }
  mounts.set(world, mount)
  return mount
}
