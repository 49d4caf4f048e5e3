import * as attempts from '#world/accounts/brute-force.ts'
import * as groups from '#world/accounts/groups.ts'
import { revive } from '#world/accounts/remembered-logins.ts'
import * as sessions from '#world/accounts/sessions.ts'
import * as tokens from '#world/accounts/tokens.ts'
import * as twoFactor from '#world/accounts/two-factor.ts'
import * as users from '#world/accounts/users.ts'
import * as exApps from '#world/exapps/exapps.ts'
import * as homes from '#world/files/homes.ts'
import type { World } from '#world/world.ts'
import { authenticateExApp } from './app-api-credentials.ts'
import type { Call } from './call.ts'
import { PASSPHRASE_COOKIE, readCookie, sessionCookieName, sessionCookies } from './cookies.ts'
import type { CallerTraits } from './operation.ts'
import { rememberedBrowser, rememberingCookies } from './remembered-browser.ts'

/** Who calls, and how that is known. */
export interface Actor {
  /** `null`: anonymous, or an ExApp that speaks for nobody. */
  readonly userId: string | null
  readonly via: 'anonymous' | 'password' | 'app-password' | 'one-time' | 'session' | 'bearer' | 'app-api'
  readonly token?: tokens.Token
  /** The ExApp that authenticated with AppAPI headers. */
  readonly exApp?: string
  /** Nobody ever came in as this account before: its home was made for this very request. */
  readonly isFirstLogin?: true
  /** Wrong credentials came, and the route decides what that means. */
  readonly loginFailed?: boolean
  /** The id of the session whose cookies came, whether it belongs to someone or not. */
  readonly session?: string
  /** Cookies that a remembered browser gets, whose session was made for this very request. */
  readonly setCookies?: readonly (readonly [string, string])[]
}

/** Wrong credentials: unlike none at all, they leave by the legacy exit, before any route is looked for. */
export interface WrongCredentials {
  /** What is wrong with them, in words. */
  readonly wrong: string
}

export type Identity = Actor | WrongCredentials

export const isWrong = (identity: Identity): identity is WrongCredentials => 'wrong' in identity

const wrong = (what: string): WrongCredentials => ({ wrong: what })
const disabled = (userId: string) => wrong(`account ${userId} is disabled`)

export const ANONYMOUS: Actor = { userId: null, via: 'anonymous' }

export const isAdmin = (world: World, actor: Actor): boolean =>
  actor.userId !== null && groups.isAdmin(world, actor.userId)

/** What the operations at the address of a call say of who may come with what. */
type TraitsOfAddress = () => readonly CallerTraits[]

/** The ways in the order in which the real server tries them. */
export function identify(call: Call, world: World, traits: TraitsOfAddress): Identity {
  const session = useSession(call, world)
  const identity =
    byAppApi(call, world, traits) ??
    (session && bySession(session, world)) ??
    byBearer(call, world, traits) ??
    byRemembered(call, world) ??
    byBasic(call, world, traits) ??
    ANONYMOUS
  if (isWrong(identity)) {
    attempts.note(world, call.remoteAddress, 'login')
    return identity
  }
  if (identity.userId !== null) homes.open(world, identity.userId)
  return session === undefined || identity.setCookies ? identity : { ...identity, session: session.id }
}

/** The session whose cookies came, whether it belongs to someone or not. */
export function sessionOf(call: Call, world: World): sessions.Session | undefined {
  const cookies = call.header('cookie')
  if (cookies === '') return undefined
  const id = readCookie(cookies, sessionCookieName(world))
  const passphrase = readCookie(cookies, PASSPHRASE_COOKIE)
  return id === null || passphrase === null ? undefined : sessions.find(world, id, passphrase)
}

/** Whose session the cookies belong to, whether they may still come in or not. */
export function sessionOwner(call: Call, world: World): string | null {
  const token = sessionOf(call, world)?.token
  return (token && tokens.find(world, token)?.userId) || null
}

/** The session whose cookies came; that they did keeps it alive. */
export function useSession(call: Call, world: World): sessions.Session | undefined {
  const session = sessionOf(call, world)
  if (session) sessions.touch(world, session)
  return session
}

/** An ExApp, for an account or for nobody. Wrong AppAPI headers say nothing: the other ways are tried. */
function byAppApi(call: Call, world: World, traits: TraitsOfAddress): Actor | null {
  const caller = authenticateExApp(call, world, traits)
  if (!caller) return null
  const { id } = caller.exApp
  exApps.learnVersion(world, id, caller.version)
  if (caller.userId === '') return { exApp: id, userId: null, via: 'app-api' }
  const user = users.find(world, caller.userId)
  return user ? { exApp: id, userId: user.id, via: 'app-api' } : null
}

/** One that belongs to somebody wins over credentials in headers, even over wrong ones (Nextcloud 34.0.1, asked). */
function bySession(session: sessions.Session, world: World): Identity | null {
  const token = session.token === null ? undefined : tokens.find(world, session.token)
  const user = token && users.find(world, token.userId)
  if (!user) return null
  // Whoever was disabled is not told apart from somebody with a wrong password.
  if (!user.enabled) return disabled(user.id)
  tokens.touch(world, token!)
  return { userId: user.id, via: token!.type === 'session' ? 'session' : 'app-password', token: token! }
}

