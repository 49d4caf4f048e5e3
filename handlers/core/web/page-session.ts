import type { JsonObject } from '#lib/json.ts'
import { queryOf } from '#lib/query.ts'
import { checkPasswordAgain } from '#line/authorize.ts'
import { type Answer, bare, jsonAnswer, webRootOf } from '#line/call.ts'
import { sessionCookies } from '#line/cookies.ts'
import type { RouteArguments } from '#line/endpoint.ts'
import { Exit } from '#line/failures.ts'
import { sessionOf } from '#line/identify.ts'
import { passesLaxCheck, passesStrictCheck, sameSiteCookies } from '#line/same-site.ts'
import * as groups from '#world/accounts/groups.ts'
import * as sessions from '#world/accounts/sessions.ts'
import { page } from './html-page.ts'

type Headers = Answer['headers']

/** What a page requires of those who open it. */
export interface PageRequirements {
  readonly login?: true
  /** Only administrators may; those to whom a page of settings can be handed on are told so. */
  readonly admin?: true | 'or-delegated'
  /** A request token, as forms of the server's own pages have it. */
  readonly requestToken?: true
  /** A password that was given within the last half hour. */
  readonly recentPassword?: true
  /** The password itself, with the very request. */
  readonly repeatedPassword?: true
  /** Browsers that come from another site are not sent back for their cookies. */
  readonly anySite?: true
}

/** Somebody at a page: their session, and the cookies that they do not have yet. */
export interface PageSession {
  readonly session: sessions.Session
  readonly setCookies: Headers
  readonly parameters: JsonObject
}

const NOT_ADMIN = {
  true: 'Logged in account must be an admin',
  'or-delegated': 'Logged in account must be an admin, a sub admin or gotten special right to access this setting',
}

/** Check what every page checks before its controller is called, in the real server's order, and open a session. */
export async function openPageSession(args: RouteArguments, requires: PageRequirements = {}): Promise<PageSession> {
  const { call, world, actor } = args
  if (!requires.anySite && !passesLaxCheck(call, world)) throw new Exit(sendBackForCookies(args))
  if (requires.login && actor.userId === null) throw new Exit(notLoggedIn(args))
  if (requires.admin && !groups.isAdmin(world, actor.userId ?? ''))
    throw new Exit(refuse(args, 403, NOT_ADMIN[`${requires.admin}`]))
  const parameters = await args.parameters()
  if (requires.requestToken && !passesStrictCheck(call, world)) throw new Exit(redirect('/'))
  if (requires.requestToken && !hasRequestToken(args, parameters))
    throw new Exit(refuse(args, 412, 'CSRF check failed'))
  if (requires.recentPassword && actor.via !== 'password' && !sessions.hasConfirmedPassword(world, actor.session))
    throw notConfirmed(args, 'Password confirmation is required')
  // An app password is not the password (Nextcloud 34.0.1, asked).
  if (requires.repeatedPassword && actor.via !== 'password') {
    const denial = checkPasswordAgain(call, actor.userId ?? '', world)
    if (denial) throw notConfirmed(args, denial.message)
  }
  const known = (actor.setCookies && sessions.withId(world, actor.session ?? '')) ?? sessionOf(call, world)
  const session = known ?? openFor(args)
  return { session, setCookies: known ? [] : newCookies(args, session), parameters }
}

/** A new session; it belongs to whoever came with an app password, and lasts as long as that (Nextcloud 34.0.1, asked). */
function openFor({ world, actor }: RouteArguments): sessions.Session {
  const session = sessions.open(world)
  if (actor.via !== 'app-password' || !actor.token) return session
  sessions.change(world, session.id, { token: actor.token.token })
  return { ...session, token: actor.token.token }
}

function notConfirmed(args: RouteArguments, message: string): Exit {
  const refused = refuse(args, 403, message)
  return new Exit({ ...refused, headers: [...refused.headers, ['X-NC-Auth-NotConfirmed', 'true']] })
}

/** Everything that a browser gets with its first page. */
function newCookies({ call, world, request }: RouteArguments, session: sessions.Session): Headers {
  const origin = request.baseUrl
  const sameSite = passesStrictCheck(call, world) && call.header('cookie').includes('nc_sameSiteCookie')
  const all = [...sessionCookies(world, session, origin), ...(sameSite ? [] : sameSiteCookies(origin))]
  return all.map((cookie): [string, string] => ['Set-Cookie', cookie])
}

function sendBackForCookies({ call, request }: RouteArguments): Answer {
  const cookies = sameSiteCookies(request.baseUrl).map((cookie): [string, string] => ['Set-Cookie', cookie])
  return bare(302, [...cookies, ['Location', call.path + (call.query ? `?${call.query}` : '')]])
}

/** Whether a request has the session's token, in the query, a form or a header, or says OCS-APIRequest. */
export function hasRequestToken(args: RouteArguments, parameters: JsonObject): boolean {
  const { call, world } = args
  if (!passesStrictCheck(call, world)) return false
  if (call.header('ocs-apirequest') !== '') return true
  const value = parameters.requesttoken ?? call.header('requesttoken')
  return typeof value === 'string' && sessions.isValidRequestToken(world, sessionOf(call, world)?.id, value)
}

const wantsHtml = ({ call }: RouteArguments) => /html/i.test(call.header('accept'))

function notLoggedIn(args: RouteArguments): Answer {
  const { path, query } = args.call
  if (!wantsHtml(args)) return refuse(args, 401, 'Current user is not logged in')
  const root = webRootOf(args.call)
  const target = queryOf({ redirect_url: root + path + (query ? `?${query}` : '') })
  return redirect(`${root}/index.php/login?${target}`)
}

/** A refusal: a page for browsers, JSON for everyone else. */
export function refuse(args: RouteArguments, status: number, message: string): Answer {
  return wantsHtml(args) ? page(status, message, `<p>${message}</p>`) : jsonAnswer(status, { message })
}

/** Nextcloud's RedirectResponse. */
export const redirect = (location: string, headers: Headers = []): Answer =>
  bare(303, [['Location', location], ...headers])

/** Nextcloud's JSONResponse of a page, with the cookies of its session. */
export const json = (status: number, value: unknown, { setCookies }: PageSession): Answer =>
  jsonAnswer(status, value, setCookies)
