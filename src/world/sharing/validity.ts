import * as groups from '../accounts/groups.ts'
import * as users from '../accounts/users.ts'
import type { World } from '../world.ts'
import { removeShare } from './remove.ts'
import { allowsLinks, hidesSharesOfDisabled } from './settings.ts'
import { isLinkLike, type Share } from './share.ts'

/** Whether the moment of a share's expiry has come. */
export function isExpired(world: World, share: Share): boolean {
  return share.expiresAt !== null && share.expiresAt <= world.clock.now() / 1000
}

/**
 * Whether a share still counts. One that expired is removed by asking, as on the real server, where nothing
 * else removes it before the next background job.
 */
export function isValid(world: World, share: Share): boolean {
  if (isExpired(world, share)) {
    removeShare(world, share)
    return false
  }
  const isDisabled = (userId: string) => users.find(world, userId)?.enabled === false
  if (hidesSharesOfDisabled(world) && (isDisabled(share.owner) || isDisabled(share.sharedBy))) return false
  if (!isLinkLike(share)) return true
  const owner = users.find(world, share.owner)
  return owner !== undefined && allowsLinks(world, groups.groupsOf(world, owner.id))
}

/** The shares of a list that still count. */
export function dropInvalid(world: World, list: readonly Share[]): Share[] {
  return list.filter((share) => isValid(world, share))
}
