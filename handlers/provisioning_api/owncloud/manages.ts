import type { PhpValue } from '#lib/php.ts'
import { type Answer, bare } from '#line/call.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import type { World } from '#world/world.ts'

/** What an exception ends in that nothing catches (ownCloud 10.2.1, corpus). */
export const UNCAUGHT: Answer = { ...bare(200), speaker: 'script' }

/** An account by its id in any case. An address is no id here. */
export function accountOf(world: World, userId: string): users.User | undefined {
  const user = users.find(world, userId)
  return user?.id.toLowerCase() === userId.toLowerCase() ? user : undefined
}

/** Whether someone may do what administrators do to an account: they are one, or one of a group that it is in. */
export const manages = (world: World, me: string, userId: string): boolean =>
  groups.isAdmin(world, me) || isInGroupOf(world, me, userId)

/** Whether somebody is in a group that someone administers. Administrators are in none. */
function isInGroupOf(world: World, subAdminId: string, userId: string): boolean {
  if (groups.isAdmin(world, userId)) return false
  return groups.subAdminGroupsOf(world, subAdminId).some((groupId) => groups.isMember(world, groupId, userId))
}

/** Whether someone may do what administrators do to a group. */
export const managesGroup = (world: World, me: string, groupId: string): boolean =>
  groups.isAdmin(world, me) || groups.isSubAdminOf(world, groupId, me)

/** What is left of a list in PHP's hands: it keeps its places, so that a list with holes has keys. */
export function keepingPlaces(all: readonly string[], isLeft: (entry: string) => boolean): PhpValue {
  const left = all.flatMap((entry, at): [string, string][] => (isLeft(entry) ? [[String(at), entry]] : []))
  return left.every(([at], i) => at === String(i)) ? left.map(([, entry]) => entry) : Object.fromEntries(left)
}

/** A limit or an offset as `(int)` reads it. */
export const numberOf = (text: string | null): number => Number.parseInt(text ?? '', 10) || 0
