import { byRelease } from '#lib/releases.ts'
import type { Call } from '#line/call.ts'
import { CLIENTS } from '#line/client.ts'
import { type DavError, forbidden, notAuthenticated, serviceUnavailable } from '#line/dav-exit.ts'
import type { RouteArguments } from '#line/endpoint.ts'
import { basicCredentials } from '#line/identify.ts'
import * as sessions from '#world/accounts/sessions.ts'
import * as users from '#world/accounts/users.ts'
import * as apps from '#world/settings/apps.ts'
import { getSystem } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

const NO_BASIC =
  "No 'Authorization: Basic' header found. Either the client didn't send one, or the server is misconfigured"
const NO_BEARER =
  "No 'Authorization: Bearer' header found. Either the client didn't send one, or the server is mis-configured"
const WRONG = 'Username or password was incorrect'
const WRONG_BEARER = 'Bearer token was incorrect'

const OFFICIAL = Object.values(CLIENTS)
const DOWNLOADS = 'https://nextcloud.com/install/#install-clients'

/**
 * Who may ask the WebDAV servers of accounts: the id of the account.
 * @param attempts how the server words what each of its ways to log in says
 * @throws DavError 401, 403 for clients that are too old or too new, 503 for disabled accounts
 */
export function requireLogin(args: RouteArguments, attempts: (basic: string, bearer: string) => string): string {
  const { actor, call, world } = args
  if (actor.userId === null || (actor.via === 'session' && isForged(args))) {
    if (isDisabled(world, call)) {
      throw serviceUnavailable('OC\\User\\DisabledUserException: Account disabled')
    }
    throw refusal(args, attempts)
  }
  checkClient(world, call)
  return actor.userId
}

function refusal({ actor, call }: RouteArguments, attempts: (basic: string, bearer: string) => string): DavError {
  if (call.header('x-requested-with').split(',').includes('XMLHttpRequest')) {
    return notAuthenticated('Cannot authenticate over ajax calls', [
      ['WWW-Authenticate', 'DummyBasic realm="Nextcloud"'],
    ])
  }
  if (actor.via === 'session' && call.method !== 'POST') return notAuthenticated('CSRF check not passed.')
  const basic = basicCredentials(call) ? WRONG : NO_BASIC
  const bearer = /^Bearer /i.test(call.header('authorization')) ? WRONG_BEARER : NO_BEARER
  return notAuthenticated(attempts(basic, bearer), [['WWW-Authenticate', 'Basic realm="Nextcloud", charset="UTF-8"']])
}

/** A browser's session must prove that the page meant it, unless it only reads. */
function isForged({ actor, call, world }: RouteArguments): boolean {
  if (['GET', 'HEAD', 'OPTIONS'].includes(call.method)) return false
  const agent = call.header('user-agent')
  if (OFFICIAL.some((pattern) => pattern.test(agent))) return false
  if (call.header('ocs-apirequest') !== '') return false
  const token = call.header('requesttoken') || (/(?:^|&)requesttoken=([^&]*)/.exec(call.query)?.[1] ?? '')
  return !sessions.isValidRequestToken(world, actor.session, token)
}

function isDisabled(world: World, call: Call): boolean {
  const credentials = basicCredentials(call)
  const user = credentials && users.findByLogin(world, credentials.login)
  return Boolean(user && !user.enabled && users.checkPassword(user, credentials!.password))
}

/** The oldest desktop client that a release supports, where the administrator says nothing. Source: 27.1.10 to 34.0.1. */
const OLDEST_CLIENT = byRelease('2.3.0', { 32: '3.1.0', 33: '3.1.50', 34: '3.2.50' })

/** Desktop clients out of the range that the administrator supports get no further. */
function checkClient(world: World, call: Call): void {
  const version = CLIENTS.desktop.exec(call.header('user-agent'))?.[1]
  if (version === undefined) return
  const oldest = getSystem(world, 'minimum.supported.desktop.version', OLDEST_CLIENT.at(world.release))
  const newest = getSystem(world, 'maximum.supported.desktop.version', '99.99.99')
  const advise = (what: string, wanted: string) =>
    forbidden(`This version of the client is unsupported. ${what} to <a href="${DOWNLOADS}">version ${wanted}</a>.`)
  if (compareVersions(version, oldest) < 0) throw advise('Upgrade', `${oldest} or later`)
  if (compareVersions(version, newest) > 0) throw advise('Downgrade', `${newest} or earlier`)
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(/[.+-]/).map((part) => Number.parseInt(part, 10) || 0))
  for (let i = 0; i < Math.max(left!.length, right!.length); i++) {
    const difference = (left![i] ?? 0) - (right![i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** Whether calendars can be shared with other servers. */
const SHARES_CALENDARS = byRelease(false, { 32: true })

/** What the newer server says: each of its ways to log in, in their order. */
export const davAttempts =
  (world: World) =>
  (basic: string, bearer: string): string =>
    [
      'No public access to this resource.',
      ...(apps.isEnabled(world, 'app_api') ? ['AppAPIAuth has not passed'] : []),
      ...(SHARES_CALENDARS.at(world.release) ? ['This request is not for a federated calendar'] : []),
      basic,
      bearer,
      basic,
    ].join(', ')

/** What the older server says. */
export const webdavAttempts = (basic: string, bearer: string): string => `${basic}, ${bearer}`
