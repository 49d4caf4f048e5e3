import * as circles from '#world/accounts/circles.ts'
import { defineReactions } from '#world/reactions.ts'
import { forgetRecipient, joinRecipient, leaveRecipient } from '#world/sharing/react.ts'
import { defineRecipients } from '#world/sharing/recipients.ts'
import { TYPE } from '#world/sharing/share.ts'

/** Files that are shared with a team reach its members. */
export const teamRecipients = defineRecipients({
  type: TYPE.team,
  members: (world, id) => circles.members(world, id).map(({ userId }) => userId),
  isMember: (world, id, userId) => circles.memberOf(world, id, userId) !== undefined,
  ofAccount: (world, userId) => circles.ofUser(world, userId).map(({ id }) => id),
  nameOf(world, id) {
    const team = circles.find(world, id)
    return team && `${team.displayName} (${circles.definition(world, team)})`
  },
})

/** What a team received follows its members, and ends with it. */
export const teamShareReactions = defineReactions(
  {
    'team.member-added': (world, { userId }) => joinRecipient(world, userId),
    'team.member-removed': (world, { userId, circleId }) => leaveRecipient(world, userId, TYPE.team, circleId),
    'team.deleted': (world, { circleId }) => forgetRecipient(world, TYPE.team, circleId),
  },
  { evenIfDisabled: true },
)
