import { OWN_ACCOUNTS, type Step, type StepActor } from '#app/story.ts'
import type { Endpoint } from '#line/endpoint.ts'
import type { Param } from '#line/params.ts'
import { oddValues, UNKNOWN_IDS } from '../probe-values.ts'

/** A step with one thing changed. */
export interface Variation {
  /** What is changed, for reports: `by anonymous`, `without password`. */
  readonly what: string
  readonly step: Step
  /** Only what is refused is worth asking: what succeeds says nothing, or changes something. */
  readonly refusedOnly: boolean
  /** Says something only where the answer is another one than the step's: a limit where there is more than one. */
  readonly mustDiffer?: boolean
}

/** Who else could take the step, the one who has least to do with it first. */
export function variationsOfActor(step: Step): Variation[] {
  const others: StepActor[] = [...OWN_ACCOUNTS].reverse().filter((name) => name !== step.as)
  return [...others.map((as) => ({ as, what: 'by somebody else' })), { as: 'anonymous', what: 'by anonymous' } as const]
    .filter(({ as }) => as !== step.as)
    .map(({ as, what }) => ({ what, step: { ...step, as }, refusedOnly: true }))
}

/** A path without what the step's has, one parameter at a time. */
export function variationsOfPath(step: Step, { path }: Endpoint): Variation[] {
  const names: string[] = []
  const pattern = path.replace(/\{([^:}]+)(?::(?:[^{}]|\{[^{}]*\})*)?\}|([.*+?^$()|[\]\\])/g, (_, name, special) => {
    if (special) return `\\${special}`
    names.push(name)
    return '([^/]+)'
  })
  const found = new RegExp(`^${pattern}$`, 'd').exec(step.path)
  if (!found) return []
  return names.flatMap((name, i) => {
    const [from, to] = found.indices![i + 1]!
    return UNKNOWN_IDS.map((id) => ({
      what: `${name} of nothing`,
      step: { ...step, path: step.path.slice(0, from) + id + step.path.slice(to) },
      refusedOnly: true,
    }))
  })
}

/** Texts that some operations take and others do not. */
const TEXTS: readonly (readonly [what: string, text: string])[] = [
  ['empty', ''],
  ['a space', ' '],
  ['of markup', '<ocsmock>"\'&/\\'],
  ['something else', 'ocsmock-else'],
]
const NUMBERS = ['-1', '0', '2147483648', '987654321'] as const

/** Each parameter left out, and with values that it cannot have, one at a time. */
export function variationsOfInput(step: Step, endpoint: Endpoint): Variation[] {
  const isRead = step.method === 'GET'
  return inputOf(step, endpoint).flatMap(([name, param]) => {
    const odd = oddValues(name, param).map(({ query, kind }) => ({
      what: query === '' ? `without ${name}` : kind === 'invalid' ? `${name} of another kind` : labelOf(name, query),
      step: withInput(step, name, query),
      refusedOnly: !isRead || query === '',
      mustDiffer: kind === 'limit' || kind === 'offset',
    }))
    const isText = param.options.type === 'string' || param.options.type === 'mixed'
    const texts = isText ? TEXTS : param.options.type === 'int' ? NUMBERS.map((n) => [n, n] as const) : []
    const others = texts.map(([what, text]) => ({
      what: `${name} ${what}`,
      step: withInput(step, name, pairOf(name, text)),
      refusedOnly: true,
    }))
    const without = Object.hasOwn(valuesIn(step), name) && !odd.some(({ what }) => what === `without ${name}`)
    const left = { what: `without ${name}`, step: withInput(step, name, ''), refusedOnly: true }
    return without ? [left, ...odd, ...others] : [...odd, ...others]
  })
}

const labelOf = (name: string, query: string) =>
  decodeURIComponent(query).startsWith(`${name}=`) ? decodeURIComponent(query) : `another ${name}`

/** The parameters whose texts may be too long. */
export const textsOf = (step: Step, endpoint: Endpoint): string[] =>
  inputOf(step, endpoint).flatMap(([name, { options }]) =>
    (options.type === 'string' || options.type === 'mixed') && typeof valuesIn(step)[name] === 'string' ? [name] : [],
  )

/** A text that is this long. */
export const variationOfLength = (step: Step, name: string, length: number): Variation => {
  const value = String(valuesIn(step)[name])
  // What a text begins with may decide what it is.
  const text = value.includes('{') ? value : value.slice(0, length)
  return {
    what: `${name} of ${length} characters`,
    step: withInput(step, name, pairOf(name, text.padEnd(length, 'x'))),
    refusedOnly: true,
  }
}

const pairOf = (name: string, text: string) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`

function inputOf(step: Step, { input = {}, path }: Endpoint): [string, Param<unknown>][] {
  if (step.body !== undefined) return []
  return Object.entries(input).filter(([name]) => !new RegExp(`\\{${name}[:}]`).test(path))
}

type Values = Readonly<Record<string, string | readonly string[]>>

const valuesIn = (step: Step): Values => ({ ...step.query, ...step.form })

/** The step with another value of a parameter, as a query has it; empty: without. */
function withInput(step: Step, name: string, query: string): Step {
  const pairs = Object.fromEntries(new URLSearchParams(query))
  const others = <V>(values: Readonly<Record<string, V>> = {}) =>
    Object.fromEntries(Object.entries(values).filter(([key]) => key.replace(/\[.*/, '') !== name))
  return step.method === 'GET'
    ? { ...step, query: { ...others(step.query), ...pairs } }
    : { ...step, query: others(step.query), form: { ...others(step.form), ...pairs } }
}
