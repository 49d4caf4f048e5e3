import { pathOfAddress } from '#dav/address.ts'
import type { PropertyValue } from '#dav/multistatus.ts'
import { propertyNames } from '#dav/propfind.ts'
import { childOf, childrenOf, type ReadElement } from '#dav/read-xml.ts'
import { type DavContext, findOrNone, parentPath, type Resource } from '#dav/resource.ts'
import { d } from '#dav/xml.ts'
import type { Answer } from '#line/call.ts'
import { partOf, reported } from './answers.ts'
import { convertCard, wantedForm } from './card-convert.ts'
import { cardPasses, readCardFilter } from './card-query.ts'
import { card } from './names.ts'
import { reportNotSupported } from './sync.ts'

/** `addressbook-query` and `addressbook-multiget`; `undefined`: it is neither. */
export function reportCards(
  dav: DavContext,
  resource: Resource,
  root: ReadElement,
  cards: (() => readonly Resource[]) | null,
): Answer | undefined {
  if (root.name === card('addressbook-multiget')) return multiget(dav, root)
  return root.name === card('addressbook-query') ? query(dav, resource, root, cards) : undefined
}

/** `address-data` in the form that a report wants. */
function converted(root: ReadElement, resource: Resource): ReadonlyMap<string, PropertyValue> {
  const wanted = childOf(childOf(root, d('prop')) ?? root, card('address-data'))
  const data = resource.property(card('address-data'))
  if (!wanted || typeof data !== 'string') return new Map()
  const { 'content-type': type = '', version } = wanted.attributes
  const form = wantedForm(version === undefined ? type : `${type}; version=${version}`)
  const only = childrenOf(wanted, card('prop')).map(({ attributes }) => (attributes.name ?? '').toUpperCase())
  return new Map([[card('address-data'), convertCard(data, form, only)]])
}

function multiget(dav: DavContext, root: ReadElement): Answer {
  const requested = propertyNames(childOf(root, d('prop')))
  const found = childrenOf(root, d('href')).flatMap(({ text }) => {
    const path = pathOfAddress(dav, text)
    const resource = findOrNone(dav, path)
    if (!resource) dav.server.find(dav, parentPath(path))
    return resource ? [[path, resource] as const] : []
  })
  const parts = [...new Map(found)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, resource]) => partOf(dav, resource, requested, converted(root, resource)))
  return reported(dav, parts)
}

function query(
  dav: DavContext,
  resource: Resource,
  root: ReadElement,
  cards: (() => readonly Resource[]) | null,
): Answer {
  const depth = dav.call.header('depth')
  const isDeep = depth === '1' || depth === 'infinity'
  if (!isDeep && resource.collection) {
    throw reportNotSupported('The addressbook-query report is not supported on this url with Depth: 0')
  }
  const filter = readCardFilter(childOf(root, card('filter')))
  const limit = Number.parseInt(childOf(childOf(root, card('limit')) ?? root, card('nresults'))?.text ?? '', 10)
  const candidates = isDeep ? (cards?.() ?? []) : [resource]
  const found = candidates.filter((one) => cardPasses(String(one.property(card('address-data'))), filter))
  const requested = propertyNames(childOf(root, d('prop')))
  return reported(
    dav,
    found.slice(0, limit > 0 ? limit : undefined).map((one) => partOf(dav, one, requested, converted(root, one))),
  )
}
