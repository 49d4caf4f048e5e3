import { defineEndpoint, p, s } from '#app/index.ts'
import { appInfo } from '#profiles/keys.ts'
import * as apps from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'
import { keepingPlaces, UNCAUGHT } from './manages.ts'

const products = ['owncloud'] as const
const app = 'provisioning_api'
const exit = 'legacy'

/** What is in the apps folder and can be disabled, in the folder's order. */
const everything = (world: World) => apps.available(world).filter((id) => !apps.find(world, id)?.alwaysEnabled)

const enabled = (world: World) => ['files', ...apps.enabled(world).filter((id) => id !== 'files')]

export const getApps = defineEndpoint({
  id: 'provisioning_api-owncloud:GET /cloud/apps',
  products,
  app,
  exit,
  method: 'GET',
  path: '/cloud/apps',
  access: 'admin',
  summary: 'List the apps that are there, that are enabled, or that are not',
  input: { filter: p.mixed().oneOf('enabled', 'disabled').describe('Which apps; all of them without it') },
  output: s.object({ apps: s.any() }),
  failures: { 101: '' },
  handle: ({ input: { filter }, world, ok, fail }) => {
    if (filter === 'enabled') return ok({ apps: enabled(world) })
    const all = everything(world)
    if (filter === 'disabled') return ok({ apps: keepingPlaces(all, (id) => !apps.isEnabled(world, id)) })
    return filter === null || filter === '' ? ok({ apps: all }) : fail(101)
  },
})

export const getAppInfo = defineEndpoint({
  id: 'provisioning_api-owncloud:GET /cloud/apps/{appid}',
  products,
  app,
  exit,
  method: 'GET',
  path: '/cloud/apps/{appid}',
  access: 'admin',
  summary: 'What an app says about itself',
  data: [appInfo],
  output: s.record(s.any()),
  failures: { 998: 'The request app was not found' },
  probe: { appid: 'provisioning_api' },
  notImplemented: ['Apps of which nobody has recorded what they say tell their id and their version'],
  handle: ({ input: { appid }, world, profile, ok, fail }) => {
    const { id, version } = apps.find(world, appid) ?? fail(998)
    return ok(appInfo.of(profile)[id] ?? { id, version })
  },
})

/** What nobody expected upstream ends in an empty page (ownCloud 10.2.1, corpus). */
export const enable = defineEndpoint({
  id: 'provisioning_api-owncloud:POST /cloud/apps/{appid}',
  products,
  app,
  exit,
  method: 'POST',
  path: '/cloud/apps/{appid}',
  access: 'admin',
  summary: 'Enable an app for everyone',
  output: s.empty(),
  probe: { appid: 'provisioning_api' },
  notImplemented: ['Downloads from the marketplace'],
  handle: ({ input: { appid }, world, ok, abort }) => {
    if (apps.enable(world, appid) === 'unknown') return abort(UNCAUGHT)
    return ok()
  },
})

/** Disabling what is disabled or unknown succeeds; apps that are always enabled end in an empty page. */
export const disable = defineEndpoint({
  id: 'provisioning_api-owncloud:DELETE /cloud/apps/{appid}',
  products,
  app,
  exit,
  method: 'DELETE',
  path: '/cloud/apps/{appid}',
  access: 'admin',
  summary: 'Disable an app',
  output: s.empty(),
  handle: ({ input: { appid }, world, ok, abort }) => {
    if (apps.disable(world, appid) === 'always-enabled') return abort(UNCAUGHT)
    return ok()
  },
})
