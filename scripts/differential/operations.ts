import { isThere } from '#lib/releases.ts'
import type { Endpoint } from '#line/endpoint.ts'
import { findProfile } from '#profiles/index.ts'
import { openProfile } from '#profiles/profile.ts'
import { compose } from '../../src/compose.ts'

/** What counts or shows the machine itself, waits for something, ends what the session needs, or speaks for itself. */
const LEFT_OUT =
  /serverinfo|updatenotification|login|wipe|ex_?app|appstore|textprocessing|taskprocessing|text2image|translation|rotate-app/i
const APPS_LEFT_OUT = /serverinfo|updatenotification|app_api|user_ldap|weather_status|webhook/

/** What administrators may do here, because the values that are sent name nothing but a session's own. */
const FOR_ADMINISTRATORS =
  /^(?:provisioning_api-(?:users|groups)-|notifications-api-generate|privacy-admin-add|files_downloadlimit:)/

/** Operations that a session may call as often as it likes: they change nothing but what is its own. */
function isSafe({ id, app, method, access, path }: Endpoint): boolean {
  if (access === 'exapp' || access === 'app-api' || LEFT_OUT.test(id) || APPS_LEFT_OUT.test(app)) return false
  if (method === 'GET' || FOR_ADMINISTRATORS.test(id)) return true
  const isForAdmins = access === 'admin' || access === 'delegated' || access === 'subadmin-or-delegated'
  return !isForAdmins && !path.startsWith('/apps/settings')
}

/**
 * What sessions may ask of the default profile: operations of apps that are enabled there.
 * @param app of which apps
 */
export async function harmlessOperations(app: RegExp): Promise<Endpoint[]> {
  const profile = openProfile(findProfile())
  const installed = new Set(['core', ...profile.apps.filter(({ enabled }) => enabled).map(({ id }) => id)])
  const { endpoints } = await compose().catalogue.loadAll()
  return endpoints.filter((one) => installed.has(one.app) && app.test(one.app) && isThere(one, profile) && isSafe(one))
}
