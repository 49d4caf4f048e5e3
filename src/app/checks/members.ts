import { didYouMean } from '#lib/did-you-mean.ts'

/** What a member of a definition has to be. */
export interface MemberCheck {
  /** Whether it may be left out. */
  readonly optional?: true
  /** What to write: `a text`, `a function`. */
  readonly expected: string
  fits(value: unknown): boolean
  /** All that it can be, where that are a few words. */
  readonly words?: readonly string[]
}

/** The members of a definition. */
export type MemberChecks<T> = { readonly [M in keyof Required<T>]: MemberCheck }

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const check = (expected: string, fits: (value: unknown) => boolean): MemberCheck => ({ expected, fits })

/** Kinds of members. */
export const a = {
  text: check('a text', (value) => typeof value === 'string'),
  name: check('a text that is not empty', (value) => typeof value === 'string' && value !== ''),
  bool: check('true or false', (value) => typeof value === 'boolean'),
  number: check('a number', (value) => typeof value === 'number'),
  numberOrNull: check('a number or null', (value) => typeof value === 'number' || value === null),
  fn: check('a function', (value) => typeof value === 'function'),
  list: check('a list', Array.isArray),
  listOrFn: check('a list, or a function', (value) => Array.isArray(value) || typeof value === 'function'),
  record: check('an object', isRecord),
  schema: check('made by s, such as s.object({ id: s.int() })', (value) => isRecord(value) && 'toJsonSchema' in value),
  anything: check('anything', () => true),
  only: (value: unknown): MemberCheck => check(JSON.stringify(value), (given) => given === value),
  either: (...values: readonly unknown[]): MemberCheck =>
    check(values.map((value) => JSON.stringify(value)).join(' or '), (given) => values.includes(given)),
  /** One of some words, of which the compiler misses none. */
  word: <W extends string>(words: Readonly<Record<W, true>>): MemberCheck => ({
    expected: `one of ${Object.keys(words).join(', ')}`,
    fits: (value) => typeof value === 'string' && Object.hasOwn(words, value),
    words: Object.keys(words),
  }),
}

export const optional = (member: MemberCheck): MemberCheck => ({ ...member, optional: true })

/** A value in a sentence. */
export function show(value: unknown): string {
  if (value === undefined) return 'missing'
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  return JSON.stringify(value)
}

/** What is wrong with the members of a definition, in a sentence that begins with "has" or "is"; `null`: nothing. */
export function membersProblem(
  value: Readonly<Record<string, unknown>>,
  checks: Readonly<Record<string, MemberCheck>>,
) {
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(checks, name))
      return `has an unknown member "${name}". ${didYouMean(
        name,
        Object.keys(checks).filter((known) => known !== 'kind'),
      )}`
  }
  for (const [name, member] of Object.entries(checks)) {
    const given = value[name]
    if (given === undefined) {
      if (member.optional) continue
      return `has no "${name}". It is ${member.expected}.`
    }
    if (member.fits(given)) continue
    const meant = member.words && typeof given === 'string' ? ` ${didYouMean(given, member.words)}` : ''
    return `has ${show(given)} as "${name}", which is ${member.expected}.${meant}`
  }
  return null
}
