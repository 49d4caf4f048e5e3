import type { SecretNames } from '#lib/secrets.ts'
import type { Catalogue } from '#line/catalogue.ts'
import { parseMultipart } from '#line/multipart.ts'
import { textOf } from '../decode-answer.ts'
import { type Finding, keyOf, mergeFindings } from '../finding.ts'
import { foldEverywhere, foldMissing } from '../fold-findings.ts'
import { type RecordedBody, type RecordedCase, type Recording, recordedTarget } from '../recording.ts'
import { Redactor } from '../redact.ts'
import { SecretMarks } from '../secret-marks.ts'
import type { Target } from '../target.ts'
import type { OperationResult, Verification } from '../verification.ts'
import { decodeUtf8 } from './decode-utf8.ts'
import { hasRequestToken } from './guess-caller.ts'
import { type JudgedRequest, TrafficJudge } from './judge-traffic.ts'
import { learnRequestSecrets } from './learn-secrets.ts'
import { type ObservedExchange, requestHeader } from './observed-exchange.ts'
import { Spool } from './spool.ts'

export interface TrafficOptions {
  readonly target: Target
  readonly secrets?: readonly string[]
  readonly catalogue: Catalogue
  /** Called with each finding when it is seen for the first time. Nothing secret is in it. */
  readonly onFinding?: ((finding: Finding) => void) | undefined
}

/** More than this on the disk is judged and no longer kept. */
const MAX_KEPT_BYTES = 16 * 1024 * 1024 * 1024

interface KeptExchange {
  readonly observed: ObservedExchange
  readonly judged: Asked
}

/** What a recording says of a request. */
type Asked = Pick<JudgedRequest, 'ocs' | 'operation' | 'app' | 'as' | 'account'>

/**
 * Judges a client's traffic as it comes and keeps it. What it kept leaves it only as a redacted recording: a secret
 * that the last request names is then taken out of the first.
 */
export class TrafficRecorder {
  readonly #target: Target
  readonly #judge: TrafficJudge
  readonly #redactor: Redactor
  readonly #marks: SecretMarks
  readonly #onFinding: TrafficOptions['onFinding']
  readonly #kept = new Spool<KeptExchange>()
  readonly #findings: Finding[] = []
  readonly #reported = new Set<string>()
  readonly #operations = new Map<string, { app: string; requests: number; sawData: boolean; judged: number }>()
  readonly #unjudged = new Map<string, number>()
  #ocs = 0
  #dropped = 0

  constructor({ target, secrets = [], catalogue, onFinding }: TrafficOptions) {
    this.#target = target
    this.#judge = new TrafficJudge(target, catalogue)
    this.#marks = new SecretMarks(catalogue)
    this.#redactor = new Redactor({ base: target.base, secrets })
    this.#onFinding = onFinding
  }

  /** Judge one request and keep it. `false`: it asked for nothing of OCS. */
  async add(observed: ObservedExchange): Promise<boolean> {
    const judged = await this.#judge.judge(observed)
    if (!judged) return false
    this.#ocs++
    await this.#marks.read(judged.operation)
    const names = this.#marks.namesIn(judged.operation)
    learnRequestSecrets(this.#redactor, observed, judged.params, names)
    this.#redactor.learn(observed, names)
    this.#keep(observed, judged)
    this.#count(judged)
    for (const finding of judged.findings) {
      this.#findings.push(finding)
      if (this.#reported.has(keyOf(finding))) continue
      this.#reported.add(keyOf(finding))
      this.#onFinding?.(this.#redacted(finding))
    }
    return true
  }

  #keep(observed: ObservedExchange, judged: JudgedRequest): void {
    const { ocs, operation, app, as, account } = judged
    if (this.#kept.bytes > MAX_KEPT_BYTES) this.#dropped++
    else this.#kept.add({ observed, judged: { ocs, operation, app, as, account } })
  }

  #count({ operation, app, unjudged, sawData }: JudgedRequest): void {
    if (unjudged !== null) this.#unjudged.set(unjudged, (this.#unjudged.get(unjudged) ?? 0) + 1)
    const known = this.#operations.get(operation) ?? { app, requests: 0, sawData: false, judged: 0 }
    known.requests++
    known.sawData ||= sawData
    if (unjudged === null) known.judged++
    this.#operations.set(operation, known)
  }

  #redacted(finding: Finding): Finding {
    const text = (value: string) => this.#redactor.text(value)
    const { where, expected, got, reproduce, seen, answer } = finding
    return {
      ...finding,
      where: text(where),
      expected: text(expected),
      got: text(got),
      reproduce: text(reproduce),
      ...(answer === undefined ? {} : { answer: text(answer) }),
      seen: seen.map(text),
    }
  }

