import type { Session } from '#world/accounts/sessions.ts'
import type { World } from '#world/world.ts'
import { PASSPHRASE_COOKIE, sessionCookieName } from './identify.ts'

/** What gives a browser its session. */
export function sessionCookies(world: World, { id, passphrase }: Session, origin: string): string[] {
  const rest = `path=/; ${origin.startsWith('https:') ? 'secure; ' : ''}HttpOnly; SameSite=Lax`
  return [
    `${PASSPHRASE_COOKIE}=${encodeURIComponent(passphrase)}; ${rest}`,
    `${sessionCookieName(world)}=${encodeURIComponent(id)}; ${rest}`,
  ]
}
