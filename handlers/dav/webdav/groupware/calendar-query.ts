import { childOf, childrenOf, type ReadElement } from '#dav/read-xml.ts'
import {
  type Component,
  componentsOf,
  type Property,
  propertiesOf,
  propertyOf,
  unescapeText,
} from '#lib/icalendar/component.ts'
import { isRecurring, occurrencesOf, spanOf } from '#lib/icalendar/recurrence.ts'
import { CalendarValueError, momentAt, readDuration, timeOf } from '#lib/icalendar/time.ts'
import { momentOf } from '#lib/time-zone.ts'
import { badRequest, notImplemented, unexpected } from '#line/dav-exit.ts'
import { COLLATIONS, cal } from './names.ts'

/** From and to, in seconds since 1970; without one, there is no limit on that side. */
export interface TimeRange {
  readonly start: number | null
  readonly end: number | null
}

interface TextMatch {
  readonly value: string
  readonly collation: string
  readonly isNegated: boolean
}

interface ParamFilter {
  readonly name: string
  readonly isNotDefined: boolean
  readonly text: TextMatch | null
}

interface PropFilter {
  readonly name: string
  readonly isNotDefined: boolean
  readonly params: readonly ParamFilter[]
  readonly text: TextMatch | null
  readonly range: TimeRange | null
}

/** A `comp-filter`, as RFC 4791 has it. */
export interface CompFilter {
  readonly name: string
  readonly isNotDefined: boolean
  readonly components: readonly CompFilter[]
  readonly properties: readonly PropFilter[]
  readonly range: TimeRange | null
}

/**
 * The filter of a `calendar-query`.
 * @throws DavError
 */
export function readFilter(root: ReadElement): CompFilter {
  const filter = childOf(root, cal('filter'))
  const outermost = filter && childOf(filter, cal('comp-filter'))
  if (!outermost) throw badRequest(`The {urn:ietf:params:xml:ns:caldav}filter element is required for this request`)
  return readComponent(outermost)
}

const isNotDefined = (element: ReadElement) => childOf(element, cal('is-not-defined')) !== undefined

const readComponent = (element: ReadElement): CompFilter => ({
  name: element.attributes.name ?? '',
  isNotDefined: isNotDefined(element),
  components: childrenOf(element, cal('comp-filter')).map(readComponent),
  properties: childrenOf(element, cal('prop-filter')).map(readProperty),
  range: readRange(childOf(element, cal('time-range'))),
})

const readProperty = (element: ReadElement): PropFilter => ({
  name: element.attributes.name ?? '',
  isNotDefined: isNotDefined(element),
  params: childrenOf(element, cal('param-filter')).map((param) => ({
    name: param.attributes.name ?? '',
    isNotDefined: isNotDefined(param),
    text: readText(childOf(param, cal('text-match'))),
  })),
  text: readText(childOf(element, cal('text-match'))),
  range: readRange(childOf(element, cal('time-range'))),
})

const readText = (element: ReadElement | undefined): TextMatch | null =>
  element
    ? {
        value: element.text,
        collation: element.attributes.collation ?? 'i;ascii-casemap',
        isNegated: element.attributes['negate-condition'] === 'yes',
      }
    : null

/** A time range; `null`: there is none. */
export function readRange(element: ReadElement | undefined): TimeRange | null {
  if (!element) return null
  const [start, end] = [element.attributes.start, element.attributes.end].map((text) =>
    text ? readMoment(text) : null,
  )
  if (start !== null && end !== null && end! <= start!) {
    throw badRequest('The end-date must be larger than the start-date')
  }
  return { start: start!, end: end! }
}

/** A moment as reports write it: `20261210T100000Z`. */
export function readMoment(text: string): number {
  const match = /^(\d{4})([01]\d)([0-3]\d)T([0-2]\d)([0-5]\d)([0-5]\d)Z?$/.exec(text)
  if (!match) {
    throw unexpected(
      'Sabre\\VObject\\InvalidDataException',
      `The supplied iCalendar datetime value is incorrect: ${text}`,
    )
  }
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number)
  return momentOf({ year: year!, month: month!, day: day!, hour: hour!, minute: minute!, second: second! })
}

const FIRST = Date.UTC(1900, 0, 1) / 1000
const LAST = Date.UTC(3000, 0, 1) / 1000

/** Whether a calendar object passes a filter. */
export function passes(document: Component, filter: CompFilter): boolean {
  if (document.name !== filter.name) return false
  return passesComponents(document, document, filter.components) && passesProperties(document, filter.properties)
}

function passesComponents(root: Component, parent: Component, filters: readonly CompFilter[]): boolean {
  return filters.every((filter) => {
    const found = componentsOf(parent, filter.name)
    if (filter.isNotDefined) return found.length === 0
    if (found.length === 0) return false
    if (filter.range) return found.some((one) => isInRange(root, parent, one, filter.range!))
    if (filter.components.length === 0 && filter.properties.length === 0) return true
    return found.some(
      (one) => passesComponents(root, one, filter.components) && passesProperties(one, filter.properties),
    )
  })
}

function passesProperties(parent: Component, filters: readonly PropFilter[]): boolean {
  return filters.every((filter) => {
    const found = propertiesOf(parent, filter.name)
    if (filter.isNotDefined) return found.length === 0
    if (found.length === 0) return false
    if (filter.range) return found.some((one) => isMomentInRange(one, filter.range!))
    return found.some(
      (one) =>
        passesParams(one, filter.params) && (filter.text === null || matches(unescapeText(one.value), filter.text)),
    )
  })
}

