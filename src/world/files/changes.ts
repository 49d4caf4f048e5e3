import type { World } from '../world.ts'
import {
  baseName,
  dirName,
  type Entry,
  isFolder,
  isMountRoot,
  may,
  mayWrite,
  normalize,
  ownerOf,
  resolve,
} from './entries.ts'
import { ensureHome } from './homes.ts'
import { mimeOf } from './mime.ts'
import * as mounts from './mounts.ts'
import { freeBytes } from './quota.ts'
import * as stalePlaces from './stale-places.ts'
import * as trash from './trash.ts'
import type { Content } from './tree.ts'
import * as tree from './tree.ts'
import * as versions from './versions.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'file.created': { readonly userId: string; readonly path: string; readonly id: number; readonly owner: string }
    'file.updated': { readonly userId: string; readonly path: string; readonly id: number; readonly owner: string }
    'file.deleted': { readonly userId: string; readonly path: string; readonly id: number; readonly owner: string }
    'file.moved': {
      readonly userId: string
      readonly id: number
      readonly from: string
      readonly path: string
      readonly mount: mounts.Mount | null
    }
    'mount.left': { readonly mount: mounts.Mount }
  }
}

export interface PutOptions {
  /** Seconds since 1970; default: now. */
  readonly mtime?: number
  readonly createdAt?: number
  readonly checksum?: string
  /** Default: now. */
  readonly uploadedAt?: number
  readonly mime?: string
}

export type PutOutcome =
  | { readonly outcome: 'created' | 'updated'; readonly entry: Entry }
  | { readonly outcome: 'no-parent' | 'is-folder' | 'forbidden' | 'no-space' }
export type MakeOutcome =
  | { readonly outcome: 'created'; readonly entry: Entry }
  | { readonly outcome: 'no-parent' | 'exists' | 'forbidden' }
export type MoveOutcome =
  | { readonly outcome: 'created' | 'replaced'; readonly entry: Entry }
  | { readonly outcome: 'not-found' | 'no-parent' | 'exists' | 'forbidden' | 'into-itself' | 'no-space' }

/** A home for what is to stand in it. What goes into a share needs none: its recipient may never have come in. */
function ensureRoom(world: World, userId: string, path: string): void {
  if (!resolve(world, userId, dirName(path))) ensureHome(world, userId)
}

/** Make a folder. */
export function makeFolder(world: World, userId: string, path: string, createdAt = 0): MakeOutcome {
  const wanted = normalize(path)
  ensureHome(world, userId)
  if (resolve(world, userId, wanted)) return { outcome: 'exists' }
  const parent = resolve(world, userId, dirName(wanted))
  if (!parent || !isFolder(parent)) return { outcome: 'no-parent' }
  if (!may(parent, 'create')) return { outcome: 'forbidden' }
  tree.add(world, { parent: parent.node.id, name: baseName(wanted), type: 'folder', createdAt })
  const made = resolve(world, userId, wanted)!
  emit(world, 'file.created', made)
  return { outcome: 'created', entry: made }
}

/** Write a file, new or not. */
export function put(
  world: World,
  userId: string,
  path: string,
  content: Content,
  options: PutOptions = {},
): PutOutcome {
  const wanted = normalize(path)
  ensureHome(world, userId)
  const old = resolve(world, userId, wanted)
  if (old) return overwrite(world, old, content, options)
  const parent = resolve(world, userId, dirName(wanted))
  if (!parent || !isFolder(parent)) return { outcome: 'no-parent' }
  if (!may(parent, 'create')) return { outcome: 'forbidden' }
  if (!fits(world, parent, tree.sizeOf(content))) return { outcome: 'no-space' }
  const name = baseName(wanted)
  tree.add(
    world,
    {
      parent: parent.node.id,
      name,
      type: 'file',
      mime: options.mime ?? mimeOf(name),
      mtime: options.mtime ?? world.clock.seconds(),
      checksum: options.checksum ?? '',
      createdAt: options.createdAt ?? 0,
      uploadedAt: options.uploadedAt ?? world.clock.seconds(),
    },
    content,
  )
  const made = resolve(world, userId, wanted)!
  emit(world, 'file.created', made)
  return { outcome: 'created', entry: made }
}

/** Write a file for an account, as the server's own code does: new or not, it counts as created now and never uploaded. */
export function newFile(world: World, userId: string, path: string, content: Content, mtime?: number): PutOutcome {
  const uploadedAt = resolve(world, userId, path)?.node.uploadedAt ?? 0
  const times = { createdAt: world.clock.seconds(), uploadedAt }
  return put(world, userId, path, content, mtime === undefined ? times : { ...times, mtime })
}

function overwrite(world: World, old: Entry, content: Content, options: PutOptions): PutOutcome {
  if (isFolder(old)) return { outcome: 'is-folder' }
  if (!mayWrite(old)) return { outcome: 'forbidden' }
  if (!fits(world, old, tree.sizeOf(content))) return { outcome: 'no-space' }
  versions.keep(world, old.node)
  tree.write(world, old.node.id, content, {
    mtime: options.mtime ?? world.clock.seconds(),
    checksum: options.checksum ?? '',
    uploadedAt: options.uploadedAt ?? world.clock.seconds(),
    ...(options.createdAt === undefined ? {} : { createdAt: options.createdAt }),
  })
  const written = resolve(world, old.userId, old.path)!
  emit(world, 'file.updated', written)
  return { outcome: 'updated', entry: written }
}

