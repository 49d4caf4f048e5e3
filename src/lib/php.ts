/**
 * PHP's view of values, as far as it shows on the wire: how parameters are parsed and cast,
 * and the one thing that a plain JavaScript value cannot say (an object without members that is no array).
 */
import type { Json, JsonObject } from './json.ts'

/** Anything that a PHP array can hold, in JavaScript. A `Map` is an array whose key order matters. */
export type PhpValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | typeof EMPTY_OBJECT
  | readonly PhpValue[]
  | PhpArray
  | ReadonlyMap<string | number, PhpValue>

/** An associative PHP array. Empty, it is `[]` in JSON, as in PHP. */
export type PhpArray = { readonly [key: string]: PhpValue }

/** PHP's `new stdClass()`: `{}` in JSON and an empty element in XML. */
export const EMPTY_OBJECT: unique symbol = Symbol('stdClass')

/** PHP's integers end here; the greatest is written as such, though JavaScript counts one more. */
export const LONG = 2 ** 63

const isLong = (value: number) => value > -LONG && value < LONG

/** A float that is no integer of PHP loses all bits above the 64th; infinity is 0 (PHP 8.2.36, asked). */
const wrapped = (value: number) => (Number.isFinite(value) ? Number(BigInt.asIntN(64, BigInt(Math.trunc(value)))) : 0)

/** `(int)$value` */
export function toInt(value: unknown): number {
  if (typeof value === 'number') return isLong(value) ? Math.trunc(value) : wrapped(value)
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'string') {
    const float = toFloat(value)
    if (isLong(float)) return Math.trunc(float)
    return Number.isFinite(float) ? Math.sign(float) * LONG : 0
  }
  return isPhpArray(value) && countOf(value) > 0 ? 1 : 0
}

/** `(float)$value` */
export function toFloat(value: unknown): number {
  if (typeof value === 'string') {
    const match = /^[ \t\n\r\v\f]*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/.exec(value)
    return match ? Number(match[1]) : 0
  }
  if (typeof value === 'number') return value
  return toInt(value)
}

/** `(string)$value` of what came as JSON or in a form. */
export function toText(value: Json): string {
  if (value === null || value === false) return ''
  if (value === true) return '1'
  return typeof value === 'object' ? 'Array' : String(value)
}

/** `(bool)$value` */
export function toBool(value: unknown): boolean {
  if (typeof value === 'string') return value !== '' && value !== '0'
  if (isPhpArray(value)) return countOf(value) > 0
  return Boolean(value)
}

/** `is_numeric($value)` */
export function isNumeric(value: unknown): boolean {
  if (typeof value === 'number') return true
  return (
    typeof value === 'string' && /^[ \t\n\r\v\f]*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?[ \t\n\r\v\f]*$/.test(value)
  )
}

/**
 * A PHP array with these keys in this order. Numeric keys come first in a plain object, so it is a map;
 * keys that count from 0 make a list, as `json_encode` sees it.
 */
export function phpArray(entries: Iterable<readonly [string | number, PhpValue]>): PhpValue {
  const map = new Map<string | number, PhpValue>(entries)
  let next = 0
  for (const key of map.keys()) if (String(key) !== String(next++)) return map
  return [...map.values()]
}

/** What a PHP array makes of a key: decimal integers are numbers (`array_keys`). */
export function phpKey(key: string): string | number {
  return /^(?:0|-?[1-9]\d*)$/.test(key) && Number.isSafeInteger(Number(key)) ? Number(key) : key
}

/** `is_array($value)`: a JavaScript array or plain object. */
export function isPhpArray(value: Json | undefined): value is readonly Json[] | JsonObject
export function isPhpArray(value: unknown): value is unknown[] | Record<string, unknown>
export function isPhpArray(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

/** Whether a value is a PHP array with keys, as a plain object. */
export const isKeyed = (value: PhpValue): value is PhpArray =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map)

function countOf(value: object): number {
  return Array.isArray(value) ? value.length : Object.keys(value).length
}

/** `trim($text)`: blanks, tabs, line ends and NUL, but no other white space. */
export function trim(text: string): string {
  return text.replace(/^[ \t\n\r\0\v]+|[ \t\n\r\0\v]+$/g, '')
}

/** `urldecode`: plus is a space, and a broken escape stays as it is. */
export function urldecode(text: string): string {
  return rawurldecode(text.includes('+') ? text.replaceAll('+', ' ') : text)
}

