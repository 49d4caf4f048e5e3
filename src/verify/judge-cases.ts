import { messageOf } from '#lib/errors.ts'
import type { Catalogue } from '#line/catalogue.ts'
import { compareValues, type Difference, maskVolatile } from './compare-values.ts'
import { headerOf, plain, textOf } from './decode-answer.ts'
import { callOf, type Exchange, type ProbeRequest } from './exchange.ts'
import { type Finding, notedUnlessAgain } from './finding.ts'
import { Judge, type Judgement, toFinding } from './judge.ts'
import { createModelInstance } from './model-instance.ts'
import { type ProbeCase, requestsOf } from './plan-probes.ts'
import { RELATED, relate } from './relations.ts'
import { InterruptedError, NoAnswerError, type Sender } from './sender.ts'
import type { Target } from './target.ts'
import type { Progress } from './verification.ts'

export interface CaseResult {
  readonly probe: ProbeCase
  readonly exchanges: readonly Exchange[]
  readonly findings: readonly Finding[]
  /** The answer was a success with data that the definition could judge. */
  readonly sawData: boolean
}

export interface CasesInput {
  readonly cases: readonly ProbeCase[]
  readonly sender: Sender
  readonly target: Target
  readonly catalogue: Catalogue
  readonly concurrency?: number | undefined
  /** How many requests may be sent. */
  readonly budget?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

/** What became of all cases. */
export interface JudgedCases {
  readonly results: readonly CaseResult[]
  /** Why not all were asked, as a sentence. */
  readonly cutShort: string | undefined
}

/** After so many cases in a row that nobody answered, nobody is there. */
const MOST_UNANSWERED = 8

/** Send and judge all cases, several at once; the requests of one case follow each other. */
export async function judgeCases(input: CasesInput): Promise<JudgedCases> {
  const { sender, target, onProgress, budget = Number.POSITIVE_INFINITY } = input
  // Where not all can be asked, each operation is.
  const cases = input.budget === undefined ? input.cases : [...input.cases].sort((a, b) => rankOf(a) - rankOf(b))
  const judge = new CaseJudge(target, input.catalogue, true)
  const results: CaseResult[] = []
  let unanswered = 0
  let promised = sender.requests
  const reasonToEnd = (): string | undefined => {
    if (input.signal?.aborted) return 'the run was asked to end'
    if (unanswered >= MOST_UNANSWERED) return 'the server did not answer any more'
    return promised > budget ? `the budget of ${budget} requests was spent` : undefined
  }
  const judgeNext = async (queue: ProbeCase[]) => {
    for (let probe = queue.shift(); probe; probe = queue.shift()) {
      promised = Math.max(promised, sender.requests) + mostRequests(probe)
      if (reasonToEnd() !== undefined) return
      const result = await sendAndJudge(probe, sender, judge)
      if (!result) return
      unanswered = result.findings.some(({ rule }) => rule === 'unanswered') ? unanswered + 1 : 0
      results.push(result)
      onProgress?.({ done: results.length, total: cases.length, operation: probe.operation })
    }
  }
  // A wrong password slows down everything that comes after it.
  const calm = cases.filter((probe) => probe.as !== 'wrong-password')
  await Promise.all(Array.from({ length: input.concurrency ?? 4 }, () => judgeNext(calm)))
  await judgeNext(cases.filter((probe) => probe.as === 'wrong-password'))
  const left = cases.length - results.length
  if (left === 0) return { results, cutShort: undefined }
  return {
    results,
    cutShort: `${left} of ${cases.length} questions were not asked: ${reasonToEnd() ?? 'the run ended early'}.`,
  }
}

const rankOf = ({ kind }: ProbeCase) => (kind === 'valid' ? 0 : kind === 'protocol' ? 1 : 2)
/** Each twice, and the first one as often as a value that changes by itself takes. */
const mostRequests = (probe: ProbeCase) => 2 * (requestsOf(probe).length + REPEATS + 1)

/**
 * A case in which something is found is sent again: what is not found a second time is only noted, or came from a value
 * that changes by itself. `null`: the run was asked to end.
 */
async function sendAndJudge(probe: ProbeCase, sender: Sender, judge: CaseJudge): Promise<CaseResult | null> {
  const first = await sendOnce(probe, sender, judge)
  if (!first || first.findings.every(({ severity }) => severity === 'noted')) return first
  const second = await sendOnce(probe, sender, judge)
  if (!second) return first
  const findings = notedUnlessAgain(first.findings, second.findings)
  return {
    ...first,
    exchanges: [...first.exchanges, ...second.exchanges],
    findings: findings.filter((finding) => finding.severity !== 'noted' || !mayBeVolatile(finding)),
  }
}

async function sendOnce(probe: ProbeCase, sender: Sender, judge: CaseJudge): Promise<CaseResult | null> {
  const exchanges: Exchange[] = []
  for (const request of requestsOf(probe)) {
    try {
      exchanges.push(await sender.exchange(request))
    } catch (error) {
      if (error instanceof InterruptedError) return null
      if (!(error instanceof NoAnswerError)) throw error
      const difference: Difference = {
        where: 'status',
        expected: 'an answer',
        got: error.message,
        severity: 'breaks',
        rule: 'unanswered',
      }
      const broken: Exchange = { request, answer: { status: 0, headers: [], body: '' } }
      const findings = [toFinding(difference, probe.operation, broken, { base: sender.base })]
      return { probe, exchanges, findings, sawData: false }
    }
  }
  const again = () =>
    sender.exchange(exchanges[0]!.request).catch((error: unknown) => {
      if (error instanceof NoAnswerError || error instanceof InterruptedError) return null
      throw error
    })
  try {
    const result = await judge.judge(probe, exchanges, again)
    const stale = await revalidate(probe, exchanges[0], sender)
    return stale === null ? result : { ...result, findings: [...result.findings, stale] }
  } catch (error) {
    // Whatever a server answers is something to tell, and no reason to tell nothing of all the others.
    const difference: Difference = {
      where: '',
      expected: 'an answer that can be judged',
      got: messageOf(error),
      severity: 'breaks',
      rule: 'well-formed',
    }
    const findings = exchanges.slice(0, 1).map((exchange) => toFinding(difference, probe.operation, exchange, sender))
    return { probe, exchanges, findings, sawData: false }
  }
}

/** Whoever has the state of an answer already is told so, and nothing else. */
async function revalidate(probe: ProbeCase, first: Exchange | undefined, sender: Sender): Promise<Finding | null> {
  const etag = first && headerOf(first.answer, 'etag')
  if (!etag || probe.kind !== 'valid' || first.request.version === 1) return null
  const request = { ...first.request, headers: { 'if-none-match': etag } }
  const answer = await answerOrNull(sender, request)
  if (!answer) return null
  // Of a state that changes by itself every answer is new.
  if (answer.status === NOT_MODIFIED || textOf(answer) !== textOf(first.answer)) return null
  const difference: Difference = {
    where: 'status',
    expected: `HTTP ${NOT_MODIFIED} for the ETag of the same answer`,
    got: `HTTP ${answer.status}`,
    severity: 'breaks',
    rule: 'http-status',
  }
  return toFinding(difference, probe.operation, { request, answer }, sender)
}

const NOT_MODIFIED = 304

const answerOrNull = (sender: Sender, request: ProbeRequest) =>
  sender.exchange(request).then(
    ({ answer }) => answer,
    (error: unknown) => {
      if (error instanceof NoAnswerError || error instanceof InterruptedError) return null
      throw error
    },
  )

const COMPARING_RULES: ReadonlySet<string> = new Set(['xml', 'versions-agree', 'unknown-parameter', 'limit', 'order'])
/** Whether a value which changes by itself can explain it. */
const mayBeVolatile = ({ rule, where }: Finding) => COMPARING_RULES.has(rule) && where !== STATUS_CODE
const STATUS_CODE = '/ocs/meta/statuscode'
const REPEATS = 2

/** Judges the exchanges of one case, alone and against each other. */
export class CaseJudge {
  readonly #judge: Judge
  readonly #target: Target
  readonly #seesHeaders: boolean

