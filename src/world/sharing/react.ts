import { parseJson } from '#lib/json.ts'
import * as groups from '../accounts/groups.ts'
import * as files from '../files/files.ts'
import type { Mount } from '../files/mounts.ts'
import * as mounts from '../files/mounts.ts'
import { defineReactions } from '../reactions.ts'
import * as config from '../settings/config.ts'
import type { World } from '../world.ts'
import { joinGroup, leaveGroup } from './create.ts'
import * as received from './received.ts'
import { dropRows, leave, removeShare } from './remove.ts'
import { ownGroupsOnly, PERMISSION } from './settings.ts'
import * as shares from './share.ts'
import { isLinkLike, isRemote, type Share, type ShareType, TYPE } from './share.ts'
import { update } from './update.ts'

/** What accounts, groups and files that change do to shares. */
export const shareReactions = defineReactions(
  {
    'user.deleted': (world, { userId }) => forgetAccount(world, userId),
    'group.deleted': (world, { groupId }) => forgetGroup(world, groupId),
    'group.member-added': (world, { userId, groupId }) => joinGroup(world, userId, groupId),
    'group.member-removed': (world, { userId, groupId }) => {
      leaveGroup(world, userId, groupId)
      loseCompany(world, userId)
    },
    'mount.left': (world, { mount }) => leaveMount(world, mount),
    'file.deleted': (world, { userId, path }) => leaveInside(world, userId, path),
    'file.moved': followMove,
  },
  { evenIfDisabled: true },
)

/** An account became a member of what files are shared with. */
export const joinRecipient = (world: World, userId: string): void => received.refreshAccount(world, userId)

/** Who is no member any more loses what was received so, and what was changed about it. */
export function leaveRecipient(world: World, userId: string, type: ShareType, id: string): void {
  for (const share of shares.sharedWith(world, type, id)) {
    const own = shares.memberView(world, share.id, userId)
    if (own) shares.drop(world, own.id)
    received.refreshMount(world, userId, share.nodeId)
  }
}

/** What files were shared with is gone, and so are the shares. */
export function forgetRecipient(world: World, type: ShareType, id: string): void {
  for (const share of shares.sharedWith(world, type, id)) dropWithMounts(world, share)
}

/** Shares of a removed account's files go, and those with it; what it passed on of others' files stays. */
function forgetAccount(world: World, userId: string): void {
  const gone = [...shares.ownedBy(world, userId), ...shares.madeBy(world, userId).filter((s) => s.type === TYPE.link)]
  gone.push(...shares.sharedWith(world, TYPE.user, userId), ...shares.sharedWith(world, TYPE.member, userId))
  for (const share of gone) dropWithMounts(world, share)
  for (const mount of mounts.ofUser(world, userId)) mounts.remove(world, userId, mount.rootId)
}

function dropWithMounts(world: World, share: Share): void {
  dropRows(world, share)
  for (const mount of mounts.ofNode(world, share.nodeId)) received.refreshMount(world, mount.userId, share.nodeId)
}

function forgetGroup(world: World, groupId: string): void {
  forgetRecipient(world, TYPE.group, groupId)
  const listed = config.getApp(world, 'core', 'shareapi_exclude_groups_list', '')
  const ids = parseJson(listed)
  if (!Array.isArray(ids)) return
  const left = ids.filter((id) => id !== groupId)
  config.setApp(world, 'core', 'shareapi_exclude_groups_list', JSON.stringify(left))
}

/** Where shares go to members of one's own groups only, they end when the last common group does. */
function loseCompany(world: World, userId: string): void {
  const limit = ownGroupsOnly(world)
  if (!limit) return
  const own = groups.groupsOf(world, userId).filter((id) => !limit.except.includes(id))
  const isApart = (other: string) => !own.some((id) => groups.isMember(world, id, other))
  for (const share of received.directly(world, userId)) if (isApart(share.sharedBy)) removeShare(world, share)
  for (const share of [...shares.madeBy(world, userId), ...shares.ownedBy(world, userId)]) {
    if (share.type === TYPE.user && isApart(share.sharedWith!)) removeShare(world, share)
  }
}

/** A mount was given up in its recipient's files: so are all shares behind it. */
function leaveMount(world: World, mount: Mount): void {
  if (mount.kind !== 'shared') return
  for (const share of received.ofNode(world, mount.userId, mount.rootId)) leave(world, share, mount.userId)
}

/** A folder was deleted: what was received and hung inside is given up. */
function leaveInside(world: World, userId: string, path: string): void {
  for (const mount of mounts.ofUser(world, userId)) {
    if (!mount.path.startsWith(`${path}/`)) continue
    mounts.remove(world, userId, mount.rootId)
    leaveMount(world, mount)
  }
}

interface Move {
  readonly userId: string
  readonly id: number
  readonly from: string
  readonly path: string
  /** The mount that the node was reached through. */
  readonly mount: Mount | null
}

function followMove(world: World, move: Move): void {
  const { userId, path } = move
  for (const mount of mounts.ofUser(world, userId)) {
    if (mount.kind !== 'shared' || (mount.path !== path && !mount.path.startsWith(`${path}/`))) continue
    for (const share of received.ofNode(world, userId, mount.rootId))
      if (share.target !== mount.path) received.moveTarget(world, share, userId, mount.path)
  }
  if (move.mount?.path !== move.from) crossBorders(world, move)
}

/** Shares of what was moved into a received folder belong to that folder's owner from now on, and back. */
function crossBorders(world: World, { userId, id }: Move): void {
  const entry = files.entryOf(world, userId, id)
  if (!entry) return
  const owner = entry.owner
  for (const share of shares.madeBy(world, userId)) {
    if (isLinkLike(share) || isRemote(share) || share.type === TYPE.member || !isBelow(world, share.nodeId, id))
      continue
    if (entry.mount && (entry.mount.permissions & PERMISSION.share) === 0) {
      removeShare(world, share)
      continue
    }
    const permissions = entry.mount ? share.permissions & entry.mount.permissions : share.permissions
    if (owner === share.owner && permissions === share.permissions) continue
    update(world, { ...share, owner, permissions }, share, userId)
  }
}

function isBelow(world: World, nodeId: number, folderId: number): boolean {
  for (let at = files.find(world, nodeId); at; at = files.find(world, at.parent)) if (at.id === folderId) return true
  return false
}
