import { defineEndpoint, p, s } from '#app/index.ts'
import { isKeyed, type PhpArray, type PhpValue } from '#lib/php.ts'
import { appInfo } from '#profiles/keys.ts'
import { defineProfileData } from '#profiles/profile-data.ts'
import * as groups from '#world/accounts/groups.ts'
import * as apps from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'

/** What the app store adds to what an app says about itself. */
interface Store {
  /** Files of icons that are not `app.svg`; `null`: none. */
  readonly icons: Readonly<Record<string, string | null>>
  /** Apps of each bundle. */
  readonly bundles: Readonly<Record<string, readonly string[]>>
}

/** What the store knows of the release's apps. */
export const store = defineProfileData<Store>('appstore')

const category = s.object({ id: s.string(), displayName: s.string() })

/** Without the internet there are no categories. */
export const listCategories = defineEndpoint({
  id: 'appstore-api-list-categories',
  app: 'appstore',
  method: 'GET',
  path: '/apps/appstore/api/v1/apps/categories',
  access: 'admin',
  summary: 'Categories of the app store, none without a connection to it',
  output: s.list(category),
  handle: ({ ok }) => ok([]),
})

const appSchema = s.object(
  {
    id: s.string(),
    name: s.string(),
    groups: s.list(s.string()),
    internal: s.bool(),
    isCompatible: s.bool(),
    missingDependencies: s.optional(s.list(s.string())),
  },
  'allow',
)

export const listApps = defineEndpoint({
  id: 'appstore-api-list-apps',
  app: 'appstore',
  method: 'GET',
  path: '/apps/appstore/api/v1/apps',
  access: 'admin',
  summary: 'The apps that are there and could be disabled, with all that is known about them',
  input: { details: p.bool().default(false) },
  data: [appInfo],
  output: s.list(appSchema),
  handle: ({ world, profile, ok }) => {
    const info = appInfo.of(profile)
    const listed = profile.apps
      .filter(({ id, alwaysEnabled }) => !alwaysEnabled && apps.find(world, id))
      .map(({ id, version }) => ({ id, info: info[id] ?? { id, version } }))
    const sorted = listed.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    return ok(sorted.map((app) => print(world, store.of(profile), app)))
  },
})

interface ListedApp {
  readonly id: string
  readonly info: PhpArray
}

const nameOf = ({ id, info }: ListedApp) => String(info.name ?? id)

const PREVIEWS = 'https://usercontent.apps.nextcloud.com/'
const MANUAL = 'https://docs.nextcloud.com/server/34/go.php?to='

/** An app's own words without white space around them, its first screenshot and its manual as addresses. */
function print(world: World, { icons, bundles }: Store, { id, info }: ListedApp): PhpArray {
  const printed: Record<string, PhpValue> = { ...info }
  for (const key of ['name', 'summary', 'description']) {
    if (typeof printed[key] === 'string') printed[key] = printed[key].trim()
  }
  if (info.screenshot) printed.screenshot = previewOf(info.screenshot)
  if (isKeyed(info.documentation)) printed.documentation = manualOf(info.documentation)
  const icon = Object.hasOwn(icons, id) ? icons[id] : 'app.svg'
  const inBundles = Object.keys(bundles).filter((bundle) => bundles[bundle]!.includes(id))
  return {
    ...printed,
    groups: apps.restrictedTo(world, id) ?? [],
    active: apps.isEnabled(world, id),
    internal: false,
    level: 200,
    removable: false,
    ...(icon ? { icon: `/apps/${id}/img/${icon}` } : {}),
    license: info.licence,
    installed: true,
    ...(inBundles.length > 0 ? { bundleIds: inBundles } : {}),
    missingDependencies: [],
    isCompatible: true,
  }
}

function previewOf(screenshots: PhpValue): string {
  const first: PhpValue = Array.isArray(screenshots) ? screenshots[0] : screenshots
  const url = isKeyed(first) ? first['@value'] : first
  return PREVIEWS + btoa(String(url))
}

function manualOf(documentation: PhpArray): PhpArray {
  const entries = Object.entries(documentation)
  return Object.fromEntries(
    entries.map(([kind, place]) => [kind, /^https?:/.test(String(place)) ? place : MANUAL + String(place)]),
  )
}

