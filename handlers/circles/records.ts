import { s } from '#lib/schema.ts'

/** What the levels of members are called. */
export const LEVEL = { member: 1, moderator: 4, admin: 8, owner: 9 } as const

/** What the record of a team looks like; the type says what its members mean. */
export const circleRecord = s.object({
  id: s.string(),
  name: s.string(),
  displayName: s.string(),
  description: s.string(),
  config: s.number(),
  settings: s.record(s.string()),
  createdAt: s.number(),
})

/** What the record of a member of a team looks like. */
export const memberRecord = s.object({
  id: s.string(),
  circleId: s.string(),
  userId: s.string(),
  level: s.union(s.literal(0), s.literal(...Object.values(LEVEL))),
  status: s.literal('Member', 'Invited', 'Requesting'),
  invitedBy: s.string(),
  joinedAt: s.number(),
  calledThen: s.optional(s.string()),
})
