/** The clock on the wall of a place, and the moment behind it. Zones are names of the IANA database. */

export interface WallTime {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** Whether a name is a zone that this platform knows. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone !== ''
  } catch {
    return false
  }
}

/** What the clock of a zone shows at a moment (seconds since 1970). */
export function wallTimeAt(seconds: number, zone = 'UTC'): WallTime {
  const shifted = new Date((seconds + offsetAt(seconds, zone)) * 1000)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
  }
}

/** The moment at which the clock of a zone shows this; members out of range carry over, as in `new Date()`. */
export function momentOf(wall: WallTime, zone = 'UTC'): number {
  const date = new Date(0)
  date.setUTCFullYear(wall.year, wall.month - 1, wall.day)
  date.setUTCHours(wall.hour, wall.minute, wall.second)
  const asUtc = date.getTime() / 1000
  const guess = asUtc - offsetAt(asUtc, zone)
  return asUtc - offsetAt(guess, zone)
}

/** `2099-01-02 23:59:59` */
export function formatWallTime(seconds: number, zone = 'UTC'): string {
  const { year, month, day, hour, minute, second } = wallTimeAt(seconds, zone)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`
}

/** Seconds that a zone is ahead of UTC at a moment. */
export function offsetAt(seconds: number, zone: string): number {
  if (zone === 'UTC') return 0
  const fixed = /^([+-])(\d{2}):?(\d{2})$/.exec(zone)
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 3600 + Number(fixed[3]) * 60)
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(seconds * 1000))
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const shown = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  )
  return shown / 1000 - Math.floor(seconds)
}