const passesParams = (property: Property, filters: readonly ParamFilter[]): boolean =>
  filters.every(({ name, isNotDefined: isAbsent, text }) => {
    const values = property.params.get(name)
    if (isAbsent) return values === undefined
    if (!values) return false
    return text === null || values.some((value) => matches(value, text))
  })

/** Whether a text contains another, as its collation compares them. */
function matches(text: string, { value, collation, isNegated }: TextMatch): boolean {
  return folded(text, collation).includes(folded(value, collation)) !== isNegated
}

/** @throws DavError 400 for a collation that nobody knows */
export function folded(text: string, collation: string): string {
  if (!COLLATIONS.includes(collation)) throw badRequest(`Collation type: ${collation} is not supported`)
  if (collation === 'i;octet') return text
  if (collation === 'i;unicode-casemap') return text.toUpperCase()
  return text.replace(/[a-z]+/g, (run) => run.toUpperCase())
}

const DATED: ReadonlySet<string> = new Set([
  ...['COMPLETED', 'CREATED', 'DTEND', 'DTSTAMP', 'DTSTART', 'DUE', 'LAST-MODIFIED'],
])

function isMomentInRange(property: Property, { start, end }: TimeRange): boolean {
  if (!DATED.has(property.name)) {
    throw badRequest(`You cannot create a time-range filter on a ${property.name} component`)
  }
  const moment = momentAt(timeOf(property))
  return (start ?? FIRST) <= moment && (end ?? LAST) >= moment
}

function isInRange(root: Component, parent: Component, component: Component, range: TimeRange): boolean {
  const start = range.start ?? FIRST
  const end = range.end ?? LAST
  switch (component.name) {
    case 'VEVENT':
      return isEventInRange(component, start, end)
    case 'VTODO':
      return isTodoInRange(component, start, end)
    case 'VJOURNAL':
      return isJournalInRange(component, start, end)
    case 'VALARM':
      return isAlarmInRange(root, parent, component, start, end)
    case 'VFREEBUSY':
      throw notImplemented(`time-range filters are currently not supported on ${component.name} components`)
    default:
      throw badRequest(`You cannot create a time-range filter on a ${component.name} component`)
  }
}

/** Of a series, exceptions are looked at by themselves. */
function isEventInRange(event: Component, start: number, end: number): boolean {
  if (!isRecurring(event)) {
    const span = spanOf(event)
    return span !== null && start < span.end && end > span.start
  }
  for (const occurrence of occurrencesOf([event])) {
    if (occurrence.end <= start) continue
    return occurrence.start < end
  }
  return false
}

const momentIn = (component: Component, name: string): number | null => {
  const property = propertyOf(component, name)
  return property ? momentAt(timeOf(property)) : null
}

function isTodoInRange(todo: Component, start: number, end: number): boolean {
  const [begin, due, completed, created] = ['DTSTART', 'DUE', 'COMPLETED', 'CREATED'].map((name) =>
    momentIn(todo, name),
  )
  const duration = propertyOf(todo, 'DURATION')
  if (begin !== null) {
    if (duration) return start <= begin! + readDuration(duration.value) && end > begin!
    if (due !== null) return (start < due! || start <= begin!) && (end > begin! || end >= due!)
    return start <= begin! && end > begin!
  }
  if (due !== null) return start < due! && end >= due!
  if (completed !== null && created !== null) {
    return (start <= created! || start <= completed!) && (end >= created! || end >= completed!)
  }
  if (completed !== null) return start <= completed! && end >= completed!
  return created === null || end > created!
}

function isJournalInRange(journal: Component, start: number, end: number): boolean {
  const begin = propertyOf(journal, 'DTSTART')
  if (!begin) return false
  const time = timeOf(begin)
  const moment = momentAt(time)
  return start <= moment + (time.isDate ? 86_400 : 0) && end > moment
}

/** When an alarm goes off, from the moments of what it belongs to. */
function triggerOf(
  alarm: Component,
  parent: Component,
  span: { readonly start: number; readonly end: number },
): number {
  const trigger = propertyOf(alarm, 'TRIGGER')
  if (!trigger) return Number.POSITIVE_INFINITY
  if (trigger.params.get('VALUE')?.[0]?.toUpperCase() === 'DATE-TIME') return momentAt(timeOf(trigger))
  const isEnd = trigger.params.get('RELATED')?.[0]?.toUpperCase() === 'END'
  const due = parent.name === 'VTODO' ? momentIn(parent, 'DUE') : null
  return (due ?? (isEnd ? span.end : span.start)) + readDuration(trigger.value)
}

function isAlarmInRange(root: Component, parent: Component, alarm: Component, start: number, end: number): boolean {
  if (parent.name !== 'VEVENT' || !isRecurring(parent)) {
    const trigger = triggerOf(alarm, parent, spanOf(parent) ?? { start: 0, end: 0 })
    return start <= trigger && end > trigger
  }
  const uid = propertyOf(parent, 'UID')?.value
  const events = componentsOf(root, 'VEVENT').filter((event) => propertyOf(event, 'UID')?.value === uid)
  for (const occurrence of occurrencesOf(events)) {
    const trigger = triggerOf(alarm, parent, occurrence)
    if (start <= trigger && end > trigger) return true
    if (trigger > end) return false
  }
  return false
}

/** Errors of values in a calendar as the server shows them. */
export function asDavError(error: unknown): unknown {
  return error instanceof CalendarValueError ? unexpected('Sabre\\VObject\\InvalidDataException', error.message) : error
}
