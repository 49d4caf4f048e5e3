import { isTimeZone, momentOf } from '../time-zone.ts'
import type { Property } from './component.ts'

/** A value that no calendar can have; in the words of sabre/vobject (Nextcloud 34.0.1, asked). */
export class CalendarValueError extends Error {
  override readonly name = 'CalendarValueError'
}

/** A clock's reading with the place of the clock. */
export interface CalendarTime {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** Whether it is a whole day. */
  readonly isDate: boolean
  /** A name of the IANA database. */
  readonly zone: string
  /** Whether it says itself where it is. */
  readonly isFloating: boolean
}

const TIME = /^(\d{4})([01]\d)([0-3]\d)(?:T([0-2]\d)([0-5]\d)([0-5]\d)(Z?))?$/

/**
 * Read a date, or a date with a time.
 * @param zone where clocks are meant that do not say so
 * @throws CalendarValueError
 */
export function readTime(value: string, tzid: string | undefined, zone: string): CalendarTime {
  const match = TIME.exec(value)
  if (!match) throw new CalendarValueError(`The supplied iCalendar datetime value is incorrect: ${value}`)
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0))
  const isUtc = match[7] === 'Z'
  const named = tzid === undefined || isUtc ? undefined : zoneOf(tzid)
  return {
    year: year!,
    month: month!,
    day: day!,
    hour: hour!,
    minute: minute!,
    second: second!,
    isDate: match[4] === undefined,
    zone: isUtc ? 'UTC' : (named ?? zone),
    isFloating: !isUtc && tzid === undefined,
  }
}

/** The first value of a property. */
export const timeOf = (given: Property, zone = 'UTC'): CalendarTime =>
  readTime(given.value.split(',')[0]!, given.params.get('TZID')?.[0], zone)

/** All values of a property that has several. */
export const timesOf = (given: Property, zone = 'UTC'): CalendarTime[] =>
  given.value.split(',').map((value) => readTime(value, given.params.get('TZID')?.[0], zone))

/** Seconds since 1970. */
export const momentAt = (time: CalendarTime): number => momentOf(time, time.zone)

/** Zones that Outlook names in its own way; all others that nobody knows are UTC. */
const WINDOWS: Readonly<Record<string, string>> = {
  'W. Europe Standard Time': 'Europe/Berlin',
  'Central Europe Standard Time': 'Europe/Budapest',
  'Romance Standard Time': 'Europe/Paris',
  'GMT Standard Time': 'Europe/London',
  'E. Europe Standard Time': 'Europe/Bucharest',
  'Eastern Standard Time': 'America/New_York',
  'Central Standard Time': 'America/Chicago',
  'Mountain Standard Time': 'America/Denver',
  'Pacific Standard Time': 'America/Los_Angeles',
  'Tokyo Standard Time': 'Asia/Tokyo',
  'China Standard Time': 'Asia/Shanghai',
  'India Standard Time': 'Asia/Calcutta',
  'AUS Eastern Standard Time': 'Australia/Sydney',
}

function zoneOf(tzid: string): string {
  const name = WINDOWS[tzid] ?? tzid.replace(/^.*?([A-Z]\w+\/[\w+-]+(?:\/\w+)?)$/, '$1')
  return isTimeZone(name) ? name : 'UTC'
}

const DURATION = /^([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

/**
 * A duration in seconds: `-PT15M`.
 * @throws CalendarValueError
 */
export function readDuration(value: string): number {
  const match = DURATION.exec(value)
  if (!match) throw new CalendarValueError(`The supplied iCalendar duration value is incorrect: ${value}`)
  const [weeks, days, hours, minutes, seconds] = match.slice(2).map((part) => Number(part ?? 0))
  const total = (((weeks! * 7 + days!) * 24 + hours!) * 60 + minutes!) * 60 + seconds!
  return match[1] === '-' ? -total : total
}

/** `20261210T100000Z` */
export const utcText = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(/[-:]|\.\d{3}/g, '')

const two = (value: number) => String(value).padStart(2, '0')

/** A time as a calendar writes it. */
export function timeText({ year, month, day, hour, minute, second, isDate, zone, isFloating }: CalendarTime): string {
  const date = `${String(year).padStart(4, '0')}${two(month)}${two(day)}`
  if (isDate) return date
  return `${date}T${two(hour)}${two(minute)}${two(second)}${zone === 'UTC' && !isFloating ? 'Z' : ''}`
}
