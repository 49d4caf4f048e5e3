import * as files from '../files/files.ts'
import * as mounts from '../files/mounts.ts'
import { isStale } from '../files/stale-places.ts'
import * as config from '../settings/config.ts'
import type { World } from '../world.ts'
import { collective, isCollective } from './recipients.ts'
import * as shares from './share.ts'
import { type Share, type ShareType, TYPE } from './share.ts'
import { onlyValid } from './validity.ts'

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** A group's share as one member sees it: its own target, permissions and acceptance win. */
export function asSeenBy(world: World, share: Share, userId: string): Share {
  if (!isCollective(world, share)) return share
  const own = shares.memberView(world, share.id, userId)
  if (!own) return share
  const { permissions, accepted, target } = own
  return { ...share, permissions, accepted, target, parent: share.id }
}

/** Shares with an account directly, in the order of their targets, as the real server lists them (asked). */
export function directly(world: World, userId: string): Share[] {
  const found = shares.sharedWith(world, TYPE.user, userId).filter((share) => shares.nodeOf(world, share))
  return onlyValid(
    world,
    found.sort((a, b) => compare(a.target!, b.target!) || a.id - b.id),
  )
}

/**
 * Shares with the groups of an account, then with its teams and the like, as it sees them: files before folders, then
 * by id (asked).
 */
export function throughGroups(world: World, userId: string): Share[] {
  return collective(world).flatMap(({ type, ofAccount }) => seenThrough(world, userId, type, ofAccount(world, userId)))
}

function seenThrough(world: World, userId: string, type: ShareType, ids: readonly string[]): Share[] {
  const found = ids
    .flatMap((id) => shares.sharedWith(world, type, id))
    .filter((share) => shares.nodeOf(world, share))
    .sort((a, b) => compare(a.itemType, b.itemType) || a.id - b.id)
  return onlyValid(world, found).map((share) => asSeenBy(world, share, userId))
}

/** Everything that could show in an account's files: received from others, not left. */
function showable(world: World, userId: string): Share[] {
  return [...directly(world, userId), ...throughGroups(world, userId)].filter(
    (share) => share.permissions > 0 && share.owner !== userId && share.sharedBy !== userId,
  )
}

/** The shares by which one node reaches an account, the oldest first: that one says where it shows. */
export function ofNode(world: World, userId: string, nodeId: number): Share[] {
  return showable(world, userId)
    .filter((share) => share.nodeId === nodeId)
    .sort((a, b) => a.createdAt - b.createdAt || a.id - b.id)
}

/** Hang a received node where its shares say, or take it away where none is left or accepted. */
export function refreshMount(world: World, userId: string, nodeId: number): void {
  const reaching = ofNode(world, userId, nodeId)
  const known = mounts.ofRoot(world, userId, nodeId)
  if (!reaching.some((share) => share.accepted)) {
    if (known?.kind === 'shared') mounts.remove(world, userId, nodeId)
    return
  }
  const path = reaching[0]!.target!
  const permissions = reaching.reduce((sum, share) => sum | share.permissions, 0)
  if (known?.path !== path || known.permissions !== permissions)
    mounts.set(world, { userId, path, rootId: nodeId, permissions, kind: 'shared' })
}

/** All received nodes of an account anew, after its groups changed: new ones get a free name, lost ones go. */
export function refreshAccount(world: World, userId: string): void {
  const reaching = showable(world, userId)
  for (const share of reaching) settle(world, userId, share)
  const nodes = new Set(reaching.map((share) => share.nodeId))
  for (const mount of mounts.ofUser(world, userId)) if (mount.kind === 'shared') nodes.add(mount.rootId)
  for (const nodeId of nodes) refreshMount(world, userId, nodeId)
}

/** Give a share that reaches an account a place there, under a free name. */
export function settle(world: World, userId: string, share: Share): void {
  const shown = mounts.ofRoot(world, userId, share.nodeId)
  const target = shown?.path ?? makeTarget(world, userId, share)
  if (target !== share.target) moveTarget(world, share, userId, target)
}

/** Change where a share shows to one recipient. Members of a group get a view of their own for it. */
export function moveTarget(world: World, share: Share, userId: string, target: string): void {
  if (share.type === TYPE.user) shares.patch(world, share.id, { target })
  if (!isCollective(world, share)) return
  const own = shares.memberView(world, share.id, userId)
  if (own) shares.patch(world, own.id, { target })
  else addMemberView(world, share, userId, { target, accepted: true })
}

/** One member's view of a group's share, from now on apart from the group's. */
export function addMemberView(world: World, share: Share, userId: string, change: Partial<Share>): Share {
  const { id: parent, ...shared } = shares.find(world, share.id) ?? share
  return shares.insert(world, {
    ...shared,
    type: TYPE.member,
    sharedWith: userId,
    parent,
    accepted: false,
    expiresAt: null,
    note: '',
    target: targetOf(world, userId, share),
    ...change,
  })
}

/** Where a share would show to an account if nothing were in the way. */
export function targetOf(world: World, userId: string, share: Pick<Share, 'nodeId'>): string {
  const name = files.find(world, share.nodeId)?.name ?? ''
  return files.joinPath(shareFolder(world, userId), name)
}

/** The folder that new received shares go to: the account's choice, or the system's. */
export function shareFolder(world: World, userId: string | null): string {
  const common = config.getSystem(world, 'share_folder', '/')
  if (userId === null || !config.getSystem(world, 'sharing.allow_custom_share_folder', true))
    return files.normalize(common)
  return files.normalize(config.getUser(world, userId, 'files_sharing', 'share_folder', common))
}

/**
 * A place for a share: `name.txt`, else `name (2).txt`, `name (3).txt` …, in its folder or, where that is gone, in the
 * share folder, which is made.
 */
function makeTarget(world: World, userId: string, share: Share): string {
  const wanted = share.target ?? targetOf(world, userId, share)
  const folder = ensureFolder(world, userId, files.dirName(wanted))
  const name = files.baseName(wanted)
  const dot = name.lastIndexOf('.')
  const [stem, extension] = dot >= 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  let path = files.joinPath(folder, name)
  for (let number = 2; isTaken(world, userId, path, share.nodeId); number++)
    path = files.joinPath(folder, `${stem} (${number})${extension}`)
  return path
}

/** An account that never looked at its files has none yet, so nothing is in the way but what it received. */
function isTaken(world: World, userId: string, path: string, nodeId: number): boolean {
  if (isStale(world, userId, path)) return true
  const shown = files.home(world, userId) ? files.resolve(world, userId, path) : undefined
  if (shown) return !(files.isMountRoot(shown) && shown.node.id === nodeId)
  return showable(world, userId).some((share) => share.target === path && share.nodeId !== nodeId)
}

function ensureFolder(world: World, userId: string, folder: string): string {
  if (folder === '/') return folder
  const known = files.resolve(world, userId, folder)
  if (known && files.isFolder(known) && !known.mount) return folder
  const fallback = shareFolder(world, userId)
  let path = '/'
  for (const name of fallback.split('/').filter(Boolean)) {
    path = files.joinPath(path, name)
    files.makeFolder(world, userId, path)
  }
  return fallback
}
