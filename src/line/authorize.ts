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
import { type Why, why } from './why.ts'
import { whyNobody } from './why-nobody.ts'

/** Why a caller may not: the status and message of the real server's security exception. */
export interface Denial {
  readonly status: 401 | 403 | 412
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
  /** What the request lacks, for the header `X-OCS-Mock`: the real server does not say it. */
  readonly missing?: string
  /** An app says it itself: browsers read it too, where the server's own words are lost in a page. */
  readonly keepsMessage?: true
  readonly why: Why
}

const notLoggedIn = ({ notLoggedIn: message }: Quirks, call: Call, world: World): Denial => ({
  status: 401,
  message,
  missing: 'not-logged-in; send credentials',
  why: why('credentials', whyNobody(call, world)),
})
/** What the product calls who is logged in. */
const WHO = byRelease('user', { 32: 'account' })

const forbidden = (world: World, userId: string, what: string): Denial => ({
  status: 403,
  message: `Logged in ${WHO.at(world.release)} must be ${what}`,
  why: why('access', `${userId} is not ${what}`),
})

const ADMIN = 'an admin'
const SUB_ADMIN = 'an admin or sub admin'
const AT_LEAST_SUB_ADMIN = 'at least a sub admin'
const DELEGATED = 'an admin, a sub admin or gotten special right to access this setting'
const AS_EX_APP = 'no-exapp; send AUTHORIZATION-APP-API and EX-APP-ID'
const NO_EX_APP = why('access', 'no ExApp asks: its AppAPI headers are missing or wrong')
const NOT_APP_API: Denial = {
  status: 401,
  message: 'AppAPI authentication failed',
  missing: AS_EX_APP,
  why: NO_EX_APP,
}
const NOT_EX_APP: Denial = { status: 412, message: 'ExApp required', missing: AS_EX_APP, why: NO_EX_APP }
const forged = (sentence: string): Denial => ({
  status: 412,
  message: 'CSRF check failed',
  missing: 'no-ocs-apirequest; send OCS-APIRequest: true, or a request token',
  why: why('csrf', sentence),
})
const PASSWORD_MISSING = 'Required authorization header missing'
const notConfirmed = (sentence: string): Denial => ({
  status: 403,
  message: 'Password confirmation is required',
  missing: 'not-confirmed; log in with the password, or confirm it first',
  why: why('password', sentence),
})

/** Whether the caller may use the operation at all. Who they are comes first, forgery second, the password last. */
export function authorize(endpoint: Endpoint, call: Call, actor: Actor, world: World, quirks: Quirks): Denial | null {
  return (
    checkAccess(endpoint, call, actor, world, quirks) ??
    (quirks.needsOcsApiRequest ? checkForgery(endpoint, call, actor, world) : null) ??
    checkApp(endpoint, actor, world) ??
    checkPassword(endpoint, call, actor, world) ??
    checkProvisioning(endpoint, actor, world)
  )
}

function checkAccess(
  { access, exAppsForNobody }: Endpoint,
  call: Call,
  actor: Actor,
  world: World,
  quirks: Quirks,
): Denial | null {
  if (access === 'public') return null
  if (access === 'exapp') return actor.via === 'app-api' ? null : NOT_EX_APP
  if (access === 'app-api') return actor.via === 'app-api' ? null : NOT_APP_API
  if (exAppsForNobody && actor.via === 'app-api' && actor.userId === null) return null
  const { userId } = actor
  if (userId === null) return notLoggedIn(quirks, call, world)
  if (access === 'user' || access === 'at-least-subadmin' || groups.isAdmin(world, userId)) return null
  switch (access) {
    case 'admin':
      return forbidden(world, userId, ADMIN)
    case 'delegated':
      return forbidden(world, userId, DELEGATED)
    case 'subadmin':
      return groups.isSubAdmin(world, userId) ? null : forbidden(world, userId, SUB_ADMIN)
    case 'subadmin-or-delegated':
      return groups.isSubAdmin(world, userId) ? null : forbidden(world, userId, DELEGATED)
  }
}

/** A check that some apps run of their own, after the common ones and with their own words. */
function checkProvisioning({ access, denial }: Endpoint, { userId }: Actor, world: World): Denial | null {
  if (access !== 'at-least-subadmin' || userId === null) return null
  if (groups.isAdmin(world, userId) || groups.isSubAdmin(world, userId)) return null
  const forbade = forbidden(world, userId, AT_LEAST_SUB_ADMIN)
  return { ...forbade, message: denial ?? forbade.message, keepsMessage: true }
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
  const token = requestToken(call)
  if (sessions.isValidRequestToken(world, actor.session, token)) return null
  return forged(whyForged(asksForApi, token))
}

/** What of the two came, and was not enough. */
function whyForged(asksForApi: string, token: string): string {
  if (token !== '') return 'the request token is none of this session'
  return asksForApi === ''
    ? 'neither OCS-APIRequest nor a request token'
    : `OCS-APIRequest: ${asksForApi} is not enough here, and no request token came`
}

function requestToken(call: Call): string {
  const header = call.header('requesttoken')
  if (header !== '') return header
  return urldecode(/(?:^|&)requesttoken=([^&]*)/.exec(call.query)?.[1] ?? '')
}

/** An app may be enabled for some groups only. What is public is so for everybody. */
function checkApp({ app, access }: Endpoint, { userId, via }: Actor, world: World): Denial | null {
  if (access === 'public' || via === 'app-api' || isEnabledFor(world, app, userId)) return null
  const sentence = `app ${app} is enabled for groups that ${userId ?? 'nobody'} is not in`
  return { status: 412, message: 'App is not enabled', why: why('app', sentence) }
}

function checkPassword({ passwordConfirmation }: Endpoint, call: Call, actor: Actor, world: World): Denial | null {
  if (!passwordConfirmation || actor.userId === null || actor.via === 'password') return null
  if (passwordConfirmation === 'strict') return checkPasswordAgain(call, actor.userId, world)
  if (sessions.hasConfirmedPassword(world, actor.session)) return null
  return notConfirmed('logged in without the password, which was not confirmed in the last half hour')
}

/** The password itself must come with the request, however the caller is known. */
export function checkPasswordAgain(call: Call, userId: string, world: World): Denial | null {
  if (!/^basic /i.test(call.header('authorization')))
    return { ...notConfirmed('the password has to come with the request itself'), message: PASSWORD_MISSING }
  const credentials = basicCredentials(call)
  const user = users.find(world, userId)
  const isRight = credentials && user && users.checkPassword(user, credentials.password)
  return isRight ? null : notConfirmed(`the password that came is not that of ${userId}`)
}
