import type { WallTime } from './time-zone.ts'

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]

/** Seconds since 1970 as a day in English: `November 29, 2026`. */
export function longDate(seconds: number): string {
  const date = new Date(seconds * 1000)
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}`
}

/** A day in English, as briefly as lists have it: `Nov 29, 2026`. */
export const mediumDate = ({ year, month, day }: Pick<WallTime, 'year' | 'month' | 'day'>): string =>
  `${MONTHS[month - 1]!.slice(0, 3)} ${day}, ${year}`

/** What a clock shows, in English: `9:05 AM`, with the narrow blank of CLDR. */
export const shortTime = ({ hour, minute }: Pick<WallTime, 'hour' | 'minute'>): string =>
  `${hour % 12 || 12}:${String(minute).padStart(2, '0')}\u202f${hour < 12 ? 'AM' : 'PM'}`

/** Seconds since 1970 as a moment of UTC in English, with the narrow blank of CLDR: `November 29, 2026, 12:56:40 PM UTC`. */
export function longDateTime(seconds: number): string {
  const date = new Date(seconds * 1000)
  const hours = date.getUTCHours()
  const [minutes, rest] = [date.getUTCMinutes(), date.getUTCSeconds()].map((part) => String(part).padStart(2, '0'))
  return `${longDate(seconds)}, ${hours % 12 || 12}:${minutes}:${rest}\u202f${hours < 12 ? 'AM' : 'PM'} UTC`
}
