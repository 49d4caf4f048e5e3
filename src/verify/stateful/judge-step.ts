import type { Answer } from '#line/call.ts'
import { type Difference, VOLATILE } from '../compare-values.ts'
import { type DecodedEnvelope, decodeEnvelope, decodePlain } from '../decode-answer.ts'
import { type Account, callOf, type Exchange, isPage, type ProbeRequest } from '../exchange.ts'
import { Judge } from '../judge.ts'
import type { Correspondence } from './correspondence.ts'
import { judgeRaw } from './judge-raw.ts'
import type { Prediction } from './model.ts'

export interface StepInput {
  readonly exchanges: readonly Exchange[]
  /** The requests of the exchanges with the model's ids. */
  readonly modelRequests: readonly ProbeRequest[]
  readonly predicted: Prediction
  readonly accounts: readonly Account[]
  readonly base: string
  readonly app: string
  readonly correspondence: Correspondence
  /** See the step. */
  readonly amongOthers?: boolean
}

export interface StepJudgement {
  readonly operation: string
  /** Differences of each exchange. */
  readonly differences: readonly (readonly Difference[])[]
  /** The status that the model gave. */
  readonly status: number
}

/** Judge the answers to one step: by the definition as always, and by what the model made of the same step. */
export async function judgeStep(input: StepInput): Promise<StepJudgement> {
  const { exchanges, predicted } = input
  const { answer } = predicted.handled
  const operation = predicted.handled.operation ?? 'protocol'
  if (input.modelRequests[0]!.raw) {
    const differences = exchanges.map((exchange) =>
      firstOfLists(judgeRaw(answer, exchange.answer, input.correspondence)),
    )
    return { operation, differences, status: answer.status }
  }
  const decode = decoderFor(input.modelRequests[0]!, answer)
  const decoded = decode(answer)
  const judge = new Judge(predicted.before)
  const differences: (readonly Difference[])[] = []
  let twin: unknown
  for (const [i, exchange] of exchanges.entries()) {
    const call = callOf(input.modelRequests[i]!, input.accounts, input.base)
    if (input.amongOthers) {
      differences.push((await judge.judge(exchange, { kind: 'limit', call })).differences)
      continue
    }
    if (typeof decoded === 'string') {
      differences.push((await judge.judge(exchange, { kind: 'step', call })).differences)
      continue
    }
    const expected = withServerIds(decoded, decode(exchange.answer), input)
    const judged = await judge.judge(exchange, {
      kind: 'step',
      call,
      predicted: expected,
      ...twinOf(exchange, decode(exchange.answer), expected, twin),
    })
    const isAsForeseen = judged.decided?.data !== undefined && judged.decided.status === expected.status
    if (isAsForeseen) twin ??= sameInXml(expected.data, judged.decided?.data)
    differences.push(firstOfLists(withoutEchoes(judged.differences, twin === undefined)))
  }
  return { operation, differences, status: typeof decoded === 'string' ? answer.status : decoded.status }
}

type Decode = (answer: Answer) => DecodedEnvelope | string

/** How an answer is read: pages without an envelope are JSON alone. */
function decoderFor({ path }: ProbeRequest, model: Answer): Decode {
  return isPage(path) && typeof decodeEnvelope(model) === 'string' ? decodePlain : decodeEnvelope
}

function withServerIds(
  model: DecodedEnvelope,
  got: ReturnType<Decode>,
  { correspondence, app }: StepInput,
): DecodedEnvelope {
  const data = typeof got === 'string' ? undefined : got.data
  return { ...model, data: correspondence.translate(model.data, data, app) as NonNullable<DecodedEnvelope['data']> }
}

/** What XML must encode: the JSON of the same call, or what the model says. */
function twinOf(
  { request }: Exchange,
  got: ReturnType<Decode>,
  { status, data }: DecodedEnvelope,
  twin: unknown,
): { twin?: unknown } {
  if (request.format === 'json') return {}
  return { twin: twin ?? (typeof got !== 'string' && got.status === status ? data : undefined) }
}

/**
 * What the XML of the same call must encode: what the JSON said. What the model does not know exactly changes by
 * itself.
 */
function sameInXml(expected: unknown, got: unknown): unknown {
  if (expected === VOLATILE) return VOLATILE
  if (Array.isArray(got))
    return got.map((item, i) => sameInXml(Array.isArray(expected) ? expected[i] : undefined, item))
  if (typeof got !== 'object' || got === null) return got
  const entries = got instanceof Map ? [...got] : Object.entries(got)
  const known = entriesOf(expected)
  const merged = entries.map(([key, item]) => [key, sameInXml(known.get(String(key)), item)] as const)
  return got instanceof Map ? new Map(merged) : Object.fromEntries(merged)
}

function entriesOf(value: unknown): ReadonlyMap<string, unknown> {
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [String(key), item]))
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}

/** What the definition says about a place need not be said again by the model. */
function withoutEchoes(differences: readonly Difference[], isAlone: boolean): Difference[] {
  const places = differences.filter(({ rule }) => rule === 'schema').map(({ where }) => where)
  return differences
    .filter(
      ({ rule, where }) =>
        rule !== 'state' || !places.some((place) => where.startsWith(place) || place.startsWith(where)),
    )
    .map((difference) =>
      isAlone && difference.rule === 'xml' ? { ...difference, rule: 'state' as const } : difference,
    )
}

/**
 * Where something is missing from a list, all that follows has moved: the first difference of a list says it, or
 * the first item that is missing or too much.
 */
function firstOfLists(differences: readonly Difference[]): Difference[] {
  const chosen = new Map<string, string>()
  const places = differences.map(({ where }) => itemsOf(where))
  for (const whole of [true, false]) {
    for (const items of places) {
      for (const { list, item, isLast } of items) if ((isLast || !whole) && !chosen.has(list)) chosen.set(list, item)
    }
  }
  return differences.filter(
    ({ rule }, i) => rule === 'schema' || places[i]!.every(({ list, item }) => chosen.get(list) === item),
  )
}

/** The lists that a place goes through, with the item of each. */
const itemsOf = (where: string) =>
  [...where.matchAll(/\/\d+(?=\/|$)|\/[\w:]+\[\d+\]/g)].map(({ index, 0: item }) => ({
    list: where.slice(0, index),
    item,
    isLast: index + item.length === where.length,
  }))
