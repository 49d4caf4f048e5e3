import * as groups from '../accounts/groups.ts'
import * as users from '../accounts/users.ts'
import type { World } from '../world.ts'
import { allowsLinks, hidesSharesOfDisabled } from './settings.ts'
import { isLinkLike, type Share } from './share.ts'

/** Whether the moment of a share's expiry has come. */
export function isExpired(world: World, share: Share): boolean {
  return share.expiresAt !== null && share.expiresAt <= world.clock.now() / 1000
}

/** Whether a share still counts: it has not expired, nobody behind it is disabled, and links are allowed. */
export function isValid(world: World, share: Share): boolean {
  if (isExpired(world, share)) return false
  const isDisabled = (userId: string) => users.find(world, userId)?.enabled === false
  if (hidesSharesOfDisabled(world) && (isDisabled(share.owner) || isDisabled(share.sharedBy))) return false
  if (!isLinkLike(share)) return true
  const owner = users.find(world, share.owner)
  return owner !== undefined && allowsLinks(world, groups.groupsOf(world, owner.id))
}

/** The shares of a list that still count. */
export function onlyValid(world: World, list: readonly Share[]): Share[] {
  return list.filter((share) => isValid(world, share))
}
