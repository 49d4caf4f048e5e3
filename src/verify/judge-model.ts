import { alignLists } from './align-lists.ts'
import { type Difference, VOLATILE } from './compare-values.ts'
import { type DecodedEnvelope, plain } from './decode-answer.ts'
import type { ProbeKind } from './exchange.ts'
import { show } from './finding.ts'
import { listIn } from './relations.ts'

/** Where in an answer a decision stands. */
export interface Places {
  readonly data: string
  readonly status: string
  readonly message: string
}

/** Below, a server says that somebody has everything already. */
const LEAST_FAILURE = 400

export const isSuccess = (status: number): boolean => status >= 200 && status < 300

const statusText = ({ status, message }: DecodedEnvelope) => `${status} ${message}`.trim()

/** A failure that does not depend on what a server has: the model's is the one that must come. */
export function judgeFailure(predicted: DecodedEnvelope, decoded: DecodedEnvelope, at: Places): Difference[] {
  if (isSuccess(predicted.status)) return []
  const [expected, got] = [statusText(predicted), statusText(decoded)]
  if (predicted.status !== decoded.status) {
    return [{ where: at.status, expected, got, severity: 'breaks', rule: 'failure' }]
  }
  if (predicted.message !== decoded.message)
    return [{ where: at.message, expected, got, severity: 'differs', rule: 'failure' }]
  if (decoded.data === undefined) return []
  const [should, is] = [show(plain(predicted.data)), show(plain(decoded.data))]
  return should === is ? [] : [{ where: at.data, expected: should, got: is, severity: 'differs', rule: 'failure' }]
}

/** What the model answers to valid parameters, and to those with one that is not. */
export interface ParameterPrediction {
  readonly kind: ProbeKind
  readonly valid: DecodedEnvelope
  readonly odd: DecodedEnvelope
}

/**
 * What one odd value of a parameter does to the model's answer it must do to the server's, whatever else the two have: a
 * failure that valid values do not get, or nothing where there was something.
 */
export function judgeParameter(
  { kind, valid, odd }: ParameterPrediction,
  decoded: DecodedEnvelope,
  at: Places,
  subject: string,
): Difference[] {
  if (!isSuccess(valid.status)) return []
  if (!isSuccess(odd.status)) return judgeFailure(odd, decoded, at)
  if (decoded.status >= LEAST_FAILURE) {
    const expected = `${statusText(odd)}, whatever ${subject} is`
    return [{ where: at.status, expected, got: statusText(decoded), severity: 'breaks', rule: 'input' }]
  }
  if (
    kind !== 'unmatched' ||
    decoded.data === undefined ||
    itemsIn(odd.data) > 0 ||
    itemsIn(valid.data) === 0 ||
    itemsIn(decoded.data) === 0
  )
    return []
  const expected = `nothing, as nothing has this ${subject}`
  const list = listIn(plain(decoded.data))
  const got = show(list?.list ?? plain(decoded.data))
  return [{ where: at.data + (list?.at ?? ''), expected, got, severity: 'breaks', rule: 'input' }]
}

/** How many items all lists of a value have. */
function itemsIn(value: unknown): number {
  const data = plain(value)
  if (Array.isArray(data)) return data.reduce((sum: number, item) => sum + Math.max(1, itemsIn(item)), 0)
  if (typeof data !== 'object' || data === null) return 0
  return Object.values(data).reduce((sum: number, member) => sum + itemsIn(member), 0)
}

type JsonSchema = Readonly<Record<string, unknown>>
type Report = (difference: Difference) => void

const kindOf = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)
const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0
const isMembers = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const at = (pointer: string, key: string) => `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`

/** What the model says of kinds and members where a definition leaves open what there is, as capabilities do. */
export function judgeOpenPlaces(schema: JsonSchema, model: unknown, got: unknown, pointer: string): Difference[] {
  const found: Difference[] = []
  walkSchema(schema, plain(model), plain(got), pointer, (difference) => found.push(difference))
  return found
}

