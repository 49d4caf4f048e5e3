import { printable, printableLines } from '#lib/printable.ts'
import { answerResult } from '#line/answer.ts'
import type { Answer, Call } from '#line/call.ts'
import type { Endpoint, Result } from '#line/endpoint.ts'
import { Crash, Fatal } from '#line/failures.ts'
import { type Decide, handle, runHandler } from '#line/handle.ts'
import type { Instance } from '#line/instance.ts'
import type { Handled, Run } from '#line/run.ts'
import { compareAnswers } from './compare-answers.ts'
import { type Difference, VOLATILE } from './compare-values.ts'
import { type DecodedEnvelope, decodeEnvelope, headerOf, isUnknownRoute } from './decode-answer.ts'
import { curlOf, type Exchange, type ProbeKind, variantLabel } from './exchange.ts'
import type { Finding } from './finding.ts'
import {
  CRASHED,
  CRASHED_IN_HTTP,
  DENIALS,
  judgeDecision,
  judgeLikeness,
  judgeLimit,
  judgeState,
  placesIn,
  readDecision,
} from './judge-decision.ts'
import { compareHeaders } from './judge-headers.ts'
import { isSuccess, judgeFailure, judgeParameter } from './judge-model.ts'
import type { ModelInstanceOptions } from './model-instance.ts'
import { shownAnswer } from './shown-answer.ts'

/** What is known about an exchange besides itself. */
export interface JudgeContext {
  readonly kind: ProbeKind
  readonly call: Call
  /** The data that the JSON of the same call had, with what is volatile masked. `undefined`: not known. */
  readonly twin?: unknown
  /** The same with valid values only, which shows what of the model's answer comes from the one that is not. */
  readonly valid?: Call | undefined
  /** All headers that the server sent are there. */
  readonly seesHeaders?: boolean | undefined
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
    if (context.call.method === 'HEAD') return this.#judgeHead(exchange.answer, context)
    const differences: Difference[] = []
    let decided: DecodedEnvelope | null = null
    let unreadable = false
    let own: Answer | undefined
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
        const crash = await ownAnswer(endpoint, run, instance)
        if (statusOf(crash) === decoded.status) return crash
      }
      decided = decoded
      if (context.predicted) differences.push(...judgeState(decoded, context.predicted, places))
      // First: of a code that nobody declared, this says more.
      if (BY_MODEL.has(context.kind) && (isFirst(run) || context.kind === 'unknown-id')) {
        own = await ownAnswer(endpoint, run, instance)
        differences.push(...(await this.#judgeByModel(endpoint, own, decoded, context)))
      }
      const declared = judgeDecision(endpoint, decoded, places)
      // A status that nobody declared says as much of a parameter as of all others.
      if (context.valid && declared.some(({ where }) => where === places.status)) differences.length = 0
      differences.push(...declared)
      if (context.kind === 'limit') differences.push(...judgeLimit(decoded, run.input.limit, places))
      return encoded(run, resultOf(decoded, context.twin)) ?? exchange.answer
    }
    const handled = await handle(this.#model, context.call, decide)
    const operation = handled.operation ?? 'protocol'
    if (handled.outcome === 'not-built' || unreadable) return { operation, differences, decided }
    if (!decided) {
      const early = judgeEarlyExit(handled, exchange.answer, context.subject)
      if (early.length === 0 && context.seesHeaders) early.push(...compareHeaders(handled.answer, exchange.answer))
      return { operation, differences: early, decided }
    }
    differences.push(...compareAnswers(handled.answer, exchange.answer))
    if (context.seesHeaders && own && !differences.some(({ where }) => STATUSES.test(where)))
      differences.push(...compareHeaders(withOwnHeaders(handled.answer, own), exchange.answer))
    return { operation, differences: withoutEchoes(differences), decided }
  }

  /** What the model's own handler makes of the same request, as far as it does not depend on what a server has. */
  async #judgeByModel(
    endpoint: Endpoint,
    own: Answer,
    decoded: DecodedEnvelope,
    { kind, valid, subject = '' }: JudgeContext,
  ): Promise<Difference[]> {
    const predicted = readDecision(own, endpoint)
    if (typeof predicted === 'string') return []
    const places = placesIn(endpoint)
    if (kind === 'unknown-id') return judgeFailure(predicted, decoded, places)
    if (kind === 'valid') return judgeLikeness(endpoint, predicted, decoded, places)
    if (!valid) return []
    const usual = readDecision((await handle(this.#fork(), valid)).answer, endpoint)
    return typeof usual === 'string'
      ? []
      : judgeParameter({ kind, valid: usual, odd: predicted }, decoded, places, subject)
  }

  #fork(): Instance {
    return this.#model.inWorld(this.#model.world.fork())
  }

  /** HEAD is GET without a body. */
  async #judgeHead(answer: Answer, { call }: JudgeContext): Promise<Judgement> {
    const handled = await handle(this.#fork(), call)
    const differences = compareAnswers(handled.answer, answer)
    return { operation: handled.operation ?? 'protocol', differences, decided: null }
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

/** The variants are compared with each other: what the model says of one it says of all. */
const isFirst = ({ exit }: Run) => exit.format === 'json' && (exit.version === 2 || exit.isPage === true)

/** Kinds of probes of which the model knows something that no definition says. */
const BY_MODEL: ReadonlySet<ProbeKind> = new Set(['valid', 'unknown-id', 'invalid', 'unmatched', 'limit', 'offset'])

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

/** Another outcome has other headers. */
const STATUSES = /^(status|\/ocs\/meta\/statuscode)$/

/** The line's answer with the headers that the operation gives it besides. */
const withOwnHeaders = (answer: Answer, own: Answer): Answer =>
  own.status === answer.status
    ? {
        ...answer,
        headers: [
          ...new Map(
            [...answer.headers, ...own.headers].map(([name, value]) => [name.toLowerCase(), [name, value] as const]),
          ).values(),
        ],
      }
    : answer

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
  const isGone = typeof is !== 'string' && isUnknownRoute(is)
  const isRoute = outcome === 'unknown-route' || isGone
  return [
    {
      where: subject ?? (typeof should === 'string' ? 'status' : '/ocs/meta/statuscode'),
      expected: describe(answer, should),
      got: describe(got, is),
      // Whoever is spared a crash misses nothing.
      severity: code === CRASHED && got.status < 400 ? 'noted' : 'breaks',
      rule: isRoute ? 'route' : DENIALS.has(code) ? 'access' : 'input',
    },
  ]
}

const describe = (answer: Answer, decoded: DecodedEnvelope | string): string =>
  typeof decoded === 'string'
    ? `HTTP ${answer.status}, ${headerOf(answer, 'content-type') || 'no type'}`
    : `${decoded.status} ${decoded.message}`.trim()

/** A body that could not be read has no further differences worth telling. */
function withoutEchoes(differences: readonly Difference[]): Difference[] {
  return differences.filter(
    (difference, i) =>
      differences.findIndex(
        (other) =>
          other.where === difference.where && (other.rule === difference.rule || STATUSES.test(difference.where)),
      ) === i,
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
    answer: shownAnswer(exchange, base),
  }
}
