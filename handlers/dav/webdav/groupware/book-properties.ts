import type { PropertyValue } from '#dav/multistatus.ts'
import { d, element } from '#dav/xml.ts'
import { COLLATIONS, card, MAX_RESOURCE_SIZE, reportsOf } from './names.ts'

/** What every address book says. */
export const BOOK_PROPERTIES: ReadonlyMap<string, PropertyValue> = new Map<string, PropertyValue>([
  [d('resourcetype'), [element(d('collection')), element(card('addressbook'))]],
  [
    card('supported-address-data'),
    [
      ['text/vcard', '3.0'],
      ['text/vcard', '4.0'],
      ['application/vcard+json', '4.0'],
    ].map(([type, version]) => ({
      name: card('address-data-type'),
      attributes: { 'content-type': type!, version: version! },
    })),
  ],
  [card('max-resource-size'), MAX_RESOURCE_SIZE],
  [card('supported-collation-set'), COLLATIONS.map((name) => element(card('supported-collation'), name))],
])

export const BOOK_REPORTS = reportsOf({
  sync: true,
  middle: [card('addressbook-multiget'), card('addressbook-query')],
})
