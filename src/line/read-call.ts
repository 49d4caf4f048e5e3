import type { JsonObject } from '#lib/json.ts'
import { parseStr } from '#lib/php-form.ts'
import type { Call } from './call.ts'

/** How an OCS request was asked: `format` is as it was given, `null` when neither query nor Accept say. */
export interface OcsCall {
  readonly version: 1 | 2
  /** Below `ocs/v1.php`, still percent-encoded. */
  readonly path: string
  readonly query: JsonObject
  /** The path is the whole one of a controller below `index.php`, and the version says nothing. */
  readonly isPage?: true
}

const OCS_SCRIPT = /^\/ocs\/v([12])\.php(?=\/|$)/

/** The OCS part of a call, or `null` where the path is not below `/ocs/v1.php` or `/ocs/v2.php`. */
export function readOcsCall(call: Call): OcsCall | null {
  const match = OCS_SCRIPT.exec(call.path)
  if (!match) return null
  const path = call.path.slice(match[0].length)
  return { version: match[1] === '2' ? 2 : 1, path, query: call.query === '' ? NO_QUERY : parseStr(call.query) }
}

const NO_QUERY = Object.freeze({})

/** What `Accept` asks for: the subtype of its first `application/…`, as the real server reads it, or `null`. */
export function formatFromAccept(accept: string): string | null {
  for (const part of accept.split(',')) {
    const type = part.trim().toLowerCase()
    if (type.startsWith('application/')) return type.slice('application/'.length)
  }
  return null
}
