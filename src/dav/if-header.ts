import { preconditionFailed, unexpected } from '#line/dav-exit.ts'
import { pathOfAddress, TYPE_ERROR } from './address.ts'
import type { DavContext } from './resource.ts'

/** One list of an `If` header: what has to hold of a resource, or not to hold. */
interface Condition {
  readonly not: boolean
  readonly token: string | undefined
  readonly etag: string | undefined
}

/** A list holds one token and one etag at most; others are not seen (Nextcloud 34.0.1, asked). */
const LIST = /(?:<([^>]*)>\s)?\((Not\s)?(?:<([^>]*)>)?\s?(?:\[([^\]]*)\])?\)/gi

/** Lists by the path that they are about. */
export type Conditions = ReadonlyMap<string, readonly Condition[]>

/**
 * The `If` header: lists of etags and lock tokens. One without an address belongs to the one before it, or to the
 * request's own path.
 * @throws DavError 403 for an address that is not the server's
 */
export function readConditions(dav: DavContext, path: string): Conditions {
  const conditions = new Map<string, Condition[]>()
  let at = path
  for (const [, address, not, token, etag] of dav.call.header('if').matchAll(LIST)) {
    if (address !== undefined) at = pathOfAddress(dav, address)
    conditions.set(at, [...(conditions.get(at) ?? []), { not: not !== undefined, token, etag }])
  }
  return conditions
}

/**
 * Of each path one list has to hold; `Not` turns a whole list round.
 * @throws DavError 412; 404 for an etag of what is not there
 */
export function checkConditions(dav: DavContext, conditions: Conditions): void {
  for (const [path, lists] of conditions)
    if (!lists.some((condition) => holds(dav, path, condition)))
      throw preconditionFailed(`Failed to find a valid token/etag combination for ${path}`, 'If')
}

function holds(dav: DavContext, path: string, { not, token, etag }: Condition): boolean {
  if (token === undefined && etag === undefined) throw unexpected('TypeError', TYPE_ERROR)
  const hasEtag = etag === undefined || dav.server.find(dav, path).etag === etag
  const hasToken = token === undefined || isLockedBy(dav, path, token)
  return (hasEtag && hasToken) !== not
}

/**
 * Where nothing keeps locks, any token is one, unless it says that there is none. To whoever asks for a lock all are
 * (Nextcloud 34.0.1, asked).
 */
const isLockedBy = (dav: DavContext, path: string, token: string): boolean =>
  (dav.call.method === 'LOCK' || dav.server.lockTokens?.(dav, path).includes(token)) ?? token !== 'DAV:no-lock'