function walkSchema(schema: JsonSchema, model: unknown, got: unknown, pointer: string, report: Report): void {
  if (isOpen(schema)) compareKinds(model, got, pointer, report)
  if (!isMembers(model) || !isMembers(got)) return
  const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>
  const others = isMembers(schema.additionalProperties) ? schema.additionalProperties : undefined
  if (others && isOpen(others)) {
    compareMembers(model, got, pointer, report)
    return
  }
  for (const [key, member] of Object.entries(model)) {
    const inside = properties[key] ?? others
    if (inside && Object.hasOwn(got, key)) walkSchema(inside, member, got[key], at(pointer, key), report)
    else if (others && !properties[key])
      report({ where: at(pointer, key), expected: show(member), got: 'missing', severity: 'breaks', rule: 'schema' })
  }
}

const isOpen = (schema: JsonSchema): boolean => Object.keys(schema).every((key) => key === 'description')

function compareKinds(model: unknown, got: unknown, pointer: string, report: Report): void {
  if (model === VOLATILE || model === null || got === null || isEmpty(model) || isEmpty(got)) return
  const [expected, is] = [kindOf(model), kindOf(got)]
  if (expected !== is) {
    report({
      where: pointer,
      expected: article(expected),
      got: `${is} ${show(got)}`,
      severity: 'breaks',
      rule: 'schema',
    })
  } else if (Array.isArray(model) && Array.isArray(got)) compareItemKinds(model, got, pointer, report)
  else if (isMembers(model) && isMembers(got)) compareMembers(model, got, pointer, report)
}

/** Of a list of one kind all items are of that kind. */
function compareItemKinds(model: readonly unknown[], got: readonly unknown[], pointer: string, report: Report): void {
  const kinds = new Set(model.map(kindOf))
  const wrong = got.findIndex((item) => !kinds.has(kindOf(item)))
  if (wrong < 0) return
  const expected = article([...kinds].join(' or '))
  const is = `${kindOf(got[wrong])} ${show(got[wrong])}`
  report({ where: `${pointer}/${wrong}`, expected, got: is, severity: 'breaks', rule: 'schema' })
}

type Members = Readonly<Record<string, unknown>>

/**
 * Which members there are may depend on settings, and settings show: where all values beside it are those of the model, a
 * member that is not there is missing.
 */
function compareMembers(model: Members, got: Members, pointer: string, report: Report): void {
  const isLeaf = (value: unknown) => typeof value !== 'object'
  const isSame = Object.entries(model).every(([key, value]) => !isLeaf(value) || !(key in got) || got[key] === value)
  for (const [key, value] of Object.entries(model)) {
    if (Object.hasOwn(got, key)) compareKinds(value, got[key], at(pointer, key), report)
    else if (isSame)
      report({ where: at(pointer, key), expected: show(value), got: 'missing', severity: 'breaks', rule: 'schema' })
  }
}

const article = (kind: string) => (/^[aeio]/.test(kind) ? `an ${kind}` : `a ${kind}`)

/** Items that both have come in the order of the model. */
export function judgeOrder(model: unknown, got: unknown, pointer: string): Difference[] {
  const [one, two] = [plain(model), plain(got)]
  if (Array.isArray(one) && Array.isArray(two)) return orderOf(one, two, pointer)
  if (!isMembers(one) || !isMembers(two)) return []
  return Object.entries(one).flatMap(([key, member]) =>
    Object.hasOwn(two, key) ? judgeOrder(member, two[key], at(pointer, key)) : [],
  )
}

function orderOf(model: readonly unknown[], got: readonly unknown[], pointer: string): Difference[] {
  const order = alignLists(model, got)?.names
  if (!order) return []
  return [{ where: pointer, expected: show(order[0]), got: show(order[1]), severity: 'differs', rule: 'order' }]
}
