import { propertyNames } from '#dav/propfind.ts'
import { childOf, type ReadElement } from '#dav/read-xml.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d } from '#dav/xml.ts'
import type { Answer } from '#line/call.ts'
import { badRequest, DavError } from '#line/dav-exit.ts'
import { type Changes, synced } from './answers.ts'
import { SYNC } from './names.ts'

/** A `sync-collection` as it was asked for. */
export interface SyncRequest {
  /** Without its beginning; empty: everything is wanted. */
  readonly token: string
  readonly limit: number | null
}

const notSupported = (message: string): DavError =>
  new DavError(415, 'Sabre\\DAV\\Exception\\ReportNotSupported', message, { details: ['<d:supported-report/>'] })

export const reportNotSupported = notSupported

/**
 * `sync-collection`, where a collection says what changed since a token.
 * @throws DavError
 */
export function reportSync(
  dav: DavContext,
  collection: Resource,
  root: ReadElement,
  changes: ((request: SyncRequest) => Changes) | undefined,
): Answer | undefined {
  if (root.name !== d('sync-collection')) return undefined
  if (!changes) throw notSupported('The {DAV:}sync-collection REPORT is not supported on this url.')
  const token = childOf(root, d('sync-token'))
  const prop = childOf(root, d('prop'))
  const missing = (name: string) =>
    badRequest(`The {DAV:}${name} element in the {DAV:}sync-collection report is required`)
  if (!token) throw missing('sync-token')
  if (!prop) throw missing('prop')
  const limit = childOf(childOf(root, d('limit')) ?? root, d('nresults'))?.text
  return synced(
    dav,
    collection,
    propertyNames(prop) ?? [],
    changes({ token: readToken(token.text), limit: limit === undefined ? null : Number.parseInt(limit, 10) || 0 }),
  )
}

function readToken(text: string): string {
  if (text === '') return ''
  if (text.startsWith(SYNC)) return text.slice(SYNC.length)
  throw new DavError(403, 'Sabre\\DAV\\Exception\\InvalidSyncToken', 'Invalid or unknown sync token', {
    details: ['<d:valid-sync-token/>'],
  })
}
