import { isTimeZone, momentOf, type WallTime, wallTimeAt } from './time-zone.ts'

/** A moment that PHP's `new DateTime($text)` understood, and the zone that it then has. */
export interface PhpDate {
  /** Seconds since 1970. */
  readonly seconds: number
  readonly zone: string
}

interface Draft {
  readonly now: WallTime
  date: { year: number; month: number; day: number } | null
  time: { hour: number; minute: number; second: number } | null
  zone: string | null
  /** What relative words add, in units of the wall clock. */
  readonly add: Record<Unit, number>
  weekday: { readonly day: number; readonly step: number } | null
  moment: number | null
}

type Unit = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'
type Rule = readonly [pattern: RegExp, apply: (draft: Draft, match: string[]) => boolean]

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const MONTH =
  '(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)'
const WEEKDAY = '(sunday|monday|tuesday|wednesday|thursday|friday|saturday|sun|mon|tue|wed|thu|fri|sat)'
const UNIT = '(sec|second|min|minute|hour|day|fortnight|week|weekday|month|year)s?'
/** Abbreviations that PHP takes for zones, with their distance from UTC in hours. */
const ABBREVIATIONS: Readonly<Record<string, number>> = {
  utc: 0,
  gmt: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  cet: 1,
  cest: 2,
  bst: 1,
  wet: 0,
  eet: 2,
}

const number = (text: string | undefined) => Number(text ?? 0)
const monthNumber = (name: string) => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1
const fullYear = (text: string) => (text.length > 2 ? number(text) : number(text) + (number(text) < 70 ? 2000 : 1900))

function setDate(draft: Draft, year: number, month: number, day: number): boolean {
  if (draft.date || month > 12 || day > 31) return false
  draft.date = { year, month, day }
  return true
}

function setTime(draft: Draft, hour: number, minute = 0, second = 0): boolean {
  if (draft.time || hour > 24 || minute > 59 || second > 59) return false
  draft.time = { hour, minute, second }
  return true
}

function setZone(draft: Draft, zone: string): boolean {
  if (draft.zone !== null) return false
  draft.zone = zone
  return true
}

function addUnits(draft: Draft, amount: number, unit: string): boolean {
  const name = unit.toLowerCase()
  if (name === 'week') draft.add.day += 7 * amount
  else if (name === 'fortnight') draft.add.day += 14 * amount
  else if (name === 'weekday') draft.add.day += amount
  else if (name === 'sec') draft.add.second += amount
  else if (name === 'min') draft.add.minute += amount
  else draft.add[name as Unit] += amount
  return true
}

const fixedZone = (hours: number) => `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`

const midnight = (draft: Draft, days: number) => {
  draft.time = { hour: 0, minute: 0, second: 0 }
  draft.add.day += days
  return true
}

