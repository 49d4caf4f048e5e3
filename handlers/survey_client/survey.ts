import { defineEndpoint, p, s } from '#app/index.ts'
import * as users from '#world/accounts/users.ts'
import * as notifications from '#world/notices/notifications.ts'
import * as apps from '#world/settings/apps.ts'
import { deleteApp, getAppBool, getSystemBool, getSystemString, setApp } from '#world/settings/config.ts'
import { versionOf } from '#world/settings/version.ts'
import type { World } from '#world/world.ts'

const APP = 'survey_client'
const BASE = '/apps/survey_client/api/v1'

export const enableMonthly = defineEndpoint({
  id: 'survey_client-endpoint-enable-monthly',
  app: APP,
  method: 'POST',
  path: `${BASE}/monthly`,
  access: 'admin',
  summary: 'Report how the server is used once a month',
  output: s.empty(),
  handle: ({ world, ok }) => {
    deleteApp(world, APP, 'never_again')
    notifications.markProcessed(world, { app: APP })
    return ok()
  },
})

export const disableMonthly = defineEndpoint({
  id: 'survey_client-endpoint-disable-monthly',
  app: APP,
  method: 'DELETE',
  path: `${BASE}/monthly`,
  access: 'admin',
  summary: 'Report no longer, and do not ask again if so wished',
  input: { never: p.bool().default(false) },
  output: s.empty(),
  handle: ({ input: { never }, world, ok }) => {
    if (never) setApp(world, APP, 'never_again', '1', { type: 'boolean' })
    notifications.markProcessed(world, { app: APP })
    return ok()
  },
})

type Item = readonly [category: string, key: string, value: string | number]

const yes = (flag: boolean) => (flag ? 'yes' : 'no')

/** What would be reported. Nothing here says who anybody is. */
function reportItems(world: World, version: string): Item[] {
  return [
    ['server', 'version', version],
    ['server', 'code', 'other'],
    ['server', 'enable_avatars', yes(getSystemBool(world, 'enable_avatars', true))],
    ['server', 'enable_previews', yes(getSystemBool(world, 'enable_previews', true))],
    ['server', 'memcache.local', getSystemString(world, 'memcache.local', 'none')],
    ['server', 'debug', yes(getSystemBool(world, 'debug', false))],
    ...apps.enabled(world).map((app): Item => ['apps', app, apps.find(world, app)?.version ?? '']),
    ['stats', 'num_users', users.count(world)],
    ['encryption', 'enabled', yes(getAppBool(world, 'core', 'encryption_enabled', false))],
  ]
}

export const sendReport = defineEndpoint({
  id: 'survey_client-endpoint-send-report',
  app: APP,
  method: 'POST',
  path: `${BASE}/report`,
  access: 'admin',
  summary: 'Report once, right now',
  output: s.object({ id: s.string(), items: s.list(s.list(s.union(s.string(), s.number()))) }),
  notImplemented: ['sending the report: the answer is what would be sent', 'figures of PHP and the database'],
  handle: ({ world, profile, respond }) => {
    const report = {
      id: getSystemString(world, 'instanceid', ''),
      items: reportItems(world, versionOf(world, profile).version.join('.')),
    }
    return respond(getSystemBool(world, 'has_internet_connection', true) ? 200 : 500, report)
  },
})
