import type { Json, JsonObject } from './json.ts'
import { urldecode } from './php.ts'

/** PHP's `max_input_vars`: what comes after so many variables of one source is not read. */
const MOST_VARIABLES = 1000
/** PHP's `max_input_nesting_level`: a variable that is nested deeper is dropped, with all that it held. */
const MOST_LEVELS = 64
/** A name that PHP takes as it is. */
const PLAIN_NAME = /^[a-z]+$/i
/** A key that PHP counts as a number. */
const INDEX = /^(?:0|[1-9]\d{0,14})$/
/** A key that is as good as none. */
const WHITE_SPACE = /^[ \t-\r]$/

type Fields = { [key: string]: string | Fields }

/**
 * Variables of a form, a query or cookies as PHP reads them: `a[b][]=1` is nested, within PHP's limits (its defaults,
 * which Nextcloud keeps). Reading takes time by the length of what was sent, whatever it says.
 *
 * Source: PHP 8.2.36, what `parse_str` makes of the same texts.
 */
export class PhpForm {
  readonly #root: Fields = {}
  readonly #next = new Map<Fields, number>()
  #variables = 0
  #isNested = false

  /** Put a value where a name such as `a[b][]` says. */
  set(name: string, value: string): void {
    if (++this.#variables > MOST_VARIABLES) return
    if (PLAIN_NAME.test(name)) this.#root[name] = value
    else this.#setNested(name, value)
  }

  /** Whether nothing more is read. */
  get isFull(): boolean {
    return this.#variables >= MOST_VARIABLES
  }

  /** All variables; what has the keys 0, 1, 2 … is a list. */
  get variables(): JsonObject {
    return this.#isNested ? mapMembers(this.#root) : this.#root
  }

  #setNested(name: string, value: string): void {
    const path = pathOf(name)
    const [head = ''] = path
    if (path.length > MOST_LEVELS + 1) delete this.#root[head]
    else if (head !== '') this.#put(path, value)
    this.#isNested ||= path.length > 1
  }

  #put(path: readonly string[], value: string): void {
    let node = this.#root
    for (const [depth, key] of path.entries()) {
      const slot = key === '' && depth > 0 ? String(this.#next.get(node) ?? 0) : key
      if (slot === '__proto__') return
      this.#count(node, slot)
      if (depth === path.length - 1) {
        node[slot] = value
        return
      }
      const known = Object.hasOwn(node, slot) ? node[slot] : undefined
      const child = typeof known === 'object' ? known : {}
      node[slot] = child
      node = child
    }
  }

  /** The next index of an array is one more than its greatest. */
  #count(node: Fields, slot: string): void {
    if (INDEX.test(slot)) this.#next.set(node, Math.max(this.#next.get(node) ?? 0, Number(slot) + 1))
  }
}

/** Without what PHP allows in no name. */
const underscored = (text: string) => text.replace(/[. []/g, '_')

/** A name and the keys in brackets behind it; what follows the last bracket is left out, and all from U+0000 on. */
function pathOf(given: string): string[] {
  const name = given.replace(/^ +/, '').replace(/\0.*$/s, '')
  const first = name.indexOf('[')
  if (first < 0) return [underscored(name)]
  const path = [underscored(name.slice(0, first))]
  for (let open = first; name[open] === '['; ) {
    const close = name.indexOf(']', open)
    if (close < 0) return open === first && first > 0 ? [underscored(name)] : path
    const key = name.slice(open + 1, close)
    if (path.push(WHITE_SPACE.test(key) ? '' : key) > MOST_LEVELS + 1) break
    open = close + 1
  }
  return path
}

/** All members with lists where keys count from 0. */
const mapMembers = (fields: Fields): JsonObject =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, withLists(value)]))

function withLists(value: string | Fields): Json {
  if (typeof value === 'string') return value
  const keys = Object.keys(value)
  const isList = keys.length > 0 && keys.every((key, i) => key === String(i))
  return isList ? Object.values(value).map(withLists) : mapMembers(value)
}

/** `parse_str`: `a=1&b[]=2&c[k]=3` into nested arrays. */
export function parseStr(text: string): JsonObject {
  const form = new PhpForm()
  if (text === '') return form.variables
  // Not by `split`: what comes after the last variable that counts need not be looked at.
  for (let start = 0; start <= text.length && !form.isFull; ) {
    const found = text.indexOf('&', start)
    const end = found < 0 ? text.length : found
    if (end > start) addPair(form, text.slice(start, end))
    start = end + 1
  }
  return form.variables
}

function addPair(form: PhpForm, pair: string): void {
  const at = pair.indexOf('=')
  if (at < 0) form.set(urldecode(pair), '')
  else form.set(urldecode(pair.slice(0, at)), urldecode(pair.slice(at + 1)))
}
