import * as groups from '#world/accounts/groups.ts'
import type { World } from '#world/world.ts'
import { circleMembersTable, entryOf, find, type Member, members, withParty } from './lookups.ts'
import { groupParty, partyOf, teamParty } from './party.ts'

/** By what an account is in a team. */
export interface Membership {
  readonly member: Member
  /** From the member down to the account: `[team, group, account]`; the account alone where it is itself in there. */
  readonly path: readonly string[]
}

/** The way into a team that goes furthest up: by itself, by a group, or by another team. */
export function membershipIn(
  world: World,
  circleId: string,
  userId: string,
  passed: readonly string[] = [],
): Membership | undefined {
  const groupsOfUser = groups.groupsOf(world, userId).map(groupParty)
  const near = [[userId], ...groupsOfUser.map((group) => [group, userId])].flatMap((path) =>
    found(world, circleId, path),
  )
  const seen = [...passed, circleId]
  const far = teamsIn(world, circleId)
    .filter((id) => !seen.includes(id))
    .flatMap((id) => {
      const inside = membershipIn(world, id, userId, seen)
      return inside ? found(world, circleId, [teamParty(id), ...inside.path]) : []
    })
  return [...near, ...far].sort((a, b) => b.member.level - a.member.level || a.path.length - b.path.length)[0]
}

function found(world: World, circleId: string, path: readonly string[]): Membership[] {
  const member = entryOf(world, circleId, path[0]!)
  return member?.status === 'Member' ? [{ member, path }] : []
}

/** Ids of the teams that are members of a team. */
function teamsIn(world: World, circleId: string): string[] {
  const table = world.table(circleMembersTable)
  return table
    .index('teams', ({ userId, circleId: of }) => (partyOf(userId).kind === 'team' ? of : ''))
    .keysOf(circleId)
    .map((key) => partyOf(table.get(key)!.userId).name)
}

/** By what an account really is in a team: by itself, or by a group or a team that is further up. */
export const memberOf = (world: World, circleId: string, userId: string): Member | undefined =>
  membershipIn(world, circleId, userId)?.member

/** The accounts behind a member. */
export function accountsOf(world: World, userId: string, passed: readonly string[] = []): readonly string[] {
  const { kind, name } = partyOf(userId)
  if (kind === 'user') return [userId]
  if (kind === 'group') return groups.members(world, name)
  if (kind !== 'team' || passed.includes(name)) return []
  return [...new Set(members(world, name).flatMap((one) => accountsOf(world, one.userId, [...passed, name])))]
}

/** How many are in a team: by themselves, and with those that are in its groups and teams. */
export function population(world: World, circleId: string): { readonly direct: number; readonly inherited: number } {
  const direct = new Set<string>()
  const all = new Set<string>()
  for (const { userId } of members(world, circleId)) {
    const { kind } = partyOf(userId)
    const isMany = kind === 'group' || kind === 'team'
    if (!isMany) direct.add(userId)
    for (const one of isMany ? accountsOf(world, userId, [circleId]) : [userId]) all.add(one)
  }
  return { direct: direct.size, inherited: all.size }
}

/** Ids of a team and of all that it is a part of. */
export function upFrom(world: World, circleId: string, passed: readonly string[] = []): string[] {
  if (passed.includes(circleId) || !find(world, circleId)) return []
  const above = withParty(world, teamParty(circleId))
  return [...new Set([circleId, ...above.flatMap((id) => upFrom(world, id, [...passed, circleId]))])]
}