/** Take a file or folder away: into its owner's trash while there is one. A mount is only given up. */
export function remove(world: World, of: Entry): 'removed' | 'left' | 'forbidden' {
  if (of.path === '/') return 'forbidden'
  if (isMountRoot(of)) {
    mounts.remove(world, of.userId, of.node.id)
    world.emit({ type: 'mount.left', mount: of.mount! })
    return 'left'
  }
  if (!may(of, 'delete')) return 'forbidden'
  emit(world, 'file.deleted', of)
  for (const node of tree.subtree(world, of.node.id)) stalePlaces.leaveBehind(world, node.id)
  if (trash.isOn(world)) trash.moveToTrash(world, of)
  else removeForGood(world, of)
  return 'removed'
}

/** Take a file or folder away, past the trash. */
export function removeForGood(world: World, { node }: Entry): void {
  for (const { id } of tree.subtree(world, node.id)) world.emit({ type: 'file.purged', id })
  tree.drop(world, node.id)
}

/** Move or rename. The node keeps its id, also between homes. @param userId whose files `to` is in */
export function move(
  world: World,
  from: Entry,
  to: string,
  overwriting = true,
  userId: string = from.userId,
): MoveOutcome {
  const wanted = normalize(to)
  ensureRoom(world, userId, wanted)
  const checked = checkTarget(world, from, { userId, path: wanted }, overwriting)
  if (typeof checked === 'string') return { outcome: checked }
  if (!may(from, 'delete') && dirName(from.path) !== dirName(wanted)) return { outcome: 'forbidden' }
  if (!may(from, 'update') && dirName(from.path) === dirName(wanted)) return { outcome: 'forbidden' }
  const { parent, replaced } = checked
  if (replaced) remove(world, replaced)
  if (isMountRoot(from)) mounts.moveTo(world, from.mount!, wanted)
  else {
    tree.relocate(world, from.node.id, parent.node.id, baseName(wanted))
    if (userId === from.userId) moveMountsBelow(world, userId, from.path, wanted)
    const mime = mimeOf(baseName(wanted))
    if (from.node.type === 'file' && mime !== from.node.mime) tree.touch(world, from.node.id, { mime })
  }
  const moved = resolve(world, userId, wanted)!
  world.emit({
    type: 'file.moved',
    userId,
    id: moved.node.id,
    from: from.path,
    path: wanted,
    mount: from.mount,
  })
  return { outcome: replaced ? 'replaced' : 'created', entry: moved }
}

/** Copy with everything below it; the copies have ids of their own. @param userId whose files `to` is in */
export function copy(
  world: World,
  from: Entry,
  to: string,
  overwriting = true,
  userId: string = from.userId,
): MoveOutcome {
  const wanted = normalize(to)
  ensureRoom(world, userId, wanted)
  const checked = checkTarget(world, from, { userId, path: wanted }, overwriting)
  if (typeof checked === 'string') return { outcome: checked }
  const { parent, replaced } = checked
  if (!fits(world, parent, from.node.size)) return { outcome: 'no-space' }
  if (replaced) remove(world, replaced)
  tree.duplicate(world, from.node.id, parent.node.id, baseName(wanted))
  const made = resolve(world, userId, wanted)!
  emit(world, 'file.created', made)
  return { outcome: replaced ? 'replaced' : 'created', entry: made }
}

type Target = { readonly parent: Entry; readonly replaced: Entry | undefined }

function checkTarget(
  world: World,
  from: Entry,
  to: { readonly userId: string; readonly path: string },
  overwriting: boolean,
): Target | Exclude<MoveOutcome, { entry: Entry }>['outcome'] {
  const isSameHome = to.userId === from.userId
  if (from.path === '/' || to.path === '/' || (isSameHome && to.path === from.path)) return 'forbidden'
  if (isSameHome && to.path.startsWith(`${from.path}/`)) return 'into-itself'
  const parent = resolve(world, to.userId, dirName(to.path))
  if (!parent || !isFolder(parent)) return 'no-parent'
  const replaced = resolve(world, to.userId, to.path)
  if (replaced && !overwriting) return 'exists'
  if (replaced ? !may(replaced, 'update') : !may(parent, 'create')) return 'forbidden'
  return { parent, replaced }
}

function moveMountsBelow(world: World, userId: string, from: string, to: string): void {
  for (const mount of mounts.ofUser(world, userId)) {
    if (mount.path.startsWith(`${from}/`)) mounts.moveTo(world, mount, to + mount.path.slice(from.length))
  }
}

/** Whether so many bytes fit where an entry lies: the quota of the owner counts, and nothing that is replaced. */
export function fits(world: World, where: Entry, bytes: number): boolean {
  const free = freeBytes(world, where.owner)
  return free < 0 || bytes <= free
}

function emit(
  world: World,
  type: 'file.created' | 'file.updated' | 'file.deleted',
  { userId, path, node }: Entry,
): void {
  world.emit({ type, userId, path, id: node.id, owner: ownerOf(node) })
}
