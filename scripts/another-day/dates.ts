/** Dates further away than this are no dates of the session, but of the product or of what a client made up. */
const WINDOW = 400 * 86_400_000

const DAYS = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A way to write a moment: how to find it, what it is in milliseconds since 1970, and how another one is written. */
interface Form {
  readonly pattern: RegExp
  read(text: string): number
  write(at: number): string
}

const iso = (at: number) => new Date(at).toISOString()

const FORMS: readonly Form[] = [
  { pattern: /(?<![\w.-])1[78]\d{11}(?!\d)/g, read: Number, write: String },
  { pattern: /(?<![\d.-])1[78]\d{8}(?![\d])/g, read: (text) => Number(text) * 1000, write: (at) => String(at / 1000) },
  { pattern: /(?<!\d)20\d\d-\d\d-\d\d(?!\d)/g, read: Date.parse, write: (at) => iso(at).slice(0, 10) },
  {
    pattern: /(?<!\d)20\d\d(?:0\d|1[0-2])[0-3]\d(?!\d)/g,
    read: (text) => Date.parse(text.replace(/(....)(..)(..)/, '$1-$2-$3')),
    write: (at) => iso(at).slice(0, 10).replaceAll('-', ''),
  },
  {
    pattern: new RegExp(`${DAYS}, \\d\\d (?:${MONTHS.join('|')}) 20\\d\\d`, 'g'),
    read: (text) => Date.parse(`${text} 00:00:00 GMT`),
    write: (at) => new Date(at).toUTCString().slice(0, 16),
  },
]

/** Forms that only answers have: what is named by its second, and dates for people. */
const TOLD: readonly Omit<Form, 'write'>[] = [
  {
    pattern: /(?<![0-9a-z])6[0-9a-f]{7}(?=[0-9a-f]{5}|(?![0-9a-z]))/g,
    read: (text) => Number.parseInt(text, 16) * 1000,
  },
  { pattern: new RegExp(`(?:${MONTHS.join('|')})[a-z]* \\d{1,2}, 20\\d\\d`, 'g'), read: Date.parse },
  { pattern: new RegExp(`\\d{1,2}\\.? (?:${MONTHS.join('|')})[a-z]* 20\\d\\d`, 'g'), read: Date.parse },
  { pattern: /(?<!\d)\d{1,2}\/\d{1,2}\/\d\d(?:\d\d)?(?!\d)/g, read: Date.parse },
]

/** What is made of data that dates belong to, and keys, which no seed fixes. */
const MADE = /-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----|(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/g

const isNear = (at: number, near: number) => Math.abs(at - near) < WINDOW

/**
 * A text with all moments about one moved.
 * @param by milliseconds
 * @param near milliseconds since 1970
 */
export function moved(text: string, by: number, near: number): string {
  return FORMS.reduce(
    (left, { pattern, read, write }) =>
      left.replace(pattern, (found) => (isNear(read(found), near) ? write(read(found) + by) : found)),
    text,
  )
}

/** A text without the moments about one, and without what is made of them. */
export function withoutDates(text: string, near: number): string {
  return [...FORMS, ...TOLD].reduce(
    (left, { pattern, read }) => left.replace(pattern, (found) => (isNear(read(found), near) ? '<date>' : found)),
    text.replace(MADE, '<made>'),
  )
}
