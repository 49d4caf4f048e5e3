import type { Call } from './call.ts'

/** The scripts of a Nextcloud that answer something, at any place of an address. */
export const ENTRY = /\/+(?:ocs\/+v[12]\.php|status\.php|index\.php|remote\.php|public\.php)(?:\/|$)/

/** Whether a path leads to a script of a Nextcloud. */
export const isEntryPoint = (path: string): boolean => ENTRY.test(path)

/** Repeated slashes are one, as web servers have it: clients join an address that ends in one with a path. */
export const foldSlashes = (path: string): string => (path.includes('//') ? path.replace(/\/{2,}/g, '/') : path)

/**
 * The call as an instance at the root of its host would see it. A Nextcloud may live below a folder
 * (`/nextcloud/ocs/v2.php/…`); that folder becomes part of the address that links are built with.
 * `null`: no script of a Nextcloud is asked.
 */
export function atEntryPoint(call: Call): Call | null {
  const match = ENTRY.exec(call.path)
  if (!match) return null
  const folder = foldSlashes(call.path.slice(0, match.index))
  const path = foldSlashes(call.path.slice(match.index))
  return path === call.path ? call : { ...call, path, origin: call.origin + folder }
}

/** As {@link atEntryPoint}; an address of no script stays where it is, for the pages of the installation. */
export function atInstance(call: Call): Call {
  const found = atEntryPoint(call)
  if (found) return found
  const path = foldSlashes(call.path)
  return path === call.path ? call : { ...call, path }
}
