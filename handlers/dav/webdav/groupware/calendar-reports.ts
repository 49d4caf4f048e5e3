import { pathOfAddress } from '#dav/address.ts'
import type { PropertyValue } from '#dav/multistatus.ts'
import { propertyNames } from '#dav/propfind.ts'
import { childOf, childrenOf, type ReadElement } from '#dav/read-xml.ts'
import { type DavContext, findOrNone, lastName, type Resource } from '#dav/resource.ts'
import { d } from '#dav/xml.ts'
import { type Component, readComponent } from '#lib/icalendar/component.ts'
import { jsonText, toJcal } from '#lib/icalendar/jcal.ts'
import { writeComponent } from '#lib/icalendar/write.ts'
import type { Answer } from '#line/call.ts'
import { badRequest } from '#line/dav-exit.ts'
import { partOf, reported } from './answers.ts'
import { asDavError, type CompFilter, passes, readFilter, readMoment } from './calendar-query.ts'
import { expand, zoneOfCalendar } from './expand.ts'
import { cal } from './names.ts'
import { spanOfObject } from './read-object.ts'

/** What a report wants of `calendar-data`. */
interface WantedData {
  readonly expand: { readonly start: number; readonly end: number } | null
  readonly isJson: boolean
}

function wantedData(prop: ReadElement | undefined): WantedData {
  const data = prop && childOf(prop, cal('calendar-data'))
  const range = data && childOf(data, cal('expand'))
  const { start, end } = range?.attributes ?? {}
  if (range && (start === undefined || end === undefined)) {
    throw badRequest('The "start" and "end" attributes are required when expanding calendar-data')
  }
  return {
    expand: range ? { start: readMoment(start!), end: readMoment(end!) } : null,
    isJson: data?.attributes['content-type'] === 'application/calendar+json',
  }
}

/** `calendar-data` in another form than it is kept in. */
function converted(
  { expand: range, isJson }: WantedData,
  resource: Resource,
  zone: string,
): ReadonlyMap<string, PropertyValue> {
  const data = resource.property(cal('calendar-data'))
  if (typeof data !== 'string' || (!range && !isJson)) return new Map()
  const read = readComponent(data)
  const document = range ? expand(read, range.start, range.end, zone) : read
  return new Map([[cal('calendar-data'), isJson ? jsonText(toJcal(document)) : writeComponent(document)]])
}

/** What a collection of calendar objects lets be asked of it. */
export interface ObjectContainer {
  readonly timezone: string | null
  objects(): readonly Resource[]
  /** Answers everything that is in it, whatever a filter says. */
  readonly isUnfiltered?: boolean
}

/**
 * `calendar-query` and `calendar-multiget`; `undefined`: it is neither.
 * @throws DavError
 */
export function reportObjects(
  dav: DavContext,
  resource: Resource,
  root: ReadElement,
  container: ObjectContainer | null,
): Answer | undefined {
  try {
    if (root.name === cal('calendar-multiget')) return multiget(dav, root)
    if (root.name === cal('calendar-query')) return query(dav, resource, root, container)
    return undefined
  } catch (error) {
    throw asDavError(error)
  }
}

function multiget(dav: DavContext, root: ReadElement): Answer {
  const prop = childOf(root, d('prop'))
  const wanted = wantedData(prop)
  const found = childrenOf(root, d('href')).flatMap(({ text }) => {
    const address = /^(?:[a-z]+:\/\/|\/)/i.test(text)
      ? text
      : `${dav.server.base}${dav.call.path.split('/remote.php/dav/')[1] ?? ''}/${text}`
    const path = pathOfAddress(dav, address)
    const resource = findOrNone(dav, path)
    return resource ? [[path, resource] as const] : checkParent(dav, path)
  })
  const parts = [...new Map(found).values()].map((resource) =>
    partOf(dav, resource, propertyNames(prop), converted(wanted, resource, 'UTC')),
  )
  return reported(dav, parts)
}

/** What is not there is left out; a collection that nobody sees is an error. */
function checkParent(dav: DavContext, path: string): [] {
  dav.server.find(dav, path.slice(0, Math.max(0, path.lastIndexOf('/'))))
  return []
}

function query(dav: DavContext, resource: Resource, root: ReadElement, container: ObjectContainer | null): Answer {
  const filter = readFilter(root)
  const prop = childOf(root, d('prop'))
  const wanted = wantedData(prop)
  const depth = dav.call.header('depth') === '1' || dav.call.header('depth') === 'infinity' ? 1 : 0
  if (container && depth === 0 && !/^MSFT-/.test(dav.call.header('user-agent'))) {
    throw badRequest('A calendar-query REPORT on a calendar with a Depth: 0 is undefined. Set Depth to 1')
  }
  const candidates = container ? container.objects() : resource.collection ? [] : [resource]
  const zone = zoneOfCalendar(container?.timezone ?? null)
  const found = candidates.filter((one) => container?.isUnfiltered || isFound(one, filter, container !== null))
  return reported(
    dav,
    found.map((one) => partOf(dav, one, propertyNames(prop), converted(wanted, one, zone))),
  )
}

const documentOf = (resource: Resource): Component => readComponent(String(resource.property(cal('calendar-data'))))

/**
 * Whether an object is found. In a calendar the database has looked first: it knows one kind of component, and the
 * first and the last moment of events; where the filter asks for nothing else, it has the last word too.
 */
export function isFound(resource: Resource, filter: CompFilter, isCalendar: boolean): boolean {
  const document = documentOf(resource)
  if (!isCalendar) return passes(document, filter)
  if (filter.components.length === 0 && filter.properties.length === 0) return true
  const [first] = filter.components
  const asked = first && !first.isNotDefined ? first : undefined
  if (asked) {
    const components = document.children.filter(({ name }) => name !== 'VTIMEZONE' && /^V/.test(name))
    if (components.find((child) => 'children' in child)?.name !== asked.name) return false
    const range = asked.name === 'VEVENT' ? asked.range : null
    if (range && !isPlausible(document, range.start, range.end)) return false
    const isAlone = filter.properties.length === 0 && asked.components.length === 0 && asked.properties.length === 0
    if (isAlone && asked.range === null) return true
    if (isAlone && range && (range.start === null || range.end === null)) return true
  }
  return passes(document, filter)
}

function isPlausible(document: Component, start: number | null, end: number | null): boolean {
  const components = document.children.filter((child): child is Component => 'children' in child)
  const span = spanOfObject(components)
  if (!span) return start === null && end === null
  return (start === null || span.last > start) && (end === null || span.first < end)
}

/** The name of a resource in its collection. */
export const nameOf = ({ path }: Resource): string => lastName(path)
