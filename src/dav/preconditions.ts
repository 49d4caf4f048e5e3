import { httpDate } from '#lib/http-date.ts'
import { preconditionFailed } from '#line/dav-exit.ts'
import { type DavContext, findOrNone, type Resource } from './resource.ts'

/** A request that needs no work: the caller has the newest version. */
export interface NotModified {
  readonly status: 304
  readonly headers: readonly (readonly [string, string])[]
  readonly body: ''
}

/**
 * What `If-Match`, `If-None-Match`, `If-Modified-Since` and `If-Unmodified-Since` ask for.
 * @throws DavError 412
 */
export function checkPreconditions(dav: DavContext, path: string): NotModified | null {
  const { call } = dav
  let looked: { found: Resource | undefined } | null = null
  const resource = () => {
    looked ??= { found: findOrNone(dav, path) }
    return looked.found
  }
  const ifMatch = call.header('if-match')
  if (ifMatch !== '') checkIfMatch(ifMatch, resource())
  const ifNoneMatch = call.header('if-none-match')
  const unchanged = ifNoneMatch === '' ? null : checkIfNoneMatch(ifNoneMatch, resource(), call.method)
  if (unchanged) return unchanged
  return checkDates(dav, ifNoneMatch, resource)
}

function checkIfMatch(header: string, resource: Resource | undefined): void {
  if (!resource) throw preconditionFailed('An If-Match header was specified and the resource did not exist', 'If-Match')
  if (header === '*') return
  const etags = header.split(',').map((etag) => etag.trim().replaceAll('\\"', '"'))
  if (resource.etag !== undefined && etags.includes(resource.etag)) return
  const headers = resource.etag === undefined ? [] : [['ETag', resource.etag] as const]
  throw preconditionFailed(
    'An If-Match header was specified, but none of the specified ETags matched.',
    'If-Match',
    headers,
  )
}

function checkIfNoneMatch(header: string, resource: Resource | undefined, method: string): NotModified | null {
  if (!resource) return null
  const etag = resource.etag ?? ''
  const matches = header === '*' || (etag !== '' && header.split(',').some((one) => one.trim() === etag))
  if (!matches) return null
  const headers = header === '*' || etag === '' ? [] : [['ETag', etag] as const]
  if (method === 'GET') return { status: 304, headers, body: '' }
  throw preconditionFailed(
    'An If-None-Match header was specified, but the ETag matched (or * was specified).',
    'If-None-Match',
    headers,
  )
}

function checkDates(dav: DavContext, ifNoneMatch: string, resource: () => Resource | undefined): NotModified | null {
  const since = ifNoneMatch === '' ? Date.parse(dav.call.header('if-modified-since')) : Number.NaN
  const modified = Number.isNaN(since) ? undefined : resource()?.lastModified
  if (modified !== undefined && modified * 1000 <= since) {
    return { status: 304, headers: [['Last-Modified', httpDate(modified)]], body: '' }
  }
  const until = Date.parse(dav.call.header('if-unmodified-since'))
  const changed = Number.isNaN(until) ? undefined : resource()?.lastModified
  if (changed !== undefined && changed * 1000 > until) {
    throw preconditionFailed(
      'An If-Unmodified-Since header was specified, but the entity has been changed since the specified date.',
      'If-Unmodified-Since',
    )
  }
  return null
}
