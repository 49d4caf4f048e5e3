import { placeholder } from './placeholder.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
/** Two clocks may differ by this much for the same event, in milliseconds. */
const TOLERANCE = 5 * MINUTE
/** What is further away was chosen by somebody, and is no reading of a clock, in milliseconds. */
const FARTHEST = 100 * DAY

/** How a moment can be written. */
interface Form {
  readonly name: string
  /** Milliseconds since 1970; `null`: this is no moment in this form. */
  read(value: unknown): number | null
  write(at: number): string | number
  /** It says the day alone. */
  readonly isDay?: true
}

const text = (pattern: RegExp, read: (text: string) => number) => (value: unknown) =>
  typeof value === 'string' && pattern.test(value) ? finite(read(value)) : null
const finite = (at: number) => (Number.isFinite(at) ? at : null)
const iso = (at: number) => new Date(at).toISOString()
const seconds = (at: number) => Math.floor(at / 1000)

const FORMS: readonly Form[] = [
  {
    name: 'seconds',
    read: (value) => (typeof value === 'number' && value > 1e9 && value < 1e11 ? value * 1000 : null),
    write: seconds,
  },
  {
    name: 'milliseconds',
    read: (value) => (typeof value === 'number' && value > 1e12 && value < 1e14 ? value : null),
    write: (at) => at,
  },
  { name: 'digits', read: text(/^\d{10}$/, (value) => Number(value) * 1000), write: (at) => `${seconds(at)}` },
  { name: 'thirteen digits', read: text(/^\d{13}$/, Number), write: (at) => `${at}` },
  // What an administrator says is named by its second.
  {
    name: 'hexadecimal',
    read: text(/^(?=.*[a-f])[0-9a-f]{8}$/, (value) => Number.parseInt(value, 16) * 1000),
    write: (at) => seconds(at).toString(16),
  },
  { name: 'date', isDay: true, read: text(/^\d{4}-\d\d-\d\d$/, Date.parse), write: (at) => iso(at).slice(0, 10) },
  {
    name: 'day',
    isDay: true,
    read: text(/^\d{4}-\d\d-\d\d 00:00:00$/, (value) => Date.parse(value.slice(0, 10))),
    write: (at) => `${iso(at).slice(0, 10)} 00:00:00`,
  },
  {
    name: 'end of day',
    isDay: true,
    read: text(/^\d{4}-\d\d-\d\d 23:59:59$/, (value) => Date.parse(value.slice(0, 10))),
    write: (at) => `${iso(at).slice(0, 10)} 23:59:59`,
  },
  {
    name: 'date and time',
    read: text(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/, (value) => Date.parse(`${value.replace(' ', 'T')}Z`)),
    write: (at) => iso(at).slice(0, 19).replace('T', ' '),
  },
  ...['Z', '+00:00', '.000Z'].map(
    (end): Form => ({
      name: `ISO ${end}`,
      read: (value) =>
        typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value) && endOf(value) === end
          ? finite(Date.parse(value))
          : null,
      write: (at) => (end === '.000Z' ? iso(at) : iso(at).slice(0, 19) + end),
    }),
  ),
  {
    name: 'HTTP',
    read: text(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d /, Date.parse),
    write: (at) => new Date(at).toUTCString(),
  },
  {
    name: 'iCalendar',
    read: text(/^\d{8}T\d{6}Z$/, readBasic),
    write: (at) => `${iso(at).slice(0, 19).replace(/[-:]/g, '')}Z`,
  },
]

const endOf = (value: string) => value.slice(19).replace(/\d/g, '0')

function readBasic(value: string): number {
  const [, year, month, day, hour, minute, second] = /(....)(..)(..)T(..)(..)(..)Z/.exec(value)!
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

/** What a moment is called by how far it is from now: `${now+10d: date}`. `null`: it is none, or too far to be a clock's. */
export function nameMoment(value: unknown, now: number): string | null {
  for (const { name, read, isDay } of FORMS) {
    const at = read(value)
    if (at === null) continue
    const distance = isDay ? at - startOfDay(now) : at - now
    if (Math.abs(distance) > FARTHEST) return null
    return placeholder(`now${spanOf(distance)}`, name)
  }
  return null
}

const startOfDay = (at: number) => at - (((at % DAY) + DAY) % DAY)

function spanOf(distance: number): string {
  if (Math.abs(distance) <= TOLERANCE) return ''
  const minutes = Math.round(Math.abs(distance) / MINUTE)
  const sign = distance < 0 ? '-' : '+'
  if (minutes % 1440 === 0) return `${sign}${minutes / 1440}d`
  return minutes % 60 === 0 ? `${sign}${minutes / 60}h` : `${sign}${minutes}m`
}

const UNITS = { d: DAY, h: 60 * MINUTE, m: MINUTE } as const

/** Milliseconds of `now+10d`; `null`: no moment. */
function distanceOf(name: string): number | null {
  const [, sign, count, unit] = /^now(?:([+-])(\d+)([dhm]))?$/.exec(name) ?? [null]
  if (sign === null) return null
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * Number(count) * UNITS[unit as keyof typeof UNITS]
}

export const isMomentName = (name: string): boolean => /^now(?:[+-]\d+[dhm])?$/.test(name)

/** The moment of that name, as it is written now. */
export function writeMoment(name: string, form: string, now: number): string | number {
  const { write, isDay } = formOf(form)
  const distance = distanceOf(name) ?? 0
  return write((isDay ? startOfDay(now) : now) + distance)
}

/** Whether a value is the moment of that name, by a clock that may differ by five minutes; a day may have ended meanwhile. */
export function isMoment(value: unknown, name: string, form: string, now: number): boolean {
  const { read, isDay } = formOf(form)
  const at = read(value)
  const distance = distanceOf(name)
  if (at === null || distance === null) return false
  return Math.abs(at - (isDay ? startOfDay(now) : now) - distance) <= (isDay ? DAY : 2 * TOLERANCE)
}

const formOf = (name: string): Form => FORMS.find((form) => form.name === name) ?? FORMS[0]!