  /** @param seesHeaders answers have all headers that the server sent; recordings keep some */
  constructor(target: Target, catalogue: Catalogue, seesHeaders = false) {
    this.#target = target
    this.#seesHeaders = seesHeaders
    this.#judge = new Judge(createModelInstance({ ...target, catalogue }))
  }

  /** @param again asks the first request of the case once more; `null` where nobody can be asked */
  async judge(
    probe: ProbeCase,
    exchanges: readonly Exchange[],
    again: () => Promise<Exchange | null>,
  ): Promise<CaseResult> {
    const first = await Promise.all(exchanges.map((exchange) => this.#judgeOne(probe, exchange, undefined)))
    const reference = first.findIndex((judged, i) => exchanges[i]!.request.format === 'json' && hasData(judged))
    let data = reference < 0 ? undefined : first[reference]!.decided!.data
    let findings = await this.#compareAll(probe, exchanges, first, data)
    for (let i = 0; i < REPEATS && data !== undefined && findings.some(mayBeVolatile); i++) {
      const repeated = await again()
      const judged = repeated && (await this.#judgeOne(probe, repeated, undefined))
      if (!judged || judged.decided?.status !== first[reference]!.decided!.status) break
      data = maskVolatile(data, judged.decided.data) as typeof data
      findings = await this.#compareAll(probe, exchanges, first, data)
    }
    return {
      probe,
      exchanges,
      findings,
      sawData: probe.kind === 'valid' && reference >= 0 && isSuccess(first[reference]!),
    }
  }

  #judgeOne(probe: ProbeCase, exchange: Exchange, twin: unknown): Promise<Judgement> {
    const { kind, subject, valid = probe.control } = probe
    const callFor = (request: ProbeRequest) => callOf(request, this.#target.accounts, this.#target.base)
    return this.#judge.judge(exchange, {
      kind,
      subject,
      call: callFor(exchange.request),
      valid: valid === undefined ? undefined : callFor({ ...exchange.request, query: valid }),
      seesHeaders: this.#seesHeaders,
      twin,
    })
  }

  async #compareAll(
    probe: ProbeCase,
    exchanges: readonly Exchange[],
    first: readonly Judgement[],
    data: unknown,
  ): Promise<Finding[]> {
    const usual = RELATED.has(probe.kind) ? undefined : usualStatus(first)
    const findings: Finding[] = []
    for (const [i, exchange] of exchanges.entries()) {
      const judged = first[i]!
      const status = judged.decided?.status
      let differences: readonly Difference[]
      if (status !== undefined && usual !== undefined && status !== usual) differences = [otherStatus(usual, judged)]
      else if (exchange.request.format === 'xml' && status !== undefined && data !== undefined) {
        differences = (await this.#judgeOne(probe, exchange, data)).differences
      } else differences = [...judged.differences, ...compareData(probe, exchange.request, judged, data)]
      findings.push(...differences.map((difference) => toFinding(difference, probe.operation, exchange, this.#target)))
    }
    return findings
  }
}

const hasData = ({ decided }: Judgement) => decided?.data !== undefined
const isSuccess = ({ decided }: Pick<Judgement, 'decided'>) =>
  decided !== null && decided.status >= 200 && decided.status < 300

/** The status that most variants say; of two, the first one's. */
function usualStatus(judged: readonly Judgement[]): number | undefined {
  const counts = new Map<number, number>()
  for (const { decided } of judged) if (decided) counts.set(decided.status, (counts.get(decided.status) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

function otherStatus(usual: number | undefined, { decided }: Judgement): Difference {
  return {
    where: STATUS_CODE,
    expected: `${usual}, as in the other variants`,
    got: `${decided!.status} ${decided!.message}`.trim(),
    severity: 'breaks',
    rule: 'versions-agree',
  }
}

/** v1 and v2 have the same data, and a parameter that nobody knows changes nothing. */
function compareData(probe: ProbeCase, request: ProbeRequest, { decided }: Judgement, data: unknown): Difference[] {
  const { kind, subject = '' } = probe
  if (data === undefined || decided?.data === undefined) return []
  if (RELATED.has(kind)) {
    const isControl = request.query === probe.control || !isSuccess({ decided })
    return isControl ? [] : relate(kind, subject, data, decided.data)
  }
  const found: Difference[] = []
  const rule = kind === 'unknown-parameter' ? 'unknown-parameter' : 'versions-agree'
  compareValues(plain(data), plain(decided.data), '/ocs/data', (difference) => found.push({ ...difference, rule }))
  return rule === 'unknown-parameter' ? found.filter((one) => !isCounter(one)) : found
}

/** Bytes in use and the like move with every request, by whatever it is (apcu of serverinfo, Nextcloud 33.0.0, seen). */
function isCounter({ expected, got }: Difference): boolean {
  const [before, after] = [Number(expected), Number(got)]
  return before > LEAST_COUNTER && Math.abs(after - before) < before / 100
}
const LEAST_COUNTER = 100_000