/** `rawurldecode`: a broken escape stays as it is. */
export function rawurldecode(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
      const bytes = Uint8Array.from(run.match(/[0-9a-fA-F]{2}/g) ?? [], (hex) => Number.parseInt(hex, 16))
      return new TextDecoder().decode(bytes)
    })
  }
}

/** `date('c')` of seconds since 1970, in UTC: `2026-11-21T02:00:49+00:00`. */
export function dateC(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, '+00:00')
}

/** PHP's `sort()` of keys: numbers among themselves by size, everything else by bytes. */
export function sortKeys(keys: readonly string[]): string[] {
  return keys.toSorted((a, b) => {
    const order = isNumeric(a) && isNumeric(b) ? toFloat(a) - toFloat(b) : 0
    return order !== 0 ? order : a < b ? -1 : a > b ? 1 : 0
  })
}

/** `json_encode($value)`, of a value that was decoded into arrays: objects without members are lists. */
export function jsonEncode(value: unknown): string {
  const text = JSON.stringify(value, (_, member: unknown) =>
    isPhpArray(member) && countOf(member) === 0 ? [] : member,
  )
  return text.replace(/[/\u007f-\uffff]/g, (c) =>
    c === '/' ? '\\/' : c === '\u007f' ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/**
 * PHP's `usort()` of up to 16 values with a comparison that knows no equality: what is not less is greater.
 * Where equals land depends on how they are looked for: up to five values go through fixed exchanges; of more,
 * the first six find their place step by step, and the others by steps of two (PHP 8.2, asked).
 */
export function sortWithoutEquality<T>(values: readonly T[], isLess: (a: T, b: T) => boolean): T[] {
  const sorted = [...values]
  const swapUnlessLess = (at: number) => {
    const [left, right] = [sorted[at]!, sorted[at + 1]!]
    if (isLess(left, right)) return false
    sorted[at] = right
    sorted[at + 1] = left
    return true
  }
  if (sorted.length > 5) return insertOneByOne(sorted, isLess)
  if (sorted.length >= 3) sortFirstThree(sorted, isLess, swapUnlessLess)
  else if (sorted.length === 2) swapUnlessLess(0)
  for (let last = 3; last < sorted.length; last++) {
    for (let at = last - 1; at >= 0 && swapUnlessLess(at); at--);
  }
  return sorted
}

function sortFirstThree<T>(list: T[], isLess: (a: T, b: T) => boolean, swapUnlessLess: (at: number) => boolean): void {
  const [a, b, c] = [list[0]!, list[1]!, list[2]!]
  if (isLess(a, b)) {
    if (swapUnlessLess(1)) swapUnlessLess(0)
  } else if (isLess(c, b)) {
    list[0] = c
    list[2] = a
  } else {
    swapUnlessLess(0)
    swapUnlessLess(1)
  }
}

function insertOneByOne<T>(values: readonly T[], isLess: (a: T, b: T) => boolean): T[] {
  const sorted: T[] = []
  values.forEach((value, i) => {
    const staysBefore = (at: number) => isLess(sorted[at]!, value)
    sorted.splice(
      i < 6 ? placeByOnes(i, staysBefore) : placeByTwos(i, staysBefore, () => !isLess(value, sorted[0]!)),
      0,
      value,
    )
  })
  return sorted
}

function placeByOnes(end: number, staysBefore: (at: number) => boolean): number {
  let at = end
  while (at > 0 && !staysBefore(at - 1)) at--
  return at
}

function placeByTwos(end: number, staysBefore: (at: number) => boolean, goesAfterFirst: () => boolean): number {
  if (staysBefore(end - 1)) return end
  for (let at = end - 3; ; at -= 2) {
    if (at === -1) return goesAfterFirst() ? 1 : 0
    if (staysBefore(at)) return staysBefore(at + 1) ? at + 2 : at + 1
    if (at === 0) return 0
  }
}

/** A moment in UTC as the web writes it: `2026-11-21T02:00:00Z`. */
export function dateZ(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** `(string)$float`: at most 14 digits, exponents with a fraction and a capital letter. */
export function phpFloatText(given: number): string {
  const value = Number(given.toPrecision(14))
  const [mantissa = 0, exponent = 0] = value.toExponential().split('e').map(Number)
  if (value === 0 || (exponent >= -5 && exponent < 15)) return String(value)
  return `${Number.isInteger(mantissa) ? mantissa.toFixed(1) : mantissa}E${exponent < 0 ? '' : '+'}${exponent}`
}

/** `urlencode`: a space is a plus, and all but letters, digits, `-`, `_` and `.` are escaped. */
export function urlencode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1).replaceAll('*', '%2A')
}
