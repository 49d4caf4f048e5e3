import { defineEndpoint, p, s } from '#app/index.ts'
import { predefinedStatuses } from '#app/user-status.ts'
import * as statuses from '#world/accounts/statuses.ts'
import { getApp } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import { publicStatus, publicStatusSchema } from './format.ts'

/** Statuses of all accounts are told only where every account may see every other. */
export function isEnumerable(world: World): boolean {
  return (
    getApp(world, 'core', 'shareapi_allow_share_dialog_user_enumeration', 'yes') === 'yes' &&
    getApp(world, 'core', 'shareapi_restrict_user_enumeration_to_group', 'no') !== 'yes' &&
    getApp(world, 'core', 'shareapi_restrict_user_enumeration_to_phone', 'no') !== 'yes'
  )
}

export const listStatuses = defineEndpoint({
  id: 'user_status-statuses-find-all',
  app: 'user_status',
  method: 'GET',
  path: '/apps/user_status/api/v1/statuses',
  access: 'user',
  summary: 'Statuses of all accounts that have one',
  input: { limit: p.limit().orNull(), offset: p.int().orNull() },
  output: s.list(publicStatusSchema),
  handle: ({ input: { limit, offset }, world, profile, ok, crash }) => {
    if (!isEnumerable(world)) return ok([])
    if (offset !== null && offset < 0) return crash()
    const page = statuses.list(world, predefinedStatuses.of(profile), { limit, offset })
    const shown = page.map(({ userId }) => userId)
    statuses.settle(world, shown)
    return ok(page.map(publicStatus))
  },
})

export const findStatus = defineEndpoint({
  id: 'user_status-statuses-find',
  app: 'user_status',
  method: 'GET',
  path: '/apps/user_status/api/v1/statuses/{userId}',
  access: 'user',
  summary: 'Status of one account',
  input: { userId: p.string() },
  output: publicStatusSchema,
  failures: { 404: 'No status for the requested userId' },
  probe: { userId: '$me' },
  handle: ({ input: { userId }, world, profile, ok, fail }) => {
    const found = statuses.settled(world, userId, predefinedStatuses.of(profile))
    return found ? ok(publicStatus(found)) : fail(404)
  },
})
