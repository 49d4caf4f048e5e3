import { urldecode } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import type { Quirks } from '#profiles/profile.ts'
import * as groups from '#world/accounts/groups.ts'
import * as sessions from '#world/accounts/sessions.ts'
import * as users from '#world/accounts/users.ts'
import { isEnabledFor } from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'
import type { Call } from './call.ts'
import type { Endpoint } from './endpoint.ts'
import { type Actor, basicCredentials } from './identify.ts'

/** Why a caller may not: the status and message of the real server's security exception. */
export interface Denial {
  readonly status: 401 | 403 | 412
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
  /** What the request lacks, for the header `X-OCS-Mock`: the real server does not say it. */
  readonly missing?: string
}

const notLoggedIn = ({ notLoggedIn: message }: Quirks): Denial => ({
  status: 401,
  message,
  missing: 'not-logged-in; send credentials',
})
/** What the product calls who is logged in. */
const WHO = byRelease('user', { 32: 'account' })

const forbidden = (world: World, what: string): Denial => ({
  status: 403,
  message: `Logged in ${WHO.at(world.release)} must be ${what}`,
})

const ADMIN = 'an admin'
const SUB_ADMIN = 'an admin or sub admin'
const AT_LEAST_SUB_ADMIN = 'at least a sub admin'
const DELEGATED = 'an admin, a sub admin or gotten special right to access this setting'
const AS_EX_APP = 'no-exapp; send AUTHORIZATION-APP-API and EX-APP-ID'
const NOT_APP_API: Denial = { status: 401, message: 'AppAPI authentication failed', missing: AS_EX_APP }
const NOT_EX_APP: Denial = { status: 412, message: 'ExApp required', missing: AS_EX_APP }
const CSRF: Denial = {
  status: 412,
  message: 'CSRF check failed',
  missing: 'no-ocs-apirequest; send OCS-APIRequest: true, or a request token',
}
const APP_NOT_ENABLED: Denial = { status: 412, message: 'App is not enabled' }
const PASSWORD_MISSING = 'Required authorization header missing'
const NOT_CONFIRMED: Denial = {
  status: 403,
  message: 'Password confirmation is required',
  missing: 'not-confirmed; log in with the password, or confirm it first',
}

/** Whether the caller may use the operation at all. Who they are comes first, forgery second, the password last. */
export function authorize(endpoint: Endpoint, call: Call, actor: Actor, world: World, quirks: Quirks): Denial | null {
  return (
    checkAccess(endpoint, actor, world, quirks) ??
    (quirks.needsOcsApiRequest ? checkForgery(endpoint, call, actor, world) : null) ??
    checkApp(endpoint, actor, world) ??
    checkPassword(endpoint, call, actor, world) ??
    checkProvisioning(endpoint, actor, world)
  )
}

function checkAccess({ access, exAppsForNobody }: Endpoint, actor: Actor, world: World, quirks: Quirks): Denial | null {
  if (access === 'public') return null
  if (access === 'exapp') return actor.via === 'app-api' ? null : NOT_EX_APP
  if (access === 'app-api') return actor.via === 'app-api' ? null : NOT_APP_API
  if (exAppsForNobody && actor.via === 'app-api' && actor.userId === null) return null
  if (actor.userId === null) return notLoggedIn(quirks)
  if (access === 'user' || access === 'at-least-subadmin' || groups.isAdmin(world, actor.userId)) return null
  switch (access) {
    case 'admin':
      return forbidden(world, ADMIN)
    case 'delegated':
      return forbidden(world, DELEGATED)
    case 'subadmin':
      return groups.isSubAdmin(world, actor.userId) ? null : forbidden(world, SUB_ADMIN)
    case 'subadmin-or-delegated':
      return groups.isSubAdmin(world, actor.userId) ? null : forbidden(world, DELEGATED)
  }
}

/** A check that some apps run of their own, after the common ones and with their own words. */
function checkProvisioning({ access, denial }: Endpoint, { userId }: Actor, world: World): Denial | null {
  if (access !== 'at-least-subadmin' || userId === null) return null
  if (groups.isAdmin(world, userId) || groups.isSubAdmin(world, userId)) return null
  return denial === undefined ? forbidden(world, AT_LEAST_SUB_ADMIN) : { status: 403, message: denial }
}

/** Whether any value of OCS-APIRequest will do, even `false` (Nextcloud 34.0.1, corpus), or only `true` (27.1.10). */
const ANY_VALUE = byRelease(false, { 32: true })

/** Whether pages below `index.php` take OCS-APIRequest for a request token, as OCS does. */
const PAGES_TAKE_HEADER = byRelease(false, { 32: true })

function checkForgery({ csrf, envelope }: Endpoint, call: Call, actor: Actor, world: World): Denial | null {
  const asksForApi = call.header('ocs-apirequest')
  const isPage = envelope === false && !PAGES_TAKE_HEADER.at(world.release)
  const isApi = ANY_VALUE.at(world.release) ? asksForApi !== '' : asksForApi === 'true'
  if (csrf === false || (isApi && !isPage) || actor.via === 'bearer') return null
  if (/^Bearer /i.test(call.header('authorization'))) return null
  return sessions.isValidRequestToken(world, actor.session, requestToken(call)) ? null : CSRF
}

function requestToken(call: Call): string {
  const header = call.header('requesttoken')
  if (header !== '') return header
  return urldecode(/(?:^|&)requesttoken=([^&]*)/.exec(call.query)?.[1] ?? '')
}

/** An app may be enabled for some groups only. What is public is so for everybody. */
function checkApp({ app, access }: Endpoint, { userId, via }: Actor, world: World): Denial | null {
  if (access === 'public' || via === 'app-api' || isEnabledFor(world, app, userId)) return null
  return APP_NOT_ENABLED
}

function checkPassword({ passwordConfirmation }: Endpoint, call: Call, actor: Actor, world: World): Denial | null {
  if (!passwordConfirmation || actor.userId === null || actor.via === 'password') return null
  if (passwordConfirmation === 'strict') return checkPasswordAgain(call, actor.userId, world)
  return sessions.hasConfirmedPassword(world, actor.session) ? null : NOT_CONFIRMED
}

/** The password itself must come with the request, however the caller is known. */
export function checkPasswordAgain(call: Call, userId: string, world: World): Denial | null {
  if (!/^basic /i.test(call.header('authorization'))) return { ...NOT_CONFIRMED, message: PASSWORD_MISSING }
  const credentials = basicCredentials(call)
  const user = users.find(world, userId)
  return credentials && user && users.checkPassword(user, credentials.password) ? null : NOT_CONFIRMED
}