  /** The recording without anything secret. */
  recording(): Recording {
    return {
      target: recordedTarget(this.#target, (text) => this.#redactor.text(text)),
      cases: Array.from(this.#kept.values(), ({ observed, judged }) =>
        recordedRequest(observed, judged, this.#redactor, this.#marks.namesIn(judged.operation)),
      ),
    }
  }

  /** Give back what was kept; there is no recording any more. */
  close(): void {
    this.#kept.close()
  }

  /** Everything that was found, as a report. @param spent milliseconds that it took, and how many of them the server */
  verification({ milliseconds, busy }: { milliseconds: number; busy: number }): Verification {
    const merged = foldMissing(mergeFindings(this.#findings.map((finding) => this.#redacted(finding))))
    const findings = foldEverywhere(merged, this.#operations.size)
    const deviating = new Set(merged.filter(({ severity }) => severity !== 'noted').map(({ operation }) => operation))
    const operations = [...this.#operations].map(([operation, { app, requests, sawData, judged }]): OperationResult => {
      const verdict = deviating.has(operation) ? 'deviates' : judged > 0 ? 'conforms' : 'skipped'
      return { operation, app, verdict, requests, sawData }
    })
    return {
      base: this.#redactor.text(this.#target.base),
      product: this.#target.product,
      version: this.#target.version,
      profile: this.#target.profile.id,
      notes: [...this.#target.notes, ...this.#notes()].map((note) => this.#redactor.text(note)),
      operations: operations.sort((a, b) => (a.operation < b.operation ? -1 : 1)),
      findings,
      known: [],
      requests: this.#ocs,
      seconds: milliseconds / 1000,
      waiting: milliseconds === 0 ? 0 : Math.min(1, busy / milliseconds),
    }
  }

  #notes(): string[] {
    const notes = [...this.#unjudged].map(([reason, count]) => `${count} requests were not judged: ${reason}.`)
    if (this.#dropped > 0) notes.push(`${this.#dropped} requests were judged and not kept: the recording is full.`)
    return notes
  }
}

function recordedRequest(
  observed: ObservedExchange,
  judged: Asked,
  redactor: Redactor,
  names: SecretNames,
): RecordedCase {
  const { ocs, operation, app, as, account } = judged
  const text = (value: string) => redactor.text(value, names)
  const { status, headers } = redactor.redact({ request: { ...ocs, as }, answer: observed.answer }, names).answer
  const body = recordedBody(observed, text)
  return {
    operation,
    app,
    kind: 'observed',
    as,
    ...(account === null ? {} : { account: text(account) }),
    ...(ocs.method === 'GET' ? {} : { method: ocs.method }),
    path: text(ocs.path),
    query: text(ocs.query),
    ...(body === null ? {} : { body }),
    ...(isUnmarked(observed) ? { ocs: false as const } : {}),
    answers: [
      {
        version: ocs.version,
        format: ocs.format,
        status,
        headers: Object.fromEntries(headers),
        body: text(textOf(observed.answer)),
      },
    ],
  }
}

/** Neither OCS-APIRequest nor a request token, which does the same and does not outlive its page. */
const isUnmarked = (observed: ObservedExchange) =>
  requestHeader(observed, 'ocs-apirequest') === '' && !hasRequestToken(observed)

/** A body as far as it is text. What files hold has no place in a recording. */
function recordedBody(observed: ObservedExchange, redacted: (text: string) => string): RecordedBody | null {
  if (observed.body.length === 0) return null
  const type = requestHeader(observed, 'content-type')
  const text = decodeUtf8(withoutFiles(observed.body, type))
  return text === null ? { type, omitted: observed.body.length } : { type, text: redacted(text) }
}

function withoutFiles(body: Uint8Array, type: string): Uint8Array {
  const uploads = /^multipart\/form-data/i.test(type) ? Object.values(parseMultipart(body, type).uploads) : []
  let left = body
  for (const { bytes } of uploads) {
    const at = bytes.length === 0 ? -1 : Buffer.from(left).indexOf(bytes)
    if (at < 0) continue
    const note = new TextEncoder().encode(`${bytes.length} bytes left out`)
    left = Buffer.concat([left.subarray(0, at), note, left.subarray(at + bytes.length)])
  }
  return left
}