/** A browser that was remembered when somebody logged in comes back with a new session (Nextcloud 34.0.1, asked). */
function byRemembered(call: Call, world: World): Actor | null {
  const cookies = call.header('cookie')
  const browser = cookies.includes('nc_token') ? rememberedBrowser((name) => readCookie(cookies, name)) : null
  const back = browser && revive(world, browser)
  if (!back) return null
  const { session, secret } = back
  const token = tokens.find(world, session.id)!
  const own = sessionCookies(world, session, call.origin).map((cookie) => ['Set-Cookie', cookie] as const)
  const setCookies = [...own, ...rememberingCookies(world, session, token.userId, secret, call.origin)]
  return { userId: token.userId, via: 'session', token, session: session.id, setCookies }
}

/** An unknown bearer token, or one of a session, is nobody, not a wrong password (Nextcloud 34.0.1, corpus). */
function byBearer(call: Call, world: World, traits: TraitsOfAddress): Identity | null {
  const header = call.header('authorization')
  if (!/^Bearer /i.test(header)) return null
  const token = tokens.find(world, header.slice(7).trim())
  const user = token && token.type !== 'session' && !token.wipe ? users.find(world, token.userId) : undefined
  if (!user) return null
  if (!user.enabled) return disabled(user.id)
  if (token!.type !== 'one-time') return actorOf(world, user, token!, 'bearer')
  const spent = spend(world, user, token!, traits)
  return isWrong(spent) ? null : spent
}

function byBasic(call: Call, world: World, traits: TraitsOfAddress): Identity | null {
  const credentials = basicCredentials(call)
  if (!credentials) return null
  const { login, password } = credentials
  const token = tokens.find(world, password)
  if (token) return byToken(world, login, token, traits)
  const user = users.findByLogin(world, login)
  // A password that would need a second factor counts as none, right or wrong (Nextcloud 34.0.1, asked).
  if (user && twoFactor.isRequired(world, user)) {
    twoFactor.keepStates(world, user)
    return null
  }
  if (!user) return wrong(`no such account: ${login}`)
  if (!user.enabled) return disabled(user.id)
  if (!users.checkPassword(user, password)) return wrong(`wrong password for ${user.id}`)
  return { userId: user.id, via: 'password', ...logIn(world, user) }
}

/** Remember that somebody came in, and find out whether anybody ever did before. */
function logIn(world: World, user: users.User): Pick<Actor, 'isFirstLogin'> {
  const isFirst = homes.home(world, user.id) === undefined
  users.recordLogin(world, user)
  return isFirst ? { isFirstLogin: true } : {}
}

/** Whether the credentials would be right if their account had not been disabled. */
export function isOfDisabled(call: Call, world: World): boolean {
  const { login = '', password = '' } = basicCredentials(call) ?? {}
  const user = users.findByLogin(world, login)
  return user !== undefined && !user.enabled && users.checkPassword(user, password)
}

/** A token goes with the login name that it was made with, in any case. */
function byToken(world: World, login: string, token: tokens.Token, traits: TraitsOfAddress): Identity {
  const user = users.find(world, token.userId)
  // A device that is to wipe what it holds finds out by not being let in any more.
  if (!user) return wrong('the account of the app password is gone')
  if (!user.enabled) return disabled(user.id)
  if (token.type === 'session') return wrong('the password is the token of a session')
  if (token.wipe) return wrong(`the app password of ${user.id} is to be wiped`)
  if (token.loginName.toLowerCase() !== login.toLowerCase())
    return wrong(`the app password belongs to the login name ${token.loginName}, not to ${login}`)
  return token.type === 'one-time' ? spend(world, user, token, traits) : actorOf(world, user, token, 'app-password')
}

function actorOf(world: World, user: users.User, token: tokens.Token, via: 'bearer' | 'app-password'): Actor {
  tokens.touch(world, token)
  return { userId: user.id, via, token, ...logIn(world, user) }
}

/** A one-time token is gone after its first use, and good for a single operation. */
function spend(world: World, user: users.User, token: tokens.Token, traits: TraitsOfAddress): Identity {
  tokens.revoke(world, token.token)
  const isGood = traits().some(({ oneTimeToken }) => oneTimeToken)
  return isGood ? { userId: user.id, via: 'one-time', token } : wrong('a one-time token is good for other operations')
}

/** User and password of a Basic header; `null` where it is missing or broken, or one of them is empty. */
export function basicCredentials(call: Call): { login: string; password: string } | null {
  return readBasic(call.header('authorization'))
}

/** The login name of a Basic header. */
export const basicLogin = (authorization: string): string | null => readBasic(authorization)?.login ?? null

function readBasic(authorization: string): { login: string; password: string } | null {
  const read = readBasicHeader(authorization)
  return !read || isEmpty(read.login) || isEmpty(read.password) ? null : read
}

/** User and password of a Basic header as they came, empty or not; `null` where it is missing or broken. */
export function readBasicHeader(authorization: string): { login: string; password: string } | null {
  const match = /^Basic\s+(.*)$/i.exec(authorization)
  if (!match) return null
  let text: string
  try {
    text = decodeUtf8(atob(match[1]!))
  } catch {
    return null
  }
  const colon = text.indexOf(':')
  return colon < 0 ? null : { login: text.slice(0, colon), password: text.slice(colon + 1) }
}

/** The text whose UTF-8 bytes are these characters. */
function decodeUtf8(bytes: string): string {
  if (/^[\0-\x7f]*$/.test(bytes)) return bytes
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)))
}

/** As PHP's `empty()` sees a text. */
const isEmpty = (text: string) => text === '' || text === '0'