/** What PHP reads at one place of a text, the longer forms first. */
const FORMS: readonly Rule[] = [
  [
    /^@(-?\d+)(?:\.\d+)?/,
    (draft, [, at]) => {
      draft.moment = number(at)
      return setZone(draft, '+00:00')
    },
  ],
  [/^(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/, (draft, [, y, m, d]) => setDate(draft, number(y), number(m), number(d))],
  [/^(\d{4})\/(\d{1,2})\/(\d{1,2})(?!\d)/, (draft, [, y, m, d]) => setDate(draft, number(y), number(m), number(d))],
  [
    /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?!\d)/,
    (draft, [, m, d, y]) => setDate(draft, fullYear(y!), number(m), number(d)),
  ],
  [/^(\d{1,2})\/(\d{1,2})(?![\d/])/, (draft, [, m, d]) => setDate(draft, draft.now.year, number(m), number(d))],
  [/^(\d{1,2})[.-](\d{1,2})[.-](\d{4})(?!\d)/, (draft, [, d, m, y]) => setDate(draft, number(y), number(m), number(d))],
  [/^(\d{2})-(\d{1,2})-(\d{1,2})(?!\d)/, (draft, [, y, m, d]) => setDate(draft, fullYear(y!), number(m), number(d))],
  [/^(\d{4})(\d{2})(\d{2})(?!\d)/, (draft, [, y, m, d]) => setDate(draft, number(y), number(m), number(d))],
  [/^(\d{4})-(\d{2})(?![\d-])/, (draft, [, y, m]) => setDate(draft, number(y), number(m), 1)],
  [
    /^(\d{4})-(\d{3})(?!\d)/,
    (draft, [, y, day]) => {
      draft.add.day += number(day) - 1
      return setDate(draft, number(y), 1, 1)
    },
  ],
  [
    /^t?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:\s*([ap])\.?m\.?)?/i,
    (draft, [, h, m, s, half]) => readTime(draft, h!, m, s, half),
  ],
  [/^(\d{1,2})\s*([ap])\.?m\.?/i, (draft, [, h, half]) => readTime(draft, h!, '0', '0', half)],
  [
    /^(\d{1,2})(?:st|nd|rd|th)?[ .\t-]*MONTH[ .,\t-]*(\d{4})(?!\d)/i,
    (draft, [, d, m, y]) => setDate(draft, number(y), monthNumber(m!), number(d)),
  ],
  [
    /^MONTH[ .\t-]*(\d{1,2})(?:st|nd|rd|th)?[ .,\t-]+(\d{4})(?!\d)/i,
    (draft, [, m, d, y]) => setDate(draft, number(y), monthNumber(m!), number(d)),
  ],
  [/^MONTH[ .,\t-]*(\d{4})(?!\d)/i, (draft, [, m, y]) => setDate(draft, number(y), monthNumber(m!), 1)],
  [
    /^(\d{1,2})(?:st|nd|rd|th)?[ .\t-]*MONTH/i,
    (draft, [, d, m]) => setDate(draft, draft.now.year, monthNumber(m!), number(d)),
  ],
  [
    /^MONTH[ .\t-]*(\d{1,2})(?:st|nd|rd|th)?(?!\d)/i,
    (draft, [, m, d]) => setDate(draft, draft.now.year, monthNumber(m!), number(d)),
  ],
  [
    /^MONTH\b/i,
    (draft, [, m]) => {
      const made = setDate(draft, draft.now.year, monthNumber(m!), draft.now.day)
      draft.time ??= { hour: 0, minute: 0, second: 0 }
      return made
    },
  ],
  [/^([+-]?\s*\d+)\s*UNIT\b/i, (draft, [, amount, unit]) => addUnits(draft, number(amount!.replace(/\s/g, '')), unit!)],
  [/^(next|last|previous|this)\s+UNIT\b/i, (draft, [, word, unit]) => addUnits(draft, stepOf(word!), unit!)],
  [
    /^(?:(next|last|previous|this)\s+)?WEEKDAY\b\.?/i,
    (draft, [, word, day]) => {
      draft.time ??= { hour: 0, minute: 0, second: 0 }
      draft.weekday = { day: WEEKDAYS.indexOf(day!.slice(0, 3).toLowerCase()), step: word ? stepOf(word) : 0 }
      return true
    },
  ],
  [/^now\b/i, () => true],
  [/^(?:today|midnight)\b/i, (draft) => midnight(draft, 0)],
  [/^tomorrow\b/i, (draft) => midnight(draft, 1)],
  [/^yesterday\b/i, (draft) => midnight(draft, -1)],
  [
    /^noon\b/i,
    (draft) => {
      draft.time = { hour: 12, minute: 0, second: 0 }
      return true
    },
  ],
  [
    /^(\d{2})(\d{2})(?!\d)/,
    (draft, [, h, m]) => (number(h) < 24 && number(m) < 60 ? setTime(draft, number(h), number(m)) : false),
  ],
  [/^(\d{2})(\d{2})(\d{2})(?!\d)/, (draft, [, h, m, s]) => setTime(draft, number(h), number(m), number(s))],
  [/^(\d{4})(?!\d)/, (draft, [, y]) => setDate(draft, number(y), draft.now.month, draft.now.day)],
  [
    /^(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?(?!\d)/i,
    (draft, [, sign, h, m]) => setZone(draft, `${sign}${h!.padStart(2, '0')}:${m ?? '00'}`),
  ],
  [/^([a-z]+\/[a-z_]+(?:\/[a-z_]+)?)/i, (draft, [, name]) => isTimeZone(name!) && setZone(draft, name!)],
  [/^([a-z]+)/i, (draft, [, name]) => readAbbreviation(draft, name!.toLowerCase())],
]

