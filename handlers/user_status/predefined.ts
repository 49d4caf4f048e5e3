import { defineEndpoint, s } from '#app/index.ts'
import { predefinedStatuses } from '#app/user-status.ts'

const output = s.list(
  s.object({
    id: s.string(),
    icon: s.string(),
    message: s.words(),
    clearAt: s.nullable(
      s.object({ type: s.literal('period', 'end-of'), time: s.union(s.int(), s.literal('day', 'week')) }),
    ),
  }),
)

export const listPredefinedStatuses = defineEndpoint({
  id: 'user_status-predefined_status-find-all',
  app: 'user_status',
  method: 'GET',
  path: '/apps/user_status/api/v1/predefined_statuses/',
  access: 'user',
  summary: 'Messages to choose from, each with how long it usually lasts',
  output,
  handle: ({ profile, ok }) =>
    ok(
      predefinedStatuses
        .of(profile)
        .filter(({ visible = true }) => visible)
        .map(({ id, icon, message, clearAt }) => ({ id, icon, message, clearAt })),
    ),
})
