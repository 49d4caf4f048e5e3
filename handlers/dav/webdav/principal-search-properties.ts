import type { ReadElement } from '#dav/read-xml.ts'
import type { DavContext } from '#dav/resource.ts'
import { d, element, writeXml, type XmlElement } from '#dav/xml.ts'
import type { Answer } from '#line/call.ts'
import { badRequest } from '#line/dav-exit.ts'

const CALDAV = 'urn:ietf:params:xml:ns:caldav'

/** What principals can be searched by, with what people call it. */
const SEARCHABLE: readonly (readonly [string, string])[] = [
  [d('displayname'), 'Display name'],
  ['{http://sabredav.org/ns}email-address', 'Email address'],
]
/** Where calendars are at hand. */
const BESIDE_CALENDARS = [`{${CALDAV}}calendar-user-address-set`, 'Calendar address'] as const

/** `DAV:principal-search-property-set`: what principals can be searched by. */
export function searchableProperties({ server }: DavContext, root: ReadElement): Answer | undefined {
  if (root.name !== d('principal-search-property-set')) return undefined
  if (root.children.length > 0) throw badRequest(`The ${root.name} element must be empty`)
  const content = [...SEARCHABLE, ...(server.namespaces.has(CALDAV) ? [BESIDE_CALENDARS] : [])].map(
    ([name, text]): XmlElement =>
      element(d('principal-search-property'), [
        element(d('prop'), [element(name)]),
        { name: d('description'), attributes: { 'xml:lang': 'en' }, content: text },
      ]),
  )
  return {
    status: 200,
    headers: [['Content-Type', 'application/xml; charset=utf-8']],
    body: writeXml(element(d('principal-search-property-set'), content), server.namespaces).trimEnd(),
  }
}