const RULES: readonly Rule[] = FORMS.map(([pattern, apply]) => [expand(pattern), apply])

function expand(pattern: RegExp): RegExp {
  const source = pattern.source.replace('MONTH', MONTH).replace('WEEKDAY', WEEKDAY).replace('UNIT', UNIT)
  return new RegExp(source, pattern.flags)
}

function readTime(draft: Draft, h: string, m?: string, s?: string, half?: string): boolean {
  if (half === undefined) return setTime(draft, number(h), number(m), number(s))
  if (number(h) < 1 || number(h) > 12) return false
  return setTime(draft, (number(h) % 12) + (half.toLowerCase() === 'p' ? 12 : 0), number(m), number(s))
}

const stepOf = (word: string) => ({ next: 1, this: 0 })[word.toLowerCase()] ?? -1

/** A single letter is a zone of the military alphabet, which has no J. */
function readAbbreviation(draft: Draft, name: string): boolean {
  if (name === 'z') return setZone(draft, '+00:00')
  if (Object.hasOwn(ABBREVIATIONS, name)) return setZone(draft, fixedZone(ABBREVIATIONS[name]!))
  const east = 'abcdefghiklm'.indexOf(name)
  const west = 'nopqrstuvwxy'.indexOf(name)
  if (name.length !== 1 || (east < 0 && west < 0)) return false
  return setZone(draft, fixedZone(east >= 0 ? east + 1 : -west - 1))
}

/**
 * `new DateTime($text, $zone)`: dates in the common forms, relative words, times and zones.
 * `null` where PHP would throw. A date without a time is midnight; a text without a date is today.
 */
export function parsePhpDate(text: string, nowSeconds: number, zone = 'UTC'): PhpDate | null {
  const draft: Draft = {
    now: wallTimeAt(nowSeconds, zone),
    date: null,
    time: null,
    zone: null,
    add: { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 },
    weekday: null,
    moment: null,
  }
  let rest = text.trim()
  while (rest !== '') {
    const eaten = readOne(draft, rest)
    if (eaten === 0) return null
    rest = rest.slice(eaten).replace(/^[\s,]+/, '')
  }
  return finish(draft, nowSeconds, zone)
}

function readOne(draft: Draft, rest: string): number {
  for (const [pattern, apply] of RULES) {
    const match = pattern.exec(rest)
    if (match && apply(draft, match)) return match[0].length
  }
  return 0
}

function finish(draft: Draft, nowSeconds: number, fallback: string): PhpDate {
  const zone = draft.zone ?? fallback
  const now = wallTimeAt(draft.moment ?? nowSeconds, draft.moment === null ? fallback : zone)
  const date = draft.date ?? now
  const time = draft.time ?? (draft.date ? { hour: 0, minute: 0, second: 0 } : now)
  const { add, weekday } = draft
  const wall: WallTime = {
    year: date.year + add.year,
    month: date.month + add.month,
    day: date.day + add.day + (weekday ? daysTo(date, weekday) : 0),
    hour: time.hour + add.hour,
    minute: time.minute + add.minute,
    second: time.second + add.second,
  }
  return { seconds: momentOf(wall, zone), zone }
}

function daysTo(
  date: { year: number; month: number; day: number },
  { day, step }: NonNullable<Draft['weekday']>,
): number {
  const today = new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay()
  const ahead = (day - today + 7) % 7
  if (step > 0) return ahead === 0 ? 7 : ahead
  return step < 0 ? (ahead === 0 ? -7 : ahead - 7) : ahead
}
