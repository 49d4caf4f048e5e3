import type { Catalogue } from '#line/catalogue.ts'
import { allInRelease } from '#line/in-release.ts'
import { compareValues, VOLATILE } from './compare-values.ts'
import { textOf } from './decode-answer.ts'
import type { Exchange } from './exchange.ts'
import { type Finding, mergeFindings } from './finding.ts'
import { CaseJudge } from './judge-cases.ts'
import { normaliseCases } from './normalise-cases.ts'
import { type ProbeCase, planProbes, requestsOf } from './plan-probes.ts'
import {
  exchangeOf,
  exchangesOf,
  type RecordedAnswer,
  type RecordedCase,
  type Recording,
  recordedTarget,
  targetOfRecording,
} from './recording.ts'
import { Redactor } from './redact.ts'
import { SecretMarks } from './secret-marks.ts'
import { Sender } from './sender.ts'
import { discover, type Target } from './target.ts'
import { TrafficJudge } from './traffic/judge-traffic.ts'
import { observedOf } from './traffic/observed-from-recording.ts'
import type { VerifyOptions } from './verification.ts'

/** A recording, and what it took. */
export interface RecordingRun {
  readonly recording: Recording
  readonly requests: number
  readonly milliseconds: number
  /** How many of them a request was under way. */
  readonly busy: number
}

/**
 * Ask an instance what the verifier asks, and keep the answers. Nothing secret is in the result: it was
 * redacted before it could be written anywhere.
 * @throws TargetError, and NoAnswerError where the connection breaks: half a recording is none
 */
export async function record(options: VerifyOptions): Promise<Recording> {
  return (await recordNow(options)).recording
}

/** The same, of probes of your own. @param probesFor what to send to the server that was found; default: what the verifier sends */
export async function recordNow(
  options: VerifyOptions,
  probesFor?: (target: Target) => readonly ProbeCase[],
): Promise<RecordingRun> {
  const started = performance.now()
  const { endpoints } = await options.catalogue.loadAll()
  const sender = new Sender({ ...options, base: options.url.replace(/\/+$/, '') })
  const target = await discover(sender, options.logins ?? [], { ...options, endpoints })
  const there = allInRelease(endpoints, target.profile)
  const planned = () => planProbes({ endpoints: there, only: options.only, ...target }).cases.filter(isRead)
  const cases = probesFor?.(target) ?? planned()
  const answered = await sendAll(cases, sender, options)
  // Some time has passed by now, so what changes by itself has had time to change.
  const again = new Map<ProbeCase, Exchange>()
  const sendAgain = async ({ probe, exchanges: [first] }: AnsweredCase) => {
    if (probe.as !== 'wrong-password' && first?.answer.status === 200)
      again.set(probe, await sender.exchange(first.request))
  }
  await Promise.all(answered.map(sendAgain))
  const milliseconds = performance.now() - started
  const marks = new SecretMarks(options.catalogue)
  for (const { operation } of cases) await marks.read(operation)
  return {
    recording: redactAll(target, answered, again, marks),
    requests: sender.requests,
    milliseconds,
    busy: sender.busy,
  }
}

/** How other methods are refused says nothing that a double could answer. */
const isRead = ({ method }: ProbeCase) => method === undefined

interface AnsweredCase {
  readonly probe: ProbeCase
  readonly exchanges: readonly Exchange[]
}

async function sendAll(cases: readonly ProbeCase[], sender: Sender, options: VerifyOptions): Promise<AnsweredCase[]> {
  const answered = new Map<ProbeCase, Exchange[]>()
  const queue = [...cases].sort((a, b) => Number(a.as === 'wrong-password') - Number(b.as === 'wrong-password'))
  const sendNext = async () => {
    for (let probe = queue.shift(); probe; probe = queue.shift()) {
      const exchanges: Exchange[] = []
      for (const request of requestsOf(probe)) exchanges.push(await sender.exchange(request))
      answered.set(probe, exchanges)
      options.onProgress?.({ done: answered.size, total: cases.length, operation: probe.operation })
    }
  }
  await Promise.all(Array.from({ length: options.concurrency ?? 4 }, sendNext))
  return cases.map((probe) => ({ probe, exchanges: answered.get(probe) ?? [] }))
}

