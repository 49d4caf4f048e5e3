import ICAL from 'ical.js'
import { momentOf, type WallTime, wallTimeAt } from '../time-zone.ts'
import { type Component, copyOf, type Property, propertiesOf, property, propertyOf } from './component.ts'
import {
  type CalendarTime,
  CalendarValueError,
  momentAt,
  readDuration,
  readTime,
  timeOf,
  timesOf,
  timeText,
} from './time.ts'

/** One time that an event takes place. Moments are seconds since 1970. */
export interface Occurrence {
  readonly start: number
  readonly end: number
  /** What the clock shows where it is. */
  readonly at: CalendarTime
  /** The component that says it otherwise than its series. */
  readonly exception: Component | null
}

/** Nobody follows a series further. */
const MOST_OCCURRENCES = 3500

/** More than that would take too long to tell. */
export class TooManyOccurrences extends Error {
  override readonly name = 'TooManyOccurrences'
}

/** How long an event takes, in seconds. */
function durationOf(event: Component, start: CalendarTime, zone: string): number {
  const end = propertyOf(event, 'DTEND')
  if (end) return momentAt(timeOf(end, zone)) - momentAt(start)
  const duration = propertyOf(event, 'DURATION')
  if (duration) return lengthOf(duration.value)
  return start.isDate ? 86_400 : 0
}

/** What is no duration is taken for a time, which it is not either. */
function lengthOf(value: string): number {
  if (/^-?P/.test(value)) return readDuration(value)
  throw new CalendarValueError(`The supplied iCalendar datetime value is incorrect: ${value}`)
}

/** When an event that does not come back begins and ends. */
export function spanOf(event: Component, zone = 'UTC'): { readonly start: number; readonly end: number } | null {
  const start = propertyOf(event, 'DTSTART')
  if (!start) return null
  const at = timeOf(start, zone)
  const moment = momentAt(at)
  return { start: moment, end: moment + durationOf(event, at, zone) }
}

export const isRecurring = (event: Component): boolean =>
  propertyOf(event, 'RRULE') !== undefined || propertyOf(event, 'RDATE') !== undefined

/** Whether a series never ends. */
export function isEndless(event: Component): boolean {
  const rule = propertyOf(event, 'RRULE')
  return rule !== undefined && !propertyOf(event, 'RDATE') && !/(?:^|;)(?:COUNT|UNTIL)=/i.test(rule.value)
}

/**
 * All times at which an event takes place, in order. Each is computed when it is asked for: a series may have no end.
 * @param events the components of one UID: the series, and its exceptions
 * @param zone where clocks are meant that do not say so
 * @throws CalendarValueError, TooManyOccurrences
 */
export function* occurrencesOf(events: readonly Component[], zone = 'UTC'): Generator<Occurrence> {
  const own = events.find((event) => !propertyOf(event, 'RECURRENCE-ID'))
  const series = own ?? events[0]
  if (!series) return
  const exceptions = events.filter((event) => event !== series)
  const start = timeOf(propertyOf(series, 'DTSTART')!, zone)
  const duration = durationOf(series, start, zone)
  const skipped = new Set([
    ...propertiesOf(series, 'EXDATE').flatMap((exdate) => timesOf(exdate, zone).map(momentAt)),
    ...exceptions.map((event) => momentAt(timeOf(propertyOf(event, 'RECURRENCE-ID')!, zone))),
  ])
  const waiting = exceptions
    .flatMap((event) => {
      const span = spanOf(event, zone)
      return span ? [{ ...span, at: timeOf(propertyOf(event, 'DTSTART')!, zone), exception: event }] : []
    })
    .sort((a, b) => a.start - b.start)
  let count = 0
  for (const at of timesOfSeries(series, start, zone)) {
    const moment = momentAt(at)
    if (skipped.has(moment)) continue
    while (waiting[0] && waiting[0].start < moment) yield waiting.shift()!
    if (++count > MOST_OCCURRENCES) {
      throw new TooManyOccurrences(`Recurring events are only allowed to generate ${MOST_OCCURRENCES}`)
    }
    yield { start: moment, end: moment + duration, at, exception: null }
  }
  yield* waiting
}

