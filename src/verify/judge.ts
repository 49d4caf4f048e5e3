import { printable, printableLines } from '#lib/printable.ts'
import { checkValue, type Mismatch, s } from '#lib/schema.ts'
import { answerResult } from '#line/answer.ts'
import type { Answer, Call } from '#line/call.ts'
import type { Endpoint, Result } from '#line/endpoint.ts'
import { envelopeV2 } from '#line/envelope.ts'
import { Crash, Fatal } from '#line/failures.ts'
import { type Decide, handle, runHandler } from '#line/handle.ts'
import type { Instance } from '#line/instance.ts'
import type { Handled, Run } from '#line/run.ts'
import { compareAnswers, compareValues, type Difference, VOLATILE } from './compare-answers.ts'
import { type DecodedEnvelope, decodeEnvelope, decodePlain, headerOf, isUnknownRoute, plain } from './decode-answer.ts'
import { curlOf, type Exchange, type ProbeKind, variantLabel } from './exchange.ts'
import { type Finding, show } from './finding.ts'
import type { ModelInstanceOptions } from './model-instance.ts'

/** What is known about an exchange besides itself. */
export interface JudgeContext {
  readonly kind: ProbeKind
  readonly call: Call
  /** The data that the JSON of the same call had, with what is volatile masked. `undefined`: not known. */
  readonly twin?: unknown
  /** What the request is about, for findings: `parameter search`. */
  readonly subject?: string | undefined
  /** What the model decided for the same request, in the words of the server. */
  readonly predicted?: DecodedEnvelope
}

/** What the judge made of one exchange. */
export interface Judgement {
  /** The operation that the line found, or the protocol rule that was asked. */
  readonly operation: string
  readonly differences: readonly Difference[]
  /** What the answer says, if the operation itself had to decide. */
  readonly decided: DecodedEnvelope | null
}

/**
 * Judges answers of a real server by running the request through our own line. The step that decides is
 * swapped: what the server decided stands there, checked by the operation's definition; the envelope and
 * the encoding that our line then gives it are what the server should have sent. Where the line ends
 * before that step (no credentials, no route, wrong types), its own answer is what should have come.
 */
export class Judge {
  readonly #model: Instance

  constructor(model: Instance) {
    this.#model = model
  }

