import type { Call } from '../call.ts'
import { getSystem } from '../world/config.ts'
import * as groups from '../world/groups.ts'
import * as tokens from '../world/tokens.ts'
import * as users from '../world/users.ts'
import type { World } from '../world/world.ts'

/** Who calls, and how that is known. */
export interface Actor {
  /** `null`: anonymous, or an ExApp that speaks for nobody. */
  readonly userId: string | null
  readonly via: 'anonymous' | 'password' | 'app-password' | 'session' | 'bearer' | 'app-api'
  readonly token?: tokens.Token
  /** The ExApp that authenticated with AppAPI headers. */
  readonly exApp?: string
  /** Wrong credentials came, and the route decides what that means. */
  readonly loginFailed?: boolean
  /** The value of the session cookie, whether it belongs to someone or not. */
  readonly session?: string
}

/** Wrong credentials: unlike none at all, they leave by the legacy exit, before any route is looked for. */
export type Identity = Actor | 'wrong-credentials'

/** One way to find out who calls. `null`: this way says nothing. */
type Identifier = (call: Call, world: World) => Identity | null

export const ANONYMOUS: Actor = { userId: null, via: 'anonymous' }

export const isAdmin = (world: World, actor: Actor): boolean =>
  actor.userId !== null && groups.isAdmin(world, actor.userId)

/** The ways in the order in which the real server tries them. */
export function identify(call: Call, world: World): Identity {
  for (const way of WAYS) {
    const identity = way(call, world)
    if (identity) return identity
  }
  return ANONYMOUS
}

const WAYS: readonly Identifier[] = [bySession, byBearer, byBasic]

function bySession(call: Call, world: World): Identity | null {
  const cookies = call.header('cookie')
  if (cookies === '') return null
  const session = readCookie(cookies, sessionCookieName(world))
  if (session === null) return null
  const token = tokens.find(world, session)
  const user = token && users.find(world, token.userId)
  if (!user?.enabled || token!.type !== 'session') return null
  return { userId: user.id, via: 'session', token: token!, session }
}

/** An unknown bearer token is nobody, not a wrong password (Nextcloud 34.0.1, corpus). */
function byBearer(call: Call, world: World): Identity | null {
  const header = call.header('authorization')
  if (!/^Bearer /i.test(header)) return null
  const token = tokens.find(world, header.slice(7).trim())
  const user = token && users.find(world, token.userId)
  if (!user) return null
  return user.enabled ? { userId: user.id, via: 'bearer', token: token! } : 'wrong-credentials'
}

function byBasic(call: Call, world: World): Identity | null {
  const credentials = basicCredentials(call)
  if (!credentials) return null
  const { login, password } = credentials
  const user = users.findByLogin(world, login)
  if (user && users.checkPassword(user, password)) {
    if (!user.enabled) return 'wrong-credentials'
    users.recordLogin(world, user)
    return { userId: user.id, via: 'password' }
  }
  const token = tokens.find(world, password)
  const owner = token && users.find(world, token.userId)
  if (owner?.enabled && (token!.loginName === login || owner.id.toLowerCase() === login.toLowerCase())) {
    return { userId: owner.id, via: 'app-password', token: token! }
  }
  return 'wrong-credentials'
}

/** User and password of a Basic header; `null` where it is missing, broken, or names nobody. */
export function basicCredentials(call: Call): { login: string; password: string } | null {
  const match = /^Basic\s+(.*)$/i.exec(call.header('authorization'))
  if (!match) return null
  let text: string
  try {
    text = new TextDecoder().decode(Uint8Array.from(atob(match[1]!), (c) => c.charCodeAt(0)))
  } catch {
    return null
  }
  const colon = text.indexOf(':')
  return colon < 1 ? null : { login: text.slice(0, colon), password: text.slice(colon + 1) }
}

/** PHP names its session cookie after the instance. */
export function sessionCookieName(world: World): string {
  return getSystem(world, 'instanceid', 'ocsmock')
}

export function readCookie(cookies: string, name: string): string | null {
  for (const pair of cookies.split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return decodeURIComponent(pair.slice(at + 1).trim())
  }
  return null
}