/** The clock's readings of a series, its first one among them whether its rule would give it or not. */
function* timesOfSeries(series: Component, start: CalendarTime, zone: string): Generator<CalendarTime> {
  const dates = propertiesOf(series, 'RDATE')
  const rule = propertyOf(series, 'RRULE')
  yield start
  if (dates.length > 0) {
    const all = dates.flatMap((date) =>
      date.value.split(',').map((value) => readTime(value.split('/')[0]!, undefined, start.zone)),
    )
    yield* all.toSorted((a, b) => momentAt(a) - momentAt(b))
  } else if (rule) yield* timesOfRule(rule, start, zone)
}

const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY']

/** What a rule says, checked as sabre/vobject does. */
function readRule(value: string): Map<string, string> {
  const parts = new Map(
    value
      .split(';')
      .filter((part) => part !== '')
      .map((part) => {
        const [key = '', written = ''] = part.split('=')
        return [key.toUpperCase(), written.toUpperCase()] as const
      }),
  )
  const frequency = parts.get('FREQ') ?? ''
  if (!FREQUENCIES.includes(frequency)) throw new CalendarValueError(`Unknown value for FREQ=${frequency}`)
  for (const name of ['COUNT', 'INTERVAL']) {
    const number = parts.get(name)
    if (number !== undefined && !(Number.parseInt(number, 10) >= 1)) {
      throw new CalendarValueError(`${name} in RRULE must be a positive integer!`)
    }
  }
  return parts
}

/**
 * @throws CalendarValueError where nobody could follow a rule
 */
export const checkRule = (value: string): void => void readRule(value)

function* timesOfRule({ value }: Property, start: CalendarTime, zone: string): Generator<CalendarTime> {
  const parts = readRule(value)
  const count = parts.has('COUNT') ? Number.parseInt(parts.get('COUNT')!, 10) : Number.POSITIVE_INFINITY
  const until = parts.has('UNTIL') ? lastMoment(parts.get('UNTIL')!, start, zone) : Number.POSITIVE_INFINITY
  parts.delete('COUNT')
  parts.delete('UNTIL')
  const first = new ICAL.Time({ ...readingOf(start), isDate: false }, ICAL.Timezone.localTimezone)
  const rule = ICAL.Recur.fromString([...parts].map(([key, written]) => `${key}=${written}`).join(';'))
  const iterator = rule.iterator(first)
  let given = 1
  for (let next = iterator.next(); next && given < count; next = iterator.next()) {
    if (next.compare(first) <= 0 || !isSameDay(parts, first, next)) continue
    const at = { ...start, ...readingOf(next) }
    if (momentAt(at) > until) return
    given++
    yield at
  }
}

/** A rule that names no days keeps the day that it began on, and leaves out where there is none: 29 February. */
function isSameDay(parts: ReadonlyMap<string, string>, first: ICAL.Time, next: ICAL.Time): boolean {
  const namesDays = [...parts.keys()].some((key) => /^BY(?:DAY|MONTHDAY|YEARDAY|WEEKNO)$/.test(key))
  if (namesDays || !['YEARLY', 'MONTHLY'].includes(parts.get('FREQ')!)) return true
  return next.day === first.day
}

const readingOf = ({ year, month, day, hour, minute, second }: Pick<ICAL.Time, keyof WallTime>) => ({
  year,
  month,
  day,
  hour,
  minute,
  second,
})

/** A day belongs to a series as long as its clock says so. A series has its first time in any case. */
function lastMoment(until: string, start: CalendarTime, zone: string): number {
  return Math.max(momentAt(start), momentAt(readTime(until, undefined, start.zone === '' ? zone : start.zone)))
}

/** One time of a series as an event of its own, in UTC where it has a time. */
export function eventAt(series: Component, { at, end, start, exception }: Occurrence): Component {
  if (exception) return copyOf(exception)
  const event = copyOf(series)
  event.children = event.children.filter(
    ({ name }) => !['RRULE', 'EXDATE', 'RDATE', 'EXRULE', 'RECURRENCE-ID'].includes(name),
  )
  const dtstart = propertyOf(event, 'DTSTART')!
  dtstart.value = timeText(at)
  const dtend = propertyOf(event, 'DTEND')
  if (dtend) dtend.value = timeText({ ...at, ...wallTimeAt(end, at.zone) })
  if (start === momentOf(at, at.zone)) event.children.push(property('RECURRENCE-ID', dtstart.value, dtstart.params))
  return event
}
