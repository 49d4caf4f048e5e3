import { defineEndpoint, p, s } from '#app/index.ts'
import * as apps from '#world/settings/apps.ts'
import { getSystemBool } from '#world/settings/config.ts'
import { versionOf } from '#world/settings/version.ts'

const appList = s.list(s.object({ appId: s.string(), appName: s.string() }))

export const getAppList = defineEndpoint({
  id: 'updatenotification-api-get-app-list',
  app: 'updatenotification',
  method: 'GET',
  path: '/apps/updatenotification/api/{apiVersion:v1}/applist/{newVersion}',
  access: 'admin',
  summary: 'Which apps of others there are, and are not, for a version of the server',
  input: { newVersion: p.string() },
  output: s.object({ missing: appList, available: appList }),
  responses: {
    404: s.object({ appstore_disabled: s.bool(), already_on_latest: s.optional(s.bool()) }),
  },
  probe: { apiVersion: 'v1', newVersion: '35.0.0' },
  handle: ({ world, ok, respond }) =>
    getSystemBool(world, 'appstoreenabled', true)
      ? ok({ missing: [], available: [] })
      : respond(404, { appstore_disabled: true }),
})

/** Versions begin with two numbers; what follows the third is not looked at. */
const VERSION = /^\d+\.\d+/

export const getAppChangelog = defineEndpoint({
  id: 'updatenotification-api-get-app-changelog-entry',
  app: 'updatenotification',
  method: 'GET',
  path: '/apps/updatenotification/api/{apiVersion:v1}/changelog/{appId}',
  since: 29,
  access: 'admin',
  summary: 'What changed in a version of an app; the apps of the release do not tell',
  input: { appId: p.string(), version: p.string().orNull() },
  output: s.object({ appName: s.string(), content: s.string(), version: s.string() }),
  responses: { 400: s.empty(), 404: s.empty() },
  probe: { apiVersion: 'v1', appId: 'files' },
  handle: ({ input: { appId, version }, world, profile, respond }) => {
    const installed = appId === 'core' ? versionOf(world, profile).versionString : apps.find(world, appId)?.version
    return respond(VERSION.test(version ?? installed ?? '0') ? 404 : 400)
  },
})
