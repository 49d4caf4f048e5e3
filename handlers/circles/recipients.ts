import * as mounts from '#world/files/mounts.ts'
import { defineReactions } from '#world/reactions.ts'
import { forgetRecipient, joinRecipient, leaveRecipient } from '#world/sharing/react.ts'
import { defineRecipients } from '#world/sharing/recipients.ts'
import * as shares from '#world/sharing/share.ts'
import { TYPE } from '#world/sharing/share.ts'
import type { World } from '#world/world.ts'
import { groupParty, partyOf } from './party.ts'
import * as circles from './state.ts'

/** Files that are shared with a team reach its members. */
export const teamRecipients = defineRecipients({
  type: TYPE.team,
  members: (world, id) => [
    ...new Set(circles.members(world, id).flatMap(({ userId }) => circles.accountsOf(world, userId))),
  ],
  isMember: (world, id, userId) => circles.memberOf(world, id, userId) !== undefined,
  ofAccount: (world, userId) => circles.ofUser(world, userId).map(({ id }) => id),
  nameOf(world, id) {
    const team = circles.find(world, id)
    return team && `${team.displayName} (${circles.definition(world, team)})`
  },
})

/** What a team received follows its members, and those of its groups and teams, and ends with it. */
export const teamShareReactions = defineReactions(
  {
    'team.member-added': (world, { userId }) => {
      for (const account of circles.accountsOf(world, userId)) joinRecipient(world, account)
    },
    'team.member-removed': (world, { userId, circleId }) => {
      for (const id of circles.upFrom(world, circleId))
        for (const account of receiversBehind(world, userId, id)) leave(world, account, id)
    },
    'group.member-added': (world, { userId, groupId }) => {
      if (circles.withParty(world, groupParty(groupId)).length > 0) joinRecipient(world, userId)
    },
    'group.member-removed': (world, { userId, groupId }) => {
      for (const circleId of circles.withParty(world, groupParty(groupId)))
        for (const id of circles.upFrom(world, circleId)) leave(world, userId, id)
    },
    'team.deleted': (world, { circleId }) => forgetRecipient(world, TYPE.team, circleId),
  },
  { evenIfDisabled: true },
)

/** The account that a party is. Of what has members and may be gone by now: all that received something of the team. */
function receiversBehind(world: World, party: string, circleId: string): readonly string[] {
  const { kind } = partyOf(party)
  if (kind === 'user' || kind === 'mail') return circles.accountsOf(world, party)
  const nodes = shares.sharedWith(world, TYPE.team, circleId).map(({ nodeId }) => nodeId)
  return [...new Set(nodes.flatMap((id) => mounts.ofNode(world, id)).map(({ userId }) => userId))]
}

/** Who is still in a team some other way keeps what it received. */
function leave(world: World, userId: string, circleId: string): void {
  if (!circles.memberOf(world, circleId, userId)) leaveRecipient(world, userId, TYPE.team, circleId)
}
