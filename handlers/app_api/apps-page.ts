import { defineRoute } from '#app/index.ts'
import { clientFor, exAppUrl } from '#app-api/client.ts'
import { disableExApp, enableExApp } from '#app-api/lifecycle.ts'
import { bare } from '#line/call.ts'
import * as exApps from '#world/exapps/exapps.ts'
import type { World } from '#world/world.ts'
import { adminPage } from './admin-page.ts'
import { printDaemon } from './daemons.ts'

const message = (text: string) => ({ data: { message: text } })
const missing = (what: string) => ({ error: `ExApp not found, failed to get ${what}` })

const LOCAL_APP =
  'This app is not installed from the AppStore. No extra information available. Only enable/disable and remove actions are allowed.'

/** An ExApp in the shape of an entry of the app store, in which it is not. */
function printApp(world: World, exApp: exApps.ExApp) {
  const { id, name, version, enabled, status } = exApp
  const daemon = exApps.findDaemon(world, exApp.daemon)
  return {
    id,
    app_api: true,
    appstore: false,
    installed: true,
    name,
    description: LOCAL_APP,
    summary: '',
    license: '',
    licence: '',
    author: '',
    shipped: false,
    version,
    types: [],
    documentation: { admin: '', user: '', developer: '' },
    website: '',
    bugs: '',
    detailpage: '',
    dependencies: [],
    level: 100,
    missingMaxOwnCloudVersion: false,
    missingMinOwnCloudVersion: false,
    canInstall: true,
    canUnInstall: !enabled,
    isCompatible: true,
    screenshot: '',
    score: 0,
    ratingNumOverall: 0,
    ratingNumThresholdReached: false,
    removable: true,
    active: enabled,
    needsDownload: false,
    groups: [],
    fromAppStore: false,
    appstoreData: { id, name, version, enabled, status },
    daemon: daemon ? printDaemon(daemon, () => '') : null,
    exAppUrl: exAppUrl(world, exApp),
    releases: [],
    update: null,
    status,
    error: status.error,
  }
}

/** Without the internet there is no app store: what is installed is all there is. */
export const listApps = defineRoute(
  adminPage({
    id: 'ex_apps_page-list-apps',
    method: 'GET',
    path: '/apps/list',
    summary: 'ExApps that are installed, and those of the app store',
    csrf: false,
    handle: ({ world, reply }) =>
      reply({ apps: exApps.list(world).map((exApp) => printApp(world, exApp)), status: 'success' }),
  }),
)

export const listCategories = defineRoute(
  adminPage({
    id: 'ex_apps_page-list-categories',
    method: 'GET',
    path: '/apps/categories',
    summary: 'Categories of the app store',
    handle: ({ reply }) => reply([]),
  }),
)

/** `GET` is documented too, but the server takes `POST` alone. */
export const enableApp = defineRoute(
  adminPage({
    id: 'ex_apps_page-enable-app',
    method: 'POST',
    path: '/apps/enable/{appId}/{daemonId}',
    summary: 'Enable an ExApp, or install it from the app store',
    recentPassword: true,
    handle: async (args) => {
      const { world, params, reply } = args
      const exApp = exApps.find(world, params.appId!)
      if (!exApp) return reply(message('Error starting install of ExApp'), 500)
      if (!(await enableExApp(clientFor(args), exApp))) return reply(message('Failed to enable ExApp'), 500)
      return reply({ data: { update_required: false } })
    },
  }),
)

export const disableApp = defineRoute(
  adminPage({
    id: 'ex_apps_page-disable-app',
    method: 'GET',
    path: '/apps/disable/{appId}',
    summary: 'Disable an ExApp; one that is not there needs nothing',
    recentPassword: true,
    handle: async (args) => {
      const { world, params, reply } = args
      const exApp = exApps.find(world, params.appId!)
      const isDone = !exApp?.enabled || (await disableExApp(clientFor(args), exApp))
      return isDone ? reply([]) : reply(message('Failed to disable ExApp'), 500)
    },
  }),
)

export const updateApp = defineRoute(
  adminPage({
    id: 'ex_apps_page-update-app',
    method: 'GET',
    path: '/apps/update/{appId}',
    summary: 'Update an ExApp to what the app store has',
    csrf: false,
    recentPassword: true,
    handle: ({ reply }) => reply(message('Could not update ExApp'), 500),
  }),
)

export const uninstallApp = defineRoute(
  adminPage({
    id: 'ex_apps_page-uninstall-app',
    method: 'GET',
    path: '/apps/uninstall/{appId}',
    summary: 'Remove an ExApp, whatever it says to that',
    recentPassword: true,
    handle: async (args) => {
      const { world, params, reply } = args
      const exApp = exApps.find(world, params.appId!)
      if (exApp?.enabled) await disableExApp(clientFor(args), exApp)
      if (exApp) exApps.remove(world, exApp.id)
      return reply([])
    },
  }),
)

export const getAppStatus = defineRoute(
  adminPage({
    id: 'ex_apps_page-get-app-status',
    method: 'GET',
    path: '/apps/status/{appId}',
    summary: 'How far the installation of an ExApp is',
    csrf: false,
    handle: ({ world, params, reply }) => {
      const exApp = exApps.find(world, params.appId!)
      return exApp ? reply(exApp.status) : reply(missing('status'), 404)
    },
  }),
)

/** Containers are not imitated, and so neither is what they wrote. */
export const getAppLogs = defineRoute(
  adminPage({
    id: 'ex_apps_page-get-app-logs',
    method: 'GET',
    path: '/apps/logs/{appId}',
    summary: 'What the container of an ExApp wrote, as a download',
    csrf: false,
    handle: ({ world, params }) => {
      const id = params.appId!
      const body = exApps.find(world, id) ? { error: 'ocs-mock does not run containers' } : missing('logs')
      return {
        status: 200,
        headers: [
          ['Content-Disposition', `attachment; filename=nc_app_${id}_logs.txt`],
          ['Content-Type', 'text/plain;charset=UTF-8'],
        ],
        body: JSON.stringify(body),
      }
    },
  }),
)

export const getAppDeployOptions = defineRoute(
  adminPage({
    id: 'ex_apps_page-get-app-deploy-options',
    method: 'GET',
    path: '/apps/deploy-options/{appId}',
    summary: 'Environment and mounts that an ExApp was deployed with',
    handle: ({ world, params, reply }) =>
      exApps.find(world, params.appId!)
        ? reply({ environment_variables: [], mounts: [] })
        : reply(missing('deploy options'), 404),
  }),
)

export const force = defineRoute(
  adminPage({
    id: 'ex_apps_page-force',
    method: 'POST',
    path: '/apps/force',
    summary: 'Let an app be enabled that says it does not fit this version',
    recentPassword: true,
    handle: ({ input, reply }) => (typeof input.appId === 'string' ? reply([]) : bare(400)),
  }),
)
