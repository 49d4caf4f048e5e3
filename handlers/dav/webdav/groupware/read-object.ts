import type { DavContext } from '#dav/resource.ts'
import {
  type Component,
  ComponentError,
  componentsOf,
  propertiesOf,
  propertyOf,
  readComponent,
  textOf,
} from '#lib/icalendar/component.ts'
import { readJcal } from '#lib/icalendar/jcal.ts'
import { checkRule, isRecurring, occurrencesOf } from '#lib/icalendar/recurrence.ts'
import { CalendarValueError, momentAt, readDuration, timeOf } from '#lib/icalendar/time.ts'
import { type Problem, validateCalendar, validateCard } from '#lib/icalendar/validate.ts'
import { writeComponent } from '#lib/icalendar/write.ts'
import { DavError, forbidden, unexpected, unsupportedMediaType } from '#line/dav-exit.ts'
import type { Classification, ReadObject } from '#world/groupware/calendar-objects.ts'

type Header = readonly [name: string, value: string]

/** Something that was sent and is good to be kept. */
export interface Accepted {
  readonly data: string
  readonly document: Component
  /** Whether it is not what was sent: then nobody is told its ETag. */
  readonly isChanged: boolean
  /** What the answer warns of. */
  readonly headers: readonly Header[]
}

const decoder = new TextDecoder()

/** What of a document is to be said, and what is an error. */
function judge(problems: readonly Problem[], kind: string): readonly Header[] {
  const error = problems.find(({ severity }) => severity === 'error')
  if (error) throw unsupportedMediaType(`Validation error in ${kind}: ${error.message}`)
  const [first] = problems
  return first ? [['X-Sabre-Ew-Gross', `${kind} validation warning: ${first.message}`]] : []
}

const validation = ({ world, call }: DavContext) => ({
  repairs: !/handling=strict/.test(call.header('prefer')),
  uuid: () => world.random.uuid(),
  now: world.clock.seconds(),
})

function parse(text: string, message: string): Component {
  try {
    return text.startsWith('[') ? readJcal(text) : readComponent(text)
  } catch (error) {
    if (error instanceof ComponentError) throw unsupportedMediaType(`${message} Parse error: ${error.message}`)
    throw error
  }
}

/**
 * A calendar object that was sent.
 * @param components what the calendar takes
 * @throws DavError
 */
export function acceptObject(dav: DavContext, body: Uint8Array, components: readonly string[]): Accepted {
  const text = decoder.decode(body)
  const document = parse(text, 'This resource only supports valid iCalendar 2.0 data.')
  if (document.name !== 'VCALENDAR') throw unsupportedMediaType('This collection can only support iCalendar objects.')
  const found = componentsOf(document).findLast(({ name }) => ['VEVENT', 'VTODO', 'VJOURNAL'].includes(name))
  if (!found || !components.includes(found.name)) {
    const message = `iCalendar objects must at least have a component of type ${components.join(', ')}`
    throw new DavError(403, 'Sabre\\CalDAV\\Exception\\InvalidComponentType', message, {
      details: ['<cal:supported-calendar-component xmlns:cal="urn:ietf:params:xml:ns:caldav"/>'],
    })
  }
  const problems = validateCalendar(document, validation(dav))
  const headers = judge(problems, 'iCalendar')
  const isChanged = text.startsWith('[') || problems.some(({ severity }) => severity === 'repaired')
  return { data: isChanged ? writeComponent(document) : text, document, isChanged, headers }
}

/**
 * A card that was sent.
 * @throws DavError
 */
export function acceptCard(dav: DavContext, body: Uint8Array): Accepted {
  const text = decoder.decode(body)
  const document = parse(text, 'This resource only supports valid vCard or jCard data.')
  if (document.name !== 'VCARD') throw unsupportedMediaType('This collection can only support vcard objects.')
  const problems = validateCard(document, validation(dav))
  const headers = judge(problems, 'vCard')
  const isChanged = text.startsWith('[') || problems.length > 0
  return { data: isChanged ? writeComponent(document) : text, document, isChanged, headers }
}

const CLASSES: Readonly<Record<string, Classification>> = { PUBLIC: 'public', CONFIDENTIAL: 'confidential' }

/**
 * What is kept of a calendar object beside its text.
 * @throws DavError where it cannot be told when it takes place
 */
export function describeObject(data: string, document: Component): ReadObject {
  const components = componentsOf(document).filter(({ name }) => name !== 'VTIMEZONE')
  const [first] = components
  try {
    spanOfObject(components)
  } catch (error) {
    if (error instanceof CalendarValueError) throw unexpected('Sabre\\VObject\\InvalidDataException', error.message)
    throw error
  }
  const given = textOf(components.at(-1)!, 'CLASS')
  return {
    data,
    component: first!.name,
    uid: textOf(first!, 'UID') ?? '',
    classification: given === undefined ? 'public' : (CLASSES[given] ?? 'private'),
  }
}

/** Nobody looks further ahead: the first second of 2038. */
const MAX_DATE = 2_145_916_800

/**
 * The first and the last moment of a calendar object, as the database keeps them: an end that is only told by a
 * duration, or by its being a whole day, is not known (Nextcloud 34.0.1, asked).
 */
export function spanOfObject(
  components: readonly Component[],
): { readonly first: number; readonly last: number } | null {
  const events = components.filter(({ name }) => name === 'VEVENT')
  const [event] = events
  if (!event || !events.some((one) => propertyOf(one, 'DTSTART'))) return null
  if (!propertyOf(event, 'RRULE') && events.length === 1) {
    const start = momentAt(timeOf(propertyOf(event, 'DTSTART')!))
    const end = propertyOf(event, 'DTEND')
    const duration = propertyOf(event, 'DURATION')
    if (!end && duration && !/^-?P/.test(duration.value)) {
      throw new CalendarValueError(`The supplied iCalendar datetime value is incorrect: ${duration.value}`)
    }
    if (duration && !end) readDuration(duration.value)
    return { first: Math.max(0, start), last: Math.max(0, end ? momentAt(timeOf(end)) : start) }
  }
  return spanOfSeries(events)
}

function spanOfSeries(events: readonly Component[]): { readonly first: number; readonly last: number } {
  const series = events.find((one) => !propertyOf(one, 'RECURRENCE-ID')) ?? events[0]!
  const isEndless =
    isRecurring(series) && !/(?:^|;)(?:COUNT|UNTIL)=/i.test(propertyOf(series, 'RRULE')?.value ?? 'COUNT=')
  let first: number | null = null
  let last = 0
  for (const rule of events.flatMap((event) => propertiesOf(event, 'RRULE'))) checkRule(rule.value)
  for (const { start, end } of occurrencesOf(events)) {
    first ??= start
    last = isEndless ? MAX_DATE : end
    if (isEndless || end >= MAX_DATE) break
  }
  if (first === null) throw forbidden('This recurrence rule does not generate any valid instances')
  return { first: Math.max(0, first), last: Math.max(0, last) }
}