const ENABLE_FAILED = 'could not enable app'
const DISABLE_FAILED = 'could not disable app'

export const enableApp = defineEndpoint({
  id: 'appstore-api-enable-app',
  app: 'appstore',
  method: 'POST',
  path: '/apps/appstore/api/v1/apps/enable',
  access: 'admin',
  passwordConfirmation: 'strict',
  summary: 'Enable an app, for everyone or for groups',
  input: { appId: p.string(), groups: p.array().default([]), force: p.bool().default(false) },
  output: s.object({ update_required: s.bool() }),
  failures: { 500: ENABLE_FAILED },
  notImplemented: ['Downloads from the app store'],
  handle: ({ input, world, ok, fail }) => {
    const wanted = Object.values(input.groups).map(String)
    if (!apps.find(world, input.appId)) return fail(500)
    // It is installed anew, disabled, whether it can be enabled as wanted or not (Nextcloud 34.0.1, asked).
    if (wanted.length > 0) apps.disable(world, input.appId)
    if (wanted.length === 0) apps.enable(world, input.appId)
    else {
      const known = wanted.filter((group) => groups.find(world, group))
      if (apps.enableForGroups(world, input.appId, known) !== 'enabled') return fail(500)
    }
    return ok({ update_required: false })
  },
})

/** Characters that no id has are left out. */
const cleanId = (id: string) => id.replace(/[^\w-]/g, '')

export const disableApp = defineEndpoint({
  id: 'appstore-api-disable-app',
  app: 'appstore',
  method: 'POST',
  path: '/apps/appstore/api/v1/apps/disable',
  access: 'admin',
  passwordConfirmation: true,
  summary: 'Disable an app; one that is not there is disabled too, but not one without a name',
  input: { appId: p.string() },
  output: s.empty(),
  failures: { 500: DISABLE_FAILED },
  handle: ({ input, world, ok, fail }) =>
    cleanId(input.appId) === '' || apps.disable(world, cleanId(input.appId)) === 'always-enabled' ? fail(500) : ok(),
})

/** Apps of the release cannot be removed, but they are disabled by trying. */
export const uninstallApp = defineEndpoint({
  id: 'appstore-api-uninstall-app',
  app: 'appstore',
  method: 'POST',
  path: '/apps/appstore/api/v1/apps/uninstall',
  access: 'admin',
  passwordConfirmation: 'strict',
  summary: 'Remove an app that came from the app store',
  input: { appId: p.string() },
  output: s.empty(),
  failures: { 500: ['could not remove app', DISABLE_FAILED] },
  handle: ({ input, world, fail }) =>
    apps.disable(world, input.appId) === 'always-enabled' ? fail(500, DISABLE_FAILED) : fail(500),
})

/** There is no connection to the app store, so there are no updates. */
export const updateApp = defineEndpoint({
  id: 'appstore-api-update-app',
  app: 'appstore',
  method: 'POST',
  path: '/apps/appstore/api/v1/apps/update',
  access: 'admin',
  passwordConfirmation: 'strict',
  summary: 'Update an app from the app store',
  input: { appId: p.string() },
  output: s.empty(),
  failures: { 500: 'could not update app' },
  handle: ({ fail }) => fail(500),
})

export const enableBundle = defineEndpoint({
  id: 'appstore-api-enable-bundle',
  app: 'appstore',
  method: 'POST',
  path: '/apps/appstore/api/v1/bundles/enable',
  access: 'admin',
  passwordConfirmation: 'strict',
  summary: 'Install and enable all apps of a bundle',
  input: { bundleId: p.string() },
  output: s.empty(),
  failures: { 404: 'Bundle not found', 500: 'could not enable bundle' },
  notImplemented: ['Downloads from the app store: a bundle with apps that are not there fails'],
  handle: ({ input, world, profile, ok, fail }) => {
    const members =
      Object.hasOwn(store.of(profile).bundles, input.bundleId) && store.of(profile).bundles[input.bundleId]
    if (!members) return fail(404)
    if (members.some((app) => !apps.find(world, app))) return fail(500)
    for (const app of members) apps.enable(world, app)
    return ok()
  },
})
