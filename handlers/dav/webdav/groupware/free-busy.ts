import type { ReadElement } from '#dav/read-xml.ts'
import { type Component, componentsOf, type Property, property, propertyOf, textOf } from '#lib/icalendar/component.ts'
import { isRecurring, occurrencesOf, spanOf } from '#lib/icalendar/recurrence.ts'
import { momentAt, readDuration, timeOf, utcText } from '#lib/icalendar/time.ts'
import { PRODID } from '#lib/icalendar/validate.ts'
import { forbidden } from '#line/dav-exit.ts'
import { BusyTimes } from './busy-times.ts'
import { cal } from './names.ts'

/** What else a calendar of busy times is made of. */
interface FreeBusyOptions {
  readonly method?: string
  readonly properties?: readonly Property[]
  /** Where clocks are meant that do not say so. */
  readonly zone?: string
  /** A calendar of `VAVAILABILITY`: when somebody can be reached at all. */
  readonly availability?: Component | undefined
}

/** When somebody is busy between two moments: a calendar with a `VFREEBUSY`. */
export function freeBusy(
  calendars: readonly Component[],
  start: number,
  end: number,
  now: number,
  { method, properties = [], zone = 'UTC', availability }: FreeBusyOptions = {},
): Component {
  const times = new BusyTimes(start, end)
  if (availability) addAvailability(times, availability, { start, end })
  for (const calendar of calendars) {
    for (const event of componentsOf(calendar, 'VEVENT')) {
      if (!propertyOf(event, 'RECURRENCE-ID')) addEvent(times, calendar, event, end, zone)
    }
  }
  const busy = times
    .busy()
    .map(({ start: from, end: to, type }) =>
      property('FREEBUSY', `${utcText(from)}/${utcText(to)}`, type === 'BUSY' ? [] : [['FBTYPE', [type]]]),
    )
  return {
    name: 'VCALENDAR',
    children: [
      property('VERSION', '2.0'),
      property('PRODID', PRODID),
      property('CALSCALE', 'GREGORIAN'),
      ...(method === undefined ? [] : [property('METHOD', method)]),
      {
        name: 'VFREEBUSY',
        children: [
          property('DTSTART', utcText(start)),
          property('DTEND', utcText(end)),
          property('DTSTAMP', utcText(now)),
          ...busy,
          ...properties,
        ],
      },
    ],
  }
}

function addEvent(times: BusyTimes, calendar: Component, event: Component, end: number, zone: string): void {
  const status = textOf(event, 'STATUS')?.toUpperCase()
  if (textOf(event, 'TRANSP')?.toUpperCase() === 'TRANSPARENT' || status === 'CANCELLED') return
  const type = status === 'TENTATIVE' ? 'BUSY-TENTATIVE' : 'BUSY'
  if (!isRecurring(event)) {
    const span = spanOf(event, zone)
    if (span) times.add(span.start, span.end, type)
    return
  }
  const uid = propertyOf(event, 'UID')?.value
  const events = componentsOf(calendar, 'VEVENT').filter((one) => propertyOf(one, 'UID')?.value === uid)
  for (const occurrence of occurrencesOf(events, zone)) {
    if (occurrence.start > end) break
    times.add(occurrence.start, occurrence.end, type)
  }
}

interface Span {
  readonly start: number
  readonly end: number
}

/** All time is unavailable but what is said to be available. What has a higher priority comes last and counts (RFC 7953). */
function addAvailability(times: BusyTimes, calendar: Component, asked: Span): void {
  const all = componentsOf(calendar, 'VAVAILABILITY').toSorted((a, b) => priorityOf(b) - priorityOf(a))
  for (const one of all) {
    const own = extentOf(one)
    const start = Math.max(own.start ?? asked.start, asked.start)
    const end = Math.min(own.end ?? asked.end, asked.end)
    if (start > end) continue
    times.add(start, end, textOf(one, 'BUSYTYPE')?.toUpperCase() ?? 'BUSY-UNAVAILABLE')
    for (const available of componentsOf(one, 'AVAILABLE')) addAvailable(times, available, end)
  }
}

/** 1 comes first; none and 0 come last. */
const priorityOf = (component: Component): number => Number(textOf(component, 'PRIORITY') ?? 0) || 10

function addAvailable(times: BusyTimes, available: Component, end: number): void {
  for (const occurrence of occurrencesOf([available])) {
    if (occurrence.start > end) break
    times.add(occurrence.start, Math.min(occurrence.end, end), 'FREE')
  }
}

function extentOf(component: Component): { readonly start?: number; readonly end?: number } {
  const [start, end, duration] = ['DTSTART', 'DTEND', 'DURATION'].map((name) => propertyOf(component, name))
  const from = start && momentAt(timeOf(start))
  const until = end
    ? momentAt(timeOf(end))
    : duration && from !== undefined
      ? from + readDuration(duration.value)
      : undefined
  return { ...(from === undefined ? {} : { start: from }), ...(until === undefined ? {} : { end: until }) }
}

/** Only a calendar says when it is busy. */
export function freeBusyElsewhere(root: ReadElement): undefined {
  if (root.name === cal('free-busy-query')) throw forbidden('Access denied')
  return undefined
}
