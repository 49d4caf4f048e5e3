import type { Call } from '#line/call.ts'

/** The scripts of a Nextcloud that answer something, at any place of an address. */
export const ENTRY = /\/(?:ocs\/v[12]\.php|status\.php|index\.php|remote\.php|public\.php)(?:\/|$)/

/** Whether a path leads to a script of a Nextcloud. */
export const isEntryPoint = (path: string): boolean => ENTRY.test(path)

/**
 * The call as an instance at the root of its host would see it. A Nextcloud may live below a folder
 * (`/nextcloud/ocs/v2.php/…`); that folder becomes part of the address that links are built with.
 * `null`: no script of a Nextcloud is asked.
 */
export function atEntryPoint(call: Call): Call | null {
  const match = ENTRY.exec(call.path)
  if (!match) return null
  if (match.index === 0) return call
  return { ...call, path: call.path.slice(match.index), origin: call.origin + call.path.slice(0, match.index) }
}
