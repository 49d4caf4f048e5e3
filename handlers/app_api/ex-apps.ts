import { defineEndpoint, p, s } from '#app/index.ts'
import { clientFor } from '#app-api/client.ts'
import { disableExApp, enableExApp, reportInitProgress } from '#app-api/lifecycle.ts'
import type { PhpArray } from '#lib/php.ts'
import * as exApps from '#world/exapps/exapps.ts'

const schema = s.object({
  id: s.string(),
  name: s.string(),
  version: s.string(),
  enabled: s.bool(),
  status: s.record(s.any()),
})

const shown = ({ id, name, version, enabled, status }: exApps.ExApp): PhpArray => ({
  id,
  name,
  version,
  enabled,
  status: { ...status },
})

export const getExAppsList = defineEndpoint({
  id: 'app_api-ocs_ex_app-get-ex-apps-list',
  app: 'app_api',
  method: 'GET',
  path: '/apps/app_api/api/v1/ex-app/{list}',
  access: 'admin',
  csrf: false,
  summary: 'List all ExApps, or those that are enabled',
  output: s.list(schema),
  responses: { 400: s.empty() },
  probe: { list: 'all' },
  handle: ({ input, world, ok, respond }) => {
    if (input.list !== 'all' && input.list !== 'enabled') return respond(400)
    return ok(
      exApps
        .list(world)
        .filter(({ enabled }) => enabled || input.list === 'all')
        .map(shown),
    )
  },
})

export const getExApp = defineEndpoint({
  id: 'app_api-ocs_ex_app-get-ex-app',
  app: 'app_api',
  method: 'GET',
  path: '/apps/app_api/api/v1/ex-app/info/{appId}',
  access: 'admin',
  csrf: false,
  summary: 'What is known of an ExApp and how far its installation is',
  output: schema,
  responses: { 404: s.empty() },
  handle: ({ input, world, ok, respond }) => {
    const exApp = exApps.find(world, input.appId)
    return exApp ? ok(shown(exApp)) : respond(404)
  },
})

/** The ExApp is asked for a heartbeat and told about it, over HTTP. */
export const setExAppEnabled = defineEndpoint({
  id: 'app_api-ocs_ex_app-set-ex-app-enabled',
  app: 'app_api',
  method: 'PUT',
  path: '/apps/app_api/api/v1/ex-app/{appId}/enabled',
  access: 'admin',
  csrf: false,
  summary: 'Enable or disable an ExApp',
  input: { enabled: p.int() },
  output: s.empty(),
  responses: { 404: s.empty() },
  failures: {
    400: ['ExApp already enabled', 'Failed to enable ExApp', 'ExApp already disabled', 'Failed to disable ExApp'],
  },
  handle: async (args) => {
    const { input, world, ok, respond, fail } = args
    const exApp = exApps.find(world, input.appId)
    if (!exApp) return respond(404)
    const enable = input.enabled === 1
    if (exApp.enabled === enable) return fail(400, `ExApp already ${enable ? 'enabled' : 'disabled'}`)
    const change = enable ? enableExApp : disableExApp
    if (!(await change(clientFor(args), exApp))) return fail(400, `Failed to ${enable ? 'enable' : 'disable'} ExApp`)
    return ok()
  },
})

const progress = { progress: p.int(), error: p.string().default('') }

export const setAppInitProgress = defineEndpoint({
  id: 'app_api-ocs_api-set-app-init-progress',
  app: 'app_api',
  method: 'PUT',
  path: '/apps/app_api/ex-app/status',
  access: 'app-api',
  disabledExApps: 'while-installing',
  csrf: false,
  summary: 'An ExApp reports how far its initialisation is; at 100 it gets enabled',
  input: progress,
  output: s.empty(),
  handle: async (args) => {
    const exApp = exApps.find(args.world, args.actor.exApp!)!
    const outcome = await reportInitProgress(clientFor(args), exApp, args.input.progress, args.input.error)
    return outcome === 'reported' ? args.ok() : args.crash()
  },
})

export const setAppInitProgressDeprecated = defineEndpoint({
  id: 'app_api-ocs_api-set-app-init-progress-deprecated',
  app: 'app_api',
  method: 'PUT',
  path: '/apps/app_api/apps/status/{appId}',
  access: 'app-api',
  csrf: false,
  summary: 'The same for any ExApp, as old ones call it',
  input: progress,
  output: s.empty(),
  responses: { 404: s.empty() },
  handle: async (args) => {
    const exApp = exApps.find(args.world, args.input.appId)
    if (!exApp) return args.respond(404)
    const outcome = await reportInitProgress(clientFor(args), exApp, args.input.progress, args.input.error)
    return outcome === 'reported' ? args.ok() : args.crash()
  },
})

/** The only operation that a disabled ExApp may call at any time. */
export const getEnabledState = defineEndpoint({
  id: 'app_api-ocs_api-get-enabled-state',
  app: 'app_api',
  method: 'GET',
  path: '/apps/app_api/ex-app/state',
  access: 'app-api',
  disabledExApps: 'always',
  csrf: false,
  summary: 'Whether the ExApp that asks is enabled: 1 or 0',
  output: s.int(),
  handle: ({ world, actor, ok }) => ok(exApps.find(world, actor.exApp!)!.enabled ? 1 : 0),
})
