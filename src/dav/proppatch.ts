import type { Answer } from '#line/call.ts'
import { badRequest, unexpected } from '#line/dav-exit.ts'
import { TYPE_ERROR } from './address.ts'
import { multistatus, type PropertyStatus } from './multistatus.ts'
import { isMinimal } from './propfind.ts'
import { childOf, type ReadElement, readXml } from './read-xml.ts'
import { type DavContext, pathAt, type Resource } from './resource.ts'
import { d, nc, oc } from './xml.ts'

/** Properties that only the server changes. */
const PROTECTED: ReadonlySet<string> = new Set([
  ...[
    'getcontentlength',
    'getlastmodified',
    'lockdiscovery',
    'supportedlock',
    'quota-available-bytes',
    'quota-used-bytes',
    'supported-privilege-set',
    'current-user-privilege-set',
    'acl',
    'acl-restrictions',
    'inherited-acl-set',
    'supported-method-set',
    'supported-report-set',
    'sync-token',
  ].map(d),
  ...[
    'id',
    'fileid',
    'permissions',
    'size',
    'owner-id',
    'owner-display-name',
    'checksums',
    'data-fingerprint',
    'downloadURL',
  ].map(oc),
  ...['share-attributes', 'is-mount-root', 'is-encrypted', 'metadata_etag', 'upload_time', 'note', 'hide-download'].map(
    nc,
  ),
  nc('has-preview'),
  ...[
    'supported-calendar-component-set',
    'supported-calendar-data',
    'max-resource-size',
    'min-date-time',
    'max-date-time',
    'max-instances',
    'max-attendees-per-instance',
    'calendar-home-set',
    'supported-collation-set',
    'calendar-data',
  ].map((name) => `{urn:ietf:params:xml:ns:caldav}${name}`),
  ...['supported-address-data', 'max-resource-size', 'addressbook-home-set', 'supported-collation-set'].map(
    (name) => `{urn:ietf:params:xml:ns:carddav}${name}`,
  ),
  ...['getctag', 'calendar-proxy-read-for', 'calendar-proxy-write-for'].map(
    (name) => `{http://calendarserver.org/ns/}${name}`,
  ),
  '{http://open-collaboration-services.org/ns}share-permissions',
  '{http://open-cloud-mesh.org/ns}share-permissions',
])

interface PropertyChange {
  readonly name: string
  readonly value: ReadElement | null
}

/** PROPPATCH: all changes or none. */
export async function proppatch(dav: DavContext, path: string): Promise<Answer> {
  const root = readXml(new TextDecoder().decode(await dav.call.body()))
  const changes = inOrder(changesIn(root))
  const resource = dav.server.find(dav, path)
  const results = apply(resource, changes)
  const vary = ['Vary', 'Brief,Prefer'] as const
  if (isMinimal(dav) && results.every(({ status }) => status < 400)) {
    return { status: 204, headers: [vary, ['Content-type', 'text/html; charset=UTF-8']], body: '' }
  }
  const body = multistatus([{ href: pathAt(dav, path), properties: results }], dav.server.namespaces)
  return { status: 207, headers: [vary, ['Content-Type', 'application/xml; charset=utf-8']], body }
}

function changesIn(root: ReadElement): PropertyChange[] {
  if (root.name !== d('propertyupdate'))
    throw badRequest(`Expected {DAV:}propertyupdate but received ${root.name} as the root element`)
  const changes = new Map<string, PropertyChange>()
  for (const step of root.children) {
    const removes = step.name === d('remove')
    if (!removes && step.name !== d('set')) continue
    const prop = childOf(step, d('prop'))
    if (!prop) throw unexpected('TypeError', TYPE_ERROR)
    for (const value of prop.children) {
      const { name } = value
      // An element that holds nothing is as good as none (Nextcloud 34.0.1, asked).
      const isEmpty = value.children.length === 0 && value.text === ''
      changes.set(name, { name, value: removes || isEmpty ? null : value })
    }
  }
  return [...changes.values()]
}

/** Properties that have somebody of their own who changes them, in the order in which these are asked; then all others. */
const CHANGED_FIRST = [
  oc('tags'),
  oc('favorite'),
  d('getlastmodified'),
  d('getetag'),
  d('creationdate'),
  nc('creation_time'),
  d('displayname'),
]

/** What is protected comes first, then what is changed first (Nextcloud 34.0.1, asked). */
function inOrder(changes: readonly PropertyChange[]): PropertyChange[] {
  const placeOf = ({ name }: PropertyChange) => {
    if (PROTECTED.has(name)) return -1
    const place = CHANGED_FIRST.indexOf(name)
    return place < 0 ? CHANGED_FIRST.length : place
  }
  return [...changes].sort((a, b) => placeOf(a) - placeOf(b))
}

/** Set properties of something that was just made. */
export const setAll = (resource: Resource, values: ReadonlyMap<string, ReadElement>): PropertyStatus[] =>
  apply(resource, inOrder([...values].map(([name, value]) => ({ name, value }))))

/** A change that is refused fails those after it; what was changed before it stays. */
function apply(resource: Resource, changes: readonly PropertyChange[]): PropertyStatus[] {
  const isRefused = ({ name }: PropertyChange) => PROTECTED.has(name) || resource.changes?.(name) === false
  if (changes.some(isRefused)) {
    const known = changes.filter(({ name }) => PROTECTED.has(name)).map(({ name }) => ({ name, status: 403 }))
    const others = changes.filter(({ name }) => !PROTECTED.has(name))
    return [...known, ...others.map((change) => ({ name: change.name, status: isRefused(change) ? 403 : 424 }))]
  }
  const together = resource.patchAll?.(new Map(changes.map(({ name, value }) => [name, value])))
  const done = [...(together ?? [])].map(([name, status]) => ({ name, status }))
  let failed = false
  const others = changes.filter(({ name }) => !together?.has(name))
  const after = others.map(({ name, value }) => {
    const status = failed ? 424 : (resource.patch?.(name, value) ?? 403)
    failed ||= status >= 400
    return { name, status }
  })
  return [...done, ...after]
}