  async judge(exchange: Pick<Exchange, 'answer'>, context: JudgeContext): Promise<Judgement> {
    const differences: Difference[] = []
    let decided: DecodedEnvelope | null = null
    let unreadable = false
    const decide: Decide = async (endpoint, instance, run) => {
      const decoded = readDecision(exchange.answer, endpoint)
      const places = placesIn(endpoint)
      if (typeof decoded === 'string') {
        unreadable = true
        if (await answersAlike(exchange.answer, endpoint, run, instance)) return exchange.answer
        differences.push(unreadableBody(decoded))
        return exchange.answer
      }
      if (decoded.status === CRASHED || decoded.status === CRASHED_IN_HTTP) {
        const own = await ownAnswer(endpoint, run, instance)
        if (statusOf(own) === decoded.status) return own
      }
      decided = decoded
      if (context.predicted) differences.push(...judgeState(decoded, context.predicted, places))
      // First: of a code that nobody declared, this says more.
      if (context.kind === 'unknown-id') differences.push(...(await judgeFailure(endpoint, decoded, run, instance)))
      differences.push(...judgeDecision(endpoint, decoded, places))
      if (context.kind === 'limit') differences.push(...judgeLimit(decoded, run.input.limit, places))
      return encoded(run, resultOf(decoded, context.twin)) ?? exchange.answer
    }
    const handled = await handle(this.#model, context.call, decide)
    const operation = handled.operation ?? 'protocol'
    if (handled.outcome === 'not-built' || unreadable) return { operation, differences, decided }
    if (!decided) return { operation, differences: judgeEarlyExit(handled, exchange.answer, context.subject), decided }
    differences.push(...compareAnswers(handled.answer, exchange.answer))
    return { operation, differences: withoutEchoes(differences), decided }
  }
}

/** What our line makes of a decision; `null`: nothing, because no element can have the name of a member. */
function encoded(run: Run, result: Result): Answer | null {
  try {
    return answerResult(run.exit, result)
  } catch (error) {
    if (error instanceof Fatal || error instanceof Crash) return null
    throw error
  }
}

/** Where in an answer a decision stands. */
interface Places {
  readonly data: string
  readonly status: string
  readonly message: string
}

const IN_ENVELOPE: Places = { data: '/ocs/data', status: '/ocs/meta/statuscode', message: '/ocs/meta/message' }
const WITHOUT_ENVELOPE: Places = { data: '', status: 'status', message: '/message' }

const placesIn = ({ envelope }: Endpoint): Places => (envelope === false ? WITHOUT_ENVELOPE : IN_ENVELOPE)

/** A crash of the real server, which some operations cannot avoid: ours then crash too. */
const CRASHED = 996
/** The same, where the legacy exit has the status of HTTP. */
const CRASHED_IN_HTTP = 500

/** What our own handler answers, without leaving a trace. */
const ownAnswer = (endpoint: Endpoint, run: Run, instance: Instance) =>
  runHandler(endpoint, instance.inWorld(instance.world.fork()), run)

function statusOf(answer: Answer): number | null {
  const decoded = decodeEnvelope(answer)
  return typeof decoded === 'string' ? null : decoded.status
}

/** Our own handler leaves the envelope too, as some operations do, with the same status and type. */
async function answersAlike(answer: Answer, endpoint: Endpoint, run: Run, instance: Instance): Promise<boolean> {
  const own = await ownAnswer(endpoint, run, instance)
  const typeOf = (one: Answer) => headerOf(one, 'content-type').split(';')[0]!.toLowerCase()
  return typeof decodeEnvelope(own) === 'string' && own.status === answer.status && typeOf(own) === typeOf(answer)
}

/** Something that exists nowhere: what our own handler answers without any state is what must come. */
async function judgeFailure(
  endpoint: Endpoint,
  decoded: DecodedEnvelope,
  run: Run,
  instance: Instance,
): Promise<Difference[]> {
  const predicted = readDecision(await ownAnswer(endpoint, run, instance), endpoint)
  if (typeof predicted === 'string' || isSuccess(predicted.status) || predicted.status === decoded.status) return []
  return [
    {
      where: placesIn(endpoint).status,
      expected: `${predicted.status} ${predicted.message}`.trim(),
      got: `${decoded.status} ${decoded.message}`.trim(),
      severity: 'breaks',
      rule: 'failure',
    },
  ]
}

/** What the model says about a state that it shares with the server. */
function judgeState(decoded: DecodedEnvelope, predicted: DecodedEnvelope, at: Places): Difference[] {
  const rule = isSuccess(predicted.status) ? 'state' : 'failure'
  const [expected, got] = [predicted, decoded].map(({ status, message }) => `${status} ${message}`.trim()) as [
    string,
    string,
  ]
  if (predicted.status !== decoded.status) {
    return [{ where: at.status, expected, got, severity: 'breaks', rule }]
  }
  // The envelope gives successes their message, another one in each version.
  if (rule === 'failure' && predicted.message !== decoded.message) {
    return [{ where: at.message, expected, got, severity: 'differs', rule }]
  }
  const found: Difference[] = []
  if (decoded.data === undefined) return found
  compareValues(plain(predicted.data), plain(decoded.data), at.data, (difference) =>
    found.push({ ...difference, rule: 'state' }),
  )
  return found
}

const isSuccess = (status: number) => status >= 200 && status < 300

/** What the server decided. Statuses that forbid a body say everything by themselves. */
function readDecision(answer: Answer, { envelope }: Endpoint): DecodedEnvelope | string {
  if (answer.status === 204 || answer.status === 304) {
    return { meta: {}, status: answer.status, message: '', totalItems: undefined, itemsPerPage: undefined, data: [] }
  }
  return envelope === false ? decodePlain(answer) : decodeEnvelope(answer)
}

/** The decision as a handler would have returned it, for the envelope and the encoding of our line. */
function resultOf(decoded: DecodedEnvelope, twin: unknown): Result {
  return {
    status: decoded.status,
    message: decoded.message,
    data: [twin, decoded.data, isSuccess(decoded.status) ? VOLATILE : []].find(
      (data) => data !== undefined,
    ) as Result['data'],
    ...(decoded.totalItems === undefined ? {} : { totalItems: decoded.totalItems }),
    ...(decoded.itemsPerPage === undefined ? {} : { itemsPerPage: decoded.itemsPerPage }),
  }
}

/** Whether an operation may decide this, and whether the data is what it declares. */
function judgeDecision(endpoint: Endpoint, { status, message, data }: DecodedEnvelope, at: Places): Difference[] {
  const schema = endpoint.responses?.[status] ?? (status === 200 ? endpoint.output : undefined)
  if (schema) return data === undefined ? [] : checkValue(schema, plain(data), at.data).map(fromMismatch)
  const got = `${status} ${message}`.trim()
  const failures = failuresOf(endpoint)
  const isMissing = isUnknownRoute({ status, message })
  if (failures.includes(status) && !isMissing) return judgeFailureData(endpoint, data, at)
  const where = at.status
  const declared = [200, ...Object.keys(endpoint.responses ?? {}), ...failures]
  const expected = `one of ${[...new Set(declared.map(Number))].sort((a, b) => a - b).join(', ')}`
  if (status === CRASHED || status === CRASHED_IN_HTTP)
    return [{ where, expected, got, severity: 'breaks', rule: 'server-error' }]
  if (DENIALS.has(status)) {
    return [
      { where, expected: `${expected}, as ${endpoint.access} may call it`, got, severity: 'breaks', rule: 'access' },
    ]
  }
  if (isMissing || status === 998) return [{ where, expected, got, severity: 'breaks', rule: 'route' }]
  return [{ where, expected, got, severity: 'undocumented', rule: 'failure' }]
}

/** The statuses that declared failures have in answers. */
function failuresOf({ envelope, failures = {} }: Endpoint): number[] {
  const codes = Object.keys(failures).map(Number)
  return envelope === false ? codes.map((status) => envelopeV2({ status, data: [] }).httpStatus) : codes
}

/** A failure has no data; without an envelope it has a message. */
function judgeFailureData({ envelope }: Endpoint, data: unknown, at: Places): Difference[] {
  if (data === undefined) return []
  const schema = envelope === false ? s.object({ message: s.string() }, 'allow') : s.empty()
  if (checkValue(schema, plain(data)).length === 0) return []
  const expected = envelope === false ? 'a message' : '[]'
  return [{ where: at.data, expected, got: show(plain(data)), severity: 'differs', rule: 'failure' }]
}

function fromMismatch({ pointer, expected, got }: Mismatch): Difference {
  return { where: pointer, expected, got, severity: expected === 'absent' ? 'undocumented' : 'breaks', rule: 'schema' }
}

/** A list that was asked for with a limit: the data itself, or its only member. */
function judgeLimit({ data, status }: DecodedEnvelope, limit: unknown, at: Places): Difference[] {
  if (!isSuccess(status) || typeof limit !== 'number') return []
  const value = plain(data)
  const members = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
  const [where, list] = members.length === 1 ? [`${at.data}/${members[0]![0]}`, members[0]![1]] : [at.data, value]
  if (!Array.isArray(list) || list.length <= limit) return []
  return [{ where, expected: `at most ${limit}`, got: `${list.length}`, severity: 'breaks', rule: 'limit' }]
}

const unreadableBody = (got: string): Difference => {
  const expected = /^not (well-formed \w+)/.exec(got)?.[1] ?? 'an OCS envelope'
  return { where: '', expected, got, severity: 'breaks', rule: 'well-formed' }
}

/** The line ended before the operation was asked; if the server decided otherwise, that is one finding. */
function judgeEarlyExit({ answer, outcome }: Handled, got: Answer, subject: string | undefined): Difference[] {
  const [should, is] = [decodeEnvelope(answer), decodeEnvelope(got)]
  const isOcs = outcome !== 'unknown-route' && typeof should !== 'string'
  if (isOcs && typeof is === 'string' && answer.status === got.status) return [unreadableBody(is)]
  const same =
    typeof should === 'string'
      ? typeof is === 'string' && answer.status === got.status
      : typeof is !== 'string' && should.status === is.status
  if (same) return compareAnswers(answer, got)
  const code = typeof should === 'string' ? answer.status : should.status
  return [
    {
      where: subject ?? (typeof should === 'string' ? 'status' : '/ocs/meta/statuscode'),
      expected: describe(answer, should),
      got: describe(got, is),
      // Whoever is spared a crash misses nothing.
      severity: code === CRASHED && got.status < 400 ? 'noted' : 'breaks',
      rule: outcome === 'unknown-route' ? 'route' : DENIALS.has(code) ? 'access' : 'input',
    },
  ]
}

const DENIALS: ReadonlySet<number> = new Set([997, 401, 403, 412])

const describe = (answer: Answer, decoded: DecodedEnvelope | string): string =>
  typeof decoded === 'string'
    ? `HTTP ${answer.status}, ${headerOf(answer, 'content-type') || 'no type'}`
    : `${decoded.status} ${decoded.message}`.trim()

/** A body that could not be read has no further differences worth telling. */
function withoutEchoes(differences: readonly Difference[]): Difference[] {
  return differences.filter(
    (difference, i) =>
      differences.findIndex((other) => other.where === difference.where && other.rule === difference.rule) === i,
  )
}

/** A difference as a finding that a person can follow. */
export function toFinding(
  difference: Difference,
  operation: string,
  exchange: Exchange,
  { base }: Pick<ModelInstanceOptions, 'base'>,
): Finding {
  const { where, expected, got } = difference
  return {
    operation,
    ...difference,
    where: printable(where),
    expected: printable(expected),
    got: printable(got),
    seen: [variantLabel(exchange.request)],
    reproduce: printableLines(curlOf(exchange.request, base)),
  }
}
