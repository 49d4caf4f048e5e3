import { deleteUser, getSystemBool, getSystemInt, getUserOrNull, setUser } from '../settings/config.ts'
import type { World } from '../world.ts'
import * as sessions from './sessions.ts'
import * as tokens from './tokens.ts'
import * as users from './users.ts'

/** Where an account keeps what its browsers are remembered by, each as a key. */
const APP = 'login_token'
const TOKEN_LENGTH = 32
const FIFTEEN_DAYS = 15 * 24 * 60 * 60

/** Seconds that a browser is remembered; 0: none is. */
export const rememberedFor = (world: World): number =>
  getSystemBool(world, 'auto_logout', false) ? 0 : getSystemInt(world, 'remember_login_cookie_lifetime', FIFTEEN_DAYS)

/** Remember the browser of a session: what it comes back with when the session is over. */
export function remember(world: World, session: sessions.Session, userId: string): string {
  sessions.change(world, session.id, { isRemembered: true })
  const secret = world.random.token(TOKEN_LENGTH)
  setUser(world, userId, APP, secret, String(world.clock.seconds()))
  return secret
}

/** What a remembered browser comes back with. */
export interface RememberedBrowser {
  readonly userId: string
  readonly secret: string
  /** Of the session in which it was remembered. */
  readonly sessionId: string
}

/**
 * A new session in place of the one of a remembered browser, which is over then, and the next secret. The old secret is
 * spent, even where its session is not known any more (Nextcloud 34.0.1, asked).
 */
export function revive(
  world: World,
  { userId, secret, sessionId }: RememberedBrowser,
): { readonly session: sessions.Session; readonly secret: string } | null {
  const user = users.find(world, userId)
  if (!user?.enabled || getUserOrNull(world, user.id, APP, secret) === null) return null
  deleteUser(world, user.id, APP, secret)
  const token = tokens.find(world, sessionId)
  if (token?.type !== 'session' || token.userId !== user.id) {
    setUser(world, user.id, APP, world.random.token(TOKEN_LENGTH), String(world.clock.seconds()))
    return null
  }
  sessions.close(world, sessionId)
  tokens.revoke(world, sessionId)
  const { loginName, name: agent } = token
  const { id } = sessions.signIn(world, sessions.open(world), { userId: user.id, loginName, agent })
  // Nobody gave a password.
  sessions.change(world, id, { confirmedAt: 0 })
  const session = sessions.withId(world, id)!
  users.recordLogin(world, user)
  return { session, secret: remember(world, session, user.id) }
}
