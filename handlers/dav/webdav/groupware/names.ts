import type { Privilege } from '#dav/access-control.ts'
import { d, oc } from '#dav/xml.ts'

export const cal = (name: string): string => `{urn:ietf:params:xml:ns:caldav}${name}`
export const card = (name: string): string => `{urn:ietf:params:xml:ns:carddav}${name}`
export const cs = (name: string): string => `{http://calendarserver.org/ns/}${name}`
export const apple = (name: string): string => `{http://apple.com/ns/ical/}${name}`
/** Not the namespace of files: the product has two. */
export const ncCom = (name: string): string => `{http://nextcloud.com/ns}${name}`
export const sabre = (name: string): string => `{http://sabredav.org/ns}${name}`

/** Privileges of CalDAV. */
export const partsOf = (...names: readonly string[]): Privilege[] => names.map((name) => ({ name: cal(name) }))

/** Tokens of collections look like this. */
export const SYNC = 'http://sabre.io/ns/sync/'

const PRINCIPAL_REPORTS = [
  'expand-property',
  'principal-match',
  'principal-property-search',
  'principal-search-property-set',
].map(d)

/** Reports of a resource, its own in their places among those that any has. */
export const reportsOf = (own: {
  readonly sync?: boolean
  readonly middle?: readonly string[]
  readonly late?: readonly string[]
}): string[] => [
  ...(own.sync ? [d('sync-collection')] : []),
  ...PRINCIPAL_REPORTS,
  ...(own.middle ?? []),
  oc('filter-comments'),
  ...(own.late ?? []),
  oc('filter-files'),
]

/** Collations that filters know. */
export const COLLATIONS = ['i;ascii-casemap', 'i;octet', 'i;unicode-casemap']

/** Bytes of the largest thing that a client should send. */
export const MAX_RESOURCE_SIZE = 10_000_000
