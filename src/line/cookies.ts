import { rawurldecode } from '#lib/php.ts'
import type { Session } from '#world/accounts/sessions.ts'
import { getSystem } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

/** What gives a browser its session. */
export function sessionCookies(world: World, { id, passphrase }: Session, origin: string): string[] {
  const rest = `path=/; ${origin.startsWith('https:') ? 'secure; ' : ''}HttpOnly; SameSite=Lax`
  return [
    `${PASSPHRASE_COOKIE}=${encodeURIComponent(passphrase)}; ${rest}`,
    `${sessionCookieName(world)}=${encodeURIComponent(id)}; ${rest}`,
  ]
}

/** PHP names its session cookie after the instance. */
export function sessionCookieName(world: World): string {
  return getSystem(world, 'instanceid', 'ocsmock')
}

/** The second cookie that a session needs. */
export const PASSPHRASE_COOKIE = 'oc_sessionPassphrase'

export function readCookie(cookies: string, name: string): string | null {
  for (const pair of cookies.split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return rawurldecode(pair.slice(at + 1).trim())
  }
  return null
}
