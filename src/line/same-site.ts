import type { World } from '#world/world.ts'
import { type Answer, type Call, jsonAnswer } from './call.ts'
import { readCookie, sessionCookieName } from './cookies.ts'
import { scriptOf } from './scripts.ts'
import { because } from './why.ts'

/** Clients of operating systems that do not keep cookies as they should. */
const INCOMPATIBLE = /^(?:WebDAVFS|Microsoft-WebDAV-MiniRedir)/

/**
 * A browser that sends a session's cookie must also send those that it sends only to pages of the same site,
 * before anything else is looked at. Clients that say OCS-APIRequest are no browsers.
 * Source: Nextcloud 34.0.1, asked.
 */
export function checkSameSite(call: Call, world: World): Answer | null {
  const cookies = call.header('cookie')
  if (cookies === '' || !scriptOf(call.path).needsSameSite || INCOMPATIBLE.test(call.header('user-agent'))) return null
  if (passesStrictCheck(call, world)) return null
  const setCookies = sameSiteCookies(call.origin).map((cookie): [string, string] => ['Set-Cookie', cookie])
  const answer = jsonAnswer(412, { error: 'Strict Cookie has not been found in request' })
  const hint = ['X-OCS-Mock', 'no-strict-cookie; send the cookies of this answer, or OCS-APIRequest: true'] as const
  const refused: Answer = { ...answer, headers: [['Content-Type', 'application/json'], hint, ...setCookies] }
  return because(refused, 'same-site', 'a session’s cookie without those that a browser sends to the same site alone')
}

/** Both cookies came, or none is needed. */
export function passesStrictCheck(call: Call, world: World): boolean {
  return passesCheck(call, world, ['nc_sameSiteCookielax', 'nc_sameSiteCookiestrict'])
}

/** The cookie came that browsers also send when a link leads here from elsewhere, or none is needed. */
export function passesLaxCheck(call: Call, world: World): boolean {
  return passesCheck(call, world, ['nc_sameSiteCookielax'])
}

function passesCheck(call: Call, world: World, wanted: readonly string[]): boolean {
  const header = call.header('ocs-apirequest')
  if (header !== '' && header !== '0') return true
  const cookies = call.header('cookie')
  if (readCookie(cookies, sessionCookieName(world)) === null && readCookie(cookies, 'nc_token') === null) return true
  return wanted.every((name) => readCookie(cookies, prefix(call.origin) + name) === 'true')
}

/** Over HTTPS their names say that they belong to one host. */
const prefix = (origin: string) => (origin.startsWith('https:') ? '__Host-' : '')

/** What sets both cookies in a browser. */
export function sameSiteCookies(origin: string): string[] {
  const secure = origin.startsWith('https:') ? 'secure; ' : ''
  return ['lax', 'strict'].map(
    (kind) =>
      `${prefix(origin)}nc_sameSiteCookie${kind}=true; path=/; httponly;${secure}expires=Fri, 31-Dec-2100 23:59:59 GMT; SameSite=${kind}`,
  )
}
