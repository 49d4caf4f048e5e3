import { defineEndpoint, p, s } from '#app/index.ts'
import { predefinedStatuses } from '#app/user-status.ts'
import * as statuses from '#world/accounts/statuses.ts'
import { ownStatus, ownStatusSchema } from './format.ts'

export const heartbeat = defineEndpoint({
  id: 'user_status-heartbeat-heartbeat',
  app: 'user_status',
  method: 'PUT',
  path: '/apps/user_status/api/v1/heartbeat',
  access: 'user',
  summary: 'Say that the caller is there; a status that was chosen on purpose stays',
  input: { status: p.string().oneOf('online', 'away') },
  output: ownStatusSchema,
  responses: { 204: s.empty(), 400: s.empty() },
  handle: ({ input: { status }, me, world, profile, ok, respond }) => {
    if (status !== 'online' && status !== 'away') return respond(400)
    const found = statuses.heartbeat(world, me, status, predefinedStatuses.of(profile))
    return found ? ok(ownStatus(found)) : respond(204)
  },
})
