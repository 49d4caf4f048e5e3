import * as remembered from '#world/accounts/remembered-logins.ts'
import type { Session } from '#world/accounts/sessions.ts'
import type { World } from '#world/world.ts'

const NAMES = ['nc_username', 'nc_token', 'nc_session_id'] as const

/** What a browser keeps to be remembered by, as headers. */
export function rememberingCookies(
  world: World,
  session: Pick<Session, 'id'>,
  userId: string,
  secret: string,
  origin: string,
): [string, string][] {
  const secure = origin.startsWith('https:') ? ' Secure;' : ''
  const rest = `Path=/; Max-Age=${remembered.rememberedFor(world)};${secure} HttpOnly; SameSite=Lax`
  return [userId, secret, session.id].map((value, i) => [
    'Set-Cookie',
    `${NAMES[i]}=${encodeURIComponent(value)}; ${rest}`,
  ])
}

/** Takes these cookies away again, with both paths that they may have been set with. */
export const forgettingCookies = (): [string, string][] =>
  ['', ' path=/;'].flatMap((path) =>
    NAMES.map((name): [string, string] => [
      'Set-Cookie',
      `${name}=deleted; expires=Thu, 01 Jan 1970 00:00:01 GMT; Max-Age=0;${path} HttpOnly`,
    ]),
  )

/** What a browser brings that is remembered, by a reader of its cookies. */
export function rememberedBrowser(read: (name: string) => string | null): remembered.RememberedBrowser | null {
  const [userId, secret, sessionId] = NAMES.map(read)
  return userId && secret && sessionId ? { userId, secret, sessionId } : null
}