function redactAll(
  target: Target,
  answered: readonly AnsweredCase[],
  again: ReadonlyMap<ProbeCase, Exchange>,
  marks: SecretMarks,
): Recording {
  const redactor = new Redactor({ base: target.base, secrets: secretsOf(target) })
  for (const [{ operation }, exchange] of [...answered.flatMap(both), ...again])
    redactor.learn(exchange, marks.namesIn(operation))
  return {
    target: recordedTarget(target, (text) => redactor.text(text)),
    cases: answered.map(({ probe, exchanges }) =>
      recordedCase({ probe, exchanges }, again.get(probe), redactor, marks),
    ),
  }
}

/** A password that is the account's own name protects nothing, and hiding it would hide the name. */
const secretsOf = ({ accounts }: Target): string[] =>
  accounts.filter(({ id, login, password }) => password !== id && password !== login).map(({ password }) => password)

const both = ({ probe, exchanges }: AnsweredCase) => exchanges.map((exchange) => [probe, exchange] as const)

function recordedCase(
  { probe, exchanges }: AnsweredCase,
  again: Exchange | undefined,
  redactor: Redactor,
  marks: SecretMarks,
): RecordedCase {
  const { operation, app, kind, as, ocs, control, subject } = probe
  const names = marks.namesIn(operation)
  const query = redactor.text(probe.query, names)
  const answers = exchanges.map((exchange) => recordedAnswer(redactor.redact(exchange, names), query))
  const second = again && recordedAnswer(redactor.redact(again, names), query)
  const changed = second !== undefined && second.body !== answers[0]?.body
  return {
    operation,
    app,
    kind,
    as,
    path: redactor.text(probe.path),
    query,
    ...(ocs === false ? { ocs } : {}),
    ...(control === undefined ? {} : { control: redactor.text(control, names) }),
    ...(subject === undefined ? {} : { subject }),
    answers,
    ...(changed ? { again: second } : {}),
  }
}

function recordedAnswer({ request, answer }: Exchange, query: string): RecordedAnswer {
  return {
    version: request.version,
    format: request.format,
    ...(request.query === query ? {} : { query: request.query }),
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: textOf(answer),
  }
}

/** Judge a recording as if the instance had just answered. */
export async function judgeRecording(recording: Recording, catalogue: Catalogue): Promise<Finding[]> {
  const target = await targetOfRecording(recording)
  const judge = new CaseJudge(target, catalogue)
  const findings: Finding[] = []
  const traffic = new TrafficJudge(target, catalogue)
  for (const recorded of recording.cases) {
    if (recorded.kind === 'observed') {
      for (const observed of observedOf(recorded)) findings.push(...((await traffic.judge(observed))?.findings ?? []))
      continue
    }
    const { answers, again, ...rest } = recorded
    const probe: ProbeCase = { ...rest, variants: answers.map(({ version, format }) => ({ version, format })) }
    const repeated = again ? exchangeOf(recorded, again) : null
    findings.push(...(await judge.judge(probe, exchangesOf(recorded), async () => repeated)).findings)
  }
  return mergeFindings(findings)
}

/** One difference between two recordings. */
export interface RecordingDifference {
  /** The case, or the whole of it where one recording lacks it. */
  readonly case: string
  readonly where: string
  readonly before: string
  readonly after: string
}

/** What differs between two recordings, apart from what changes by itself. */
export function compareRecordings(before: Recording, after: Recording): RecordingDifference[] {
  const [old, now] = [before, after].map(({ cases }) => normaliseCases(cases))
  const found: RecordingDifference[] = []
  for (const [name, normalised] of old!) {
    const other = now!.get(name)
    if (!other) {
      found.push({ case: name, where: '', before: 'recorded', after: 'not asked' })
      continue
    }
    const masked = normalised.data === VOLATILE || other.data === VOLATILE
    const [was, is] = masked
      ? [
          { ...normalised, data: null },
          { ...other, data: null },
        ]
      : [normalised, other]
    compareValues(hideVolatile(was, is), hideVolatile(is, was), '', ({ where, expected, got }) => {
      found.push({ case: name, where, before: expected === 'absent' ? 'missing' : expected, after: got })
    })
  }
  for (const name of now!.keys())
    if (!old!.has(name)) found.push({ case: name, where: '', before: 'not asked', after: 'recorded' })
  return found
}

/** What is volatile in either recording is volatile in both. */
function hideVolatile(value: unknown, other: unknown): unknown {
  if (value === VOLATILE || other === VOLATILE) return VOLATILE
  if (Array.isArray(value))
    return value.map((item, i) => hideVolatile(item, Array.isArray(other) ? other[i] : undefined))
  if (typeof value !== 'object' || value === null) return value
  const twin = (typeof other === 'object' && other !== null ? other : {}) as Record<string, unknown>
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hideVolatile(item, twin[key])]))
}
