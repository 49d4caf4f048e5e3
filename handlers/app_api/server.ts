import { defineEndpoint, p, s } from '#app/index.ts'
import * as users from '#world/accounts/users.ts'
import { getSystem } from '#world/settings/config.ts'

/** Levels of the log, from debugging to fatal errors. */
const MAX_LEVEL = 4

export const log = defineEndpoint({
  id: 'app_api-ocs_api-log',
  app: 'app_api',
  method: 'POST',
  path: '/apps/app_api/api/v1/log',
  access: 'app-api',
  csrf: false,
  summary: 'Write a line into the log of the server',
  input: { level: p.int(), message: p.string() },
  output: s.empty(),
  failures: { 400: 'Invalid log level' },
  notImplemented: ['Nothing is logged'],
  handle: ({ input, ok, fail }) => (input.level < 0 || input.level > MAX_LEVEL ? fail(400) : ok()),
})

export const getUsersList = defineEndpoint({
  id: 'app_api-ocs_api-getnc-users-list',
  app: 'app_api',
  method: 'GET',
  path: '/apps/app_api/api/v1/users',
  access: 'app-api',
  csrf: false,
  summary: 'Ids of all accounts, sorted by their names',
  output: s.list(s.string()),
  handle: ({ world, ok }) => ok(users.searchByName(world).map(({ id }) => id)),
})

export const getNextcloudUrl = defineEndpoint({
  id: 'app_api-ocs_ex_app-get-nextcloud-url',
  app: 'app_api',
  method: 'GET',
  path: '/apps/app_api/api/v1/info/nextcloud_url',
  access: 'admin',
  csrf: false,
  summary: 'The address of the server as the request has it',
  output: s.object({ base_url: s.string() }),
  handle: ({ request, ok }) => ok({ base_url: request.baseUrl }),
})

export const getNextcloudAbsoluteUrl = defineEndpoint({
  id: 'app_api-ocs_api-get-nextcloud-absolute-url',
  app: 'app_api',
  method: 'GET',
  path: '/apps/app_api/api/v1/info/nextcloud_url/absolute',
  access: 'app-api',
  csrf: false,
  summary: 'A path with the configured address of the server in front',
  input: { url: p.string() },
  output: s.object({ absolute_url: s.string() }),
  probe: { url: '/apps' },
  handle: ({ input, world, ok }) => {
    const base = getSystem(world, 'overwrite.cli.url', '').replace(/\/+$/, '')
    return ok({ absolute_url: `${base}/${input.url.replace(/^\/+/, '')}` })
  },
})

/** Routes without a controller: AppAPI gave up its events, and the real server fails over what is left of them. */
const eventsListener = (method: 'POST' | 'DELETE' | 'GET', action: string) =>
  ({
    id: `app_api-events_listener-${action}-listener`,
    app: 'app_api',
    method,
    path: '/apps/app_api/api/v1/events_listener',
    access: 'public',
    csrf: false,
    summary: 'What is left of the events that AppAPI once had: an internal error',
    output: s.empty(),
  }) as const

export const registerListener = defineEndpoint({
  ...eventsListener('POST', 'register'),
  handle: ({ crash }) => crash(),
})
export const unregisterListener = defineEndpoint({
  ...eventsListener('DELETE', 'unregister'),
  handle: ({ crash }) => crash(),
})
export const getListener = defineEndpoint({
  ...eventsListener('GET', 'get'),
  handle: ({ crash }) => crash(),
})
