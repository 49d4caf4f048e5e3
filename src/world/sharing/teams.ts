import * as circles from '../accounts/circles.ts'
import * as groups from '../accounts/groups.ts'
import type { World } from '../world.ts'
import { type Share, TYPE } from './share.ts'

/** Whether a share is with several accounts, each of which can have a view of its own. */
export const isCollective = ({ type }: Pick<Share, 'type'>): boolean => type === TYPE.group || type === TYPE.team

/** The accounts of the group or team that a share is with. */
export function accountsOf(world: World, { type, sharedWith }: Share): string[] {
  if (type === TYPE.team) return circles.members(world, sharedWith!).map(({ userId }) => userId)
  return type === TYPE.group ? groups.members(world, sharedWith!) : []
}

/** Whether an account is in the group or team that a share is with. */
export function isAmong(world: World, { type, sharedWith }: Share, userId: string): boolean {
  if (type === TYPE.team) return circles.memberOf(world, sharedWith!, userId) !== undefined
  return type === TYPE.group && groups.isMember(world, sharedWith!, userId)
}
