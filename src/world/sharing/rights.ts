import * as files from '../files/files.ts'
import type { World } from '../world.ts'
import { rightsOf } from './checks.ts'
import { isAmong } from './recipients.ts'
import { PERMISSION } from './settings.ts'
import { type Share, TYPE } from './share.ts'

const isParty = (share: Share, userId: string) => share.owner === userId || share.sharedBy === userId

/** Whether someone is in the group or team that a share is for. */
export function isInGroup(world: World, share: Share, userId: string): boolean {
  return isAmong(world, share, userId)
}

/**
 * Whether someone may share on what a share gives, and so sees what others made of it.
 * @param entry the shared node as a party sees it; `null` where no node was asked for
 */
export function mayReshare(world: World, userId: string, share: Share, entry: files.Entry | null): boolean {
  if (share.owner === userId) return true
  if (entry && (rightsOf(world, entry) & PERMISSION.share) !== 0) return true
  if ((share.permissions & PERMISSION.share) === 0) return false
  return (share.type === TYPE.user && share.sharedWith === userId) || isInGroup(world, share, userId)
}

/** Whether someone may see a share; a share that was left is seen by nobody. */
export function canAccess(world: World, share: Share, userId: string, throughGroup = true): boolean {
  if (share.permissions === 0) return false
  if (isParty(share, userId)) return true
  if (share.type === TYPE.user && share.sharedWith === userId) return true
  const entry = files.entryOf(world, userId, share.nodeId)
  if (entry && mayReshare(world, userId, share, entry)) return true
  return throughGroup && isInGroup(world, share, userId)
}

export function canEdit(share: Share, userId: string): boolean {
  return share.permissions !== 0 && isParty(share, userId)
}

export function canDelete(share: Share, userId: string): boolean {
  if (share.permissions === 0) return false
  return isParty(share, userId) || (share.type === TYPE.user && share.sharedWith === userId)
}

/** Whether someone can only give up a share for themselves, and take it back later. That of a team is not given up. */
export function canLeave(world: World, share: Share, userId: string): boolean {
  return share.type !== TYPE.team && !isParty(share, userId) && isInGroup(world, share, userId)
}
