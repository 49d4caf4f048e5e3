import { byRelease } from '#lib/releases.ts'
import * as groups from '../accounts/groups.ts'
import * as users from '../accounts/users.ts'
import * as files from '../files/files.ts'
import * as mounts from '../files/mounts.ts'
import type { World } from '../world.ts'
import * as settings from './settings.ts'
import { PERMISSION } from './settings.ts'
import * as shares from './share.ts'
import { isLinkLike, type Share, TYPE } from './share.ts'

/** Why a share may not be made or changed. */
export interface Refusal {
  readonly reason: Reason
  /** A name, a path or a number that the reason is about. */
  readonly about?: string | number
}

export type Reason =
  | 'sharing-off'
  | 'recipient-no-user'
  | 'recipient-no-group'
  | 'recipient-missing'
  | 'with-yourself'
  | 'node-gone'
  | 'root'
  | 'not-shareable'
  | 'bad-permissions'
  | 'file-permissions'
  | 'more-than-own'
  | 'no-read'
  | 'other-groups'
  | 'contains-shares'
  | 'with-owner'
  | 'groups-off'
  | 'links-off'
  | 'upload-off'
  | 'already-shared'
  | 'password-needed'
  | 'password-weak'
  | 'expiry-past'
  | 'expiry-needed'
  | 'expiry-too-late'
  | 'no-cloud-id'
  | 'remote-failed'

/** Whether someone may share at all. */
export function checkSharer(world: World, userId: string): Refusal | null {
  if (!settings.isApiEnabled(world) || settings.isExcluded(world, groups.groupsOf(world, userId)))
    return { reason: 'sharing-off' }
  return null
}

/** What an account may do with a node, over all ways by which it reaches it. A mount's root can be given up. */
export function rightsOn(world: World, userId: string, nodeId: number): number {
  return files.entriesOf(world, userId, nodeId).reduce((sum, entry) => sum | rightsOf(world, entry), 0)
}

/** What an account may do with an entry. A mount's root can be given up. */
export const rightsOf = (world: World, entry: files.Entry): number =>
  rightsIn(world, entry) | (files.isMountRoot(entry) ? PERMISSION.delete : 0)

/** What a share of this entry can pass on. */
function rightsIn(world: World, { node, mount, userId }: files.Entry): number {
  const kept = files.mayShare(world, userId, mount) ? PERMISSION.all : PERMISSION.all - PERMISSION.share
  return node.permissions & (mount?.permissions ?? PERMISSION.all) & kept
}

/** What has not been kept yet. */
export type Draft = Omit<Share, 'id'>

/**
 * Rules for all kinds, when a share is made, changed, or loses the one it was made from.
 * @param seenBy whose permission to share counts: the maker's of a new share, the owner's of an old one
 */
export function checkCommon(world: World, share: Draft, seenBy: string): Refusal | null {
  return checkRecipient(world, share) ?? checkNode(world, share, seenBy)
}

function checkRecipient(world: World, share: Draft): Refusal | null {
  const { type, sharedWith, sharedBy } = share
  if (type === TYPE.user && !users.find(world, sharedWith ?? '')) return { reason: 'recipient-no-user' }
  if (type === TYPE.group && !groups.find(world, sharedWith ?? '')) return { reason: 'recipient-no-group' }
  if (type !== TYPE.link && sharedWith === null) return { reason: 'recipient-missing' }
  if (type === TYPE.user && sharedWith === sharedBy) return { reason: 'with-yourself' }
  return null
}

/** Whether permissions that nobody has are told apart, and before those that one does not have (27.1.10, source). */
const KNOWS_ALL = byRelease(false, { 32: true })

function checkNode(world: World, share: Draft, seenBy: string): Refusal | null {
  const node = files.find(world, share.nodeId)
  if (!node) return { reason: 'node-gone' }
  const sharer = users.find(world, share.sharedBy) ? share.sharedBy : share.owner
  if (files.home(world, sharer)?.id === node.id) return { reason: 'root' }
  // That a mount can be given up is no right that could be passed on (Nextcloud 34.0.1, asked).
  const rights = files.entriesOf(world, sharer, node.id).reduce((sum, entry) => sum | rightsIn(world, entry), 0)
  if ((rightsOn(world, seenBy, node.id) & PERMISSION.share) === 0) return { reason: 'not-shareable', about: node.name }
  const { permissions } = share
  const isPossible = permissions >= 0 && permissions <= PERMISSION.all
  const ofFolder = node.type === 'file' && (permissions & (PERMISSION.create | PERMISSION.delete)) !== 0
  if (!isPossible && KNOWS_ALL.at(world.release)) return { reason: 'bad-permissions' }
  if (ofFolder && KNOWS_ALL.at(world.release)) return { reason: 'file-permissions' }
  if ((permissions & ~rights) !== 0)
    return { reason: 'more-than-own', about: files.entryOf(world, sharer, node.id)?.path ?? '' }
  if (!isLinkLike(share) && (permissions & PERMISSION.read) === 0) return { reason: 'no-read' }
  return ofFolder ? { reason: 'file-permissions' } : null
}

/** Received shares cannot be passed on inside a folder of one's own. */
export function checkContents(world: World, userId: string, entry: files.Entry | undefined): Refusal | null {
  if (!entry || !files.isFolder(entry)) return null
  const below = entry.path === '/' ? '/' : `${entry.path}/`
  const inside = mounts.ofUser(world, userId).some((mount) => mount.path.startsWith(below))
  return inside ? { reason: 'contains-shares' } : null
}

/** Rules for shares with an account. */
export function checkUserShare(world: World, share: Draft): Refusal | null {
  const limit = settings.ownGroupsOnly(world)
  if (!limit) return null
  const theirs = groups.groupsOf(world, share.sharedWith!)
  const common = groups
    .groupsOf(world, share.sharedBy)
    .filter((id) => theirs.includes(id) && !limit.except.includes(id))
  return common.length === 0 ? { reason: 'other-groups' } : null
}

/** Rules for shares with a group. */
export function checkGroupShare(world: World, share: Draft): Refusal | null {
  if (!settings.allowsGroups(world)) return { reason: 'groups-off' }
  const limit = settings.ownGroupsOnly(world)
  if (!limit) return null
  const group = share.sharedWith!
  return limit.except.includes(group) || !groups.isMember(world, group, share.sharedBy)
    ? { reason: 'other-groups' }
    : null
}

/** Rules for links and mails. */
export function checkLink(world: World, share: Draft, actor: string): Refusal | null {
  if (!settings.allowsLinks(world, groups.groupsOf(world, actor))) return { reason: 'links-off' }
  const writes = PERMISSION.create | PERMISSION.update | PERMISSION.delete
  if (share.itemType === 'folder' && !settings.allowsPublicUpload(world) && (share.permissions & writes) !== 0)
    return { reason: 'upload-off' }
  return null
}

/** The share of the same node with the same recipient, if there is one already. */
export function findSame(world: World, share: Draft): Share | undefined {
  return shares
    .ofNode(world, share.nodeId)
    .find((other) => other.type === share.type && other.sharedWith === share.sharedWith)
}
