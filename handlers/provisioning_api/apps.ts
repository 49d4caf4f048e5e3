import { defineEndpoint, p, s } from '#app/index.ts'
import { byRelease } from '#lib/releases.ts'
import { appInfo } from '#profiles/keys.ts'
import * as apps from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'

const INVALID_ID = 'Invalid app id given'
const NOT_FOUND = 'The request app was not found'

const appIds = s.list(s.string())

/** Whether an empty filter is none. */
const EMPTY_IS_NONE = byRelease(true, { 34: false })

/** Whether disabled apps keep the numbers that they have in the list of all. */
const KEEPS_PLACES = byRelease(true, { 32: false })

const placed = (world: World) => {
  const disabled = apps.disabled(world)
  const all = everything(world)
  return Object.fromEntries(disabled.map((id) => [String(all.indexOf(id)), id]))
}

/** What is in the apps folder and can be disabled, in the folder's order. */
const everything = (world: World) => apps.available(world).filter((id) => !apps.find(world, id)?.alwaysEnabled)

/** Without a filter: everything in the apps folder that can be disabled, in the folder's order. */
export const getApps = defineEndpoint({
  id: 'provisioning_api-apps-get-apps',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/apps',
  access: 'admin',
  summary: 'List the apps that are there, that are enabled, or that are not',
  input: { filter: p.string().orNull().oneOf('enabled', 'disabled').describe('Which apps; all of them without it') },
  output: s.object({ apps: appIds }),
  failures: { 101: byRelease('', { 34: 'Invalid filter' }) },
  handle: ({ input, world, ok, fail }) => {
    switch (input.filter === '' && EMPTY_IS_NONE.at(world.release) ? null : input.filter) {
      case null:
        return ok({ apps: everything(world) })
      case 'enabled':
        return ok({ apps: inOrder(apps.enabled(world), world.release) })
      case 'disabled':
        return ok({ apps: KEEPS_PLACES.at(world.release) ? placed(world) : apps.disabled(world) })
      default:
        return fail(101)
    }
  },
})

/** Whether `files` comes before all others in the list of enabled apps. */
const FILES_FIRST = byRelease(true, { 34: false })

const inOrder = (ids: readonly string[], release: number) =>
  FILES_FIRST.at(release) ? ['files', ...ids.filter((id) => id !== 'files')] : ids

/** Whether what can be no id is refused before it is looked for. */
const CHECKS_IDS = byRelease(false, { 32: true })

/** The app's `info.xml` as the real server parses it; disabled apps have one too. */
export const getAppInfo = defineEndpoint({
  id: 'provisioning_api-apps-get-app-info',
  app: 'provisioning_api',
  method: 'GET',
  path: '/cloud/apps/{app}',
  access: 'admin',
  summary: 'What an app says about itself',
  data: [appInfo],
  output: s.record(s.any()),
  failures: { 997: INVALID_ID, 998: NOT_FOUND },
  probe: { app: 'provisioning_api' },
  handle: ({ input, world, profile, ok, fail }) => {
    if (CHECKS_IDS.at(world.release) && !apps.isValidId(world, input.app)) return fail(997)
    const known = apps.find(world, input.app)
    if (known) return ok(appInfo.of(profile)[known.id] ?? { id: known.id, version: known.version })
    return fail(998)
  },
})

export const enable = defineEndpoint({
  id: 'provisioning_api-apps-enable',
  app: 'provisioning_api',
  method: 'POST',
  path: '/cloud/apps/{app}',
  access: 'admin',
  passwordConfirmation: 'strict',
  summary: 'Enable an app for everyone',
  output: s.empty(),
  failures: { 997: INVALID_ID, 998: NOT_FOUND },
  probe: { app: 'provisioning_api' },
  notImplemented: ['Downloads from the app store: an app that is not in the profile is not found'],
  handle: ({ input, world, ok, fail }) => {
    if (CHECKS_IDS.at(world.release) && !apps.isValidId(world, input.app)) return fail(997)
    return apps.enable(world, input.app) === 'unknown' ? fail(998) : ok()
  },
})

/** Disabling what is disabled or unknown succeeds; apps that are always enabled end in an internal error. */
export const disable = defineEndpoint({
  id: 'provisioning_api-apps-disable',
  app: 'provisioning_api',
  method: 'DELETE',
  path: '/cloud/apps/{app}',
  access: 'admin',
  passwordConfirmation: true,
  summary: 'Disable an app',
  output: s.empty(),
  failures: { 997: INVALID_ID },
  handle: ({ input, world, ok, fail, crash }) => {
    if (CHECKS_IDS.at(world.release) && !apps.isValidId(world, input.app)) return fail(997)
    return apps.disable(world, input.app) === 'always-enabled' ? crash() : ok()
  },
})
