import { rewriteAddresses } from '#lib/addresses.ts'
import { parseStr } from '#lib/php-form.ts'
import { answerLegacy, answerResult, type OcsExit } from '#line/answer.ts'
import { type Answer, bare, type Call, jsonAnswer } from '#line/call.ts'
import { Crash, Fatal } from '#line/failures.ts'
import { type Actor, ANONYMOUS, basicCredentials, isWrong } from '#line/identify.ts'
import type { Instance } from '#line/instance.ts'
import { formatFromAccept, type OcsCall, readOcsCall } from '#line/read-call.ts'
import type { Handled } from '#line/run.ts'
import { because } from '#line/why.ts'
import { parseBody } from '#verify/body.ts'
import type { RecordedAnswer, Recording } from '#verify/recording.ts'
import * as users from '#world/accounts/users.ts'
import { matches } from './match.ts'
import {
  type Caller,
  decodePath,
  differencesOf,
  type NotRecorded,
  type ReplayRequest,
  requestLabel,
  type Stub,
  variantOf,
  withoutFormat,
} from './stubs.ts'

/** The worse a difference is, the farther away a recorded request. */
const WEIGHTS: Readonly<Record<string, number>> = { path: 16, method: 8, caller: 4, query: 2, body: 1 }
const LEGACY: ReadonlySet<number> = new Set([996, 998])

/** Answers requests from a recording, in the order in which it has them; the last answer stays. */
export class Replayer {
  readonly #recording: Recording
  readonly #stubs: readonly Stub[]
  readonly #notRecorded: NotRecorded
  readonly #turns = new Map<readonly RecordedAnswer[], number>()

  constructor(recording: Recording, notRecorded: NotRecorded, stubs: readonly Stub[]) {
    this.#recording = recording
    this.#notRecorded = notRecorded
    this.#stubs = stubs
  }

  /** The recorded answer; `null`: the model is to answer. */
  async answer(call: Call, instance: Instance): Promise<Handled | null> {
    const ocs = readOcsCall(call)
    if (!ocs) return this.#answerPage(call)
    const method = call.method === 'HEAD' ? 'GET' : call.method
    const path = decodePath(ocs.path)
    // Only who asks for something recorded is looked at: to be identified may use up a one-time token.
    const mayFit = this.#stubs.some(({ request }) => request.method === method && matches(request.path, path))
    if (!mayFit && this.#notRecorded === 'model') return null
    const { caller, actor } = this.#identify(call, instance)
    const body = withoutFormat(parseBody(call.header('content-type'), new TextDecoder().decode(await call.body())))
    const request: ReplayRequest = { method, path, query: withoutFormat(ocs.query), body, caller }
    const exit = exitOf(call, ocs, instance)
    const found = await this.#find(request, exit)
    if (!found) return this.#notRecorded === 'model' ? null : this.#fail(request, exit, actor)
    const answer = this.#here(found.answer, call, instance)
    return {
      answer: this.#recorded(call.method === 'HEAD' ? { ...answer, body: '' } : answer, found.stub),
      operation: found.stub.operation,
      actor,
      outcome: 'answered',
    }
  }

  /** Passwords are not in a recording, so its accounts are known by their names; where the model answers too, its own stay. */
  #identify(call: Call, instance: Instance): { caller: Caller; actor: Actor } {
    const { world } = instance
    const identity = instance.identify(call)
    if (!isWrong(identity) && identity.userId !== null) return { caller: { account: identity.userId }, actor: identity }
    const login = basicCredentials(call)?.login
    const recorded =
      login !== undefined &&
      (this.#notRecorded === 'fail' || !users.findByLogin(world, login)) &&
      this.#stubs.some(({ request: { caller } }) => typeof caller === 'object' && matches(caller.account, login))
    if (recorded) return { caller: { account: login }, actor: { userId: login, via: 'password' } }
    const caller = isWrong(identity) ? 'wrong-password' : 'anonymous'
    return { caller, actor: ANONYMOUS }
  }

  async #find(request: ReplayRequest, exit: OcsExit): Promise<{ stub: Stub; answer: Answer } | null> {
    const matching = this.#stubs.filter((stub) => differencesOf(stub, request).length === 0)
    const exact = matching.filter((stub) => stub.request.path === request.path)
    for (const stub of [...exact, ...matching]) {
      const same = stub.answers.get(variantOf(exit.version, exit.format))
      if (same) return { stub, answer: verbatim(this.#next(same)) }
    }
    for (const stub of [...exact, ...matching]) {
      for (const version of [exit.version, exit.version === 1 ? 2 : 1] as const) {
        const other = stub.answers.get(variantOf(version, 'json'))
        const answer = other && (await inVariant(this.#next(other), exit))
        if (answer) return { stub, answer }
      }
    }
    return null
  }

  #next(answers: readonly RecordedAnswer[]): RecordedAnswer {
    const turn = this.#turns.get(answers) ?? 0
    this.#turns.set(answers, turn + 1)
    return answers[Math.min(turn, answers.length - 1)]!
  }

  /** The answer as if the recorded server stood here. */
  #here(answer: Answer, call: Call, { baseUrl }: Instance): Answer {
    const origins = { from: this.#recording.target.base, to: new URL(baseUrl ?? call.origin).origin }
    const rewrite = (text: string) => rewriteAddresses(text, origins)
    const headers = answer.headers.map(([name, value]) => [name, rewrite(value)] as const)
    return { ...answer, headers, body: typeof answer.body === 'string' ? rewrite(answer.body) : answer.body }
  }

  #fail(request: ReplayRequest, exit: OcsExit, actor: Actor): Handled {
    const near = this.#nearest(request)
    const nearest =
      near && `Nearest is ${requestLabel(near.stub.request)}, with another ${near.differences.join(' and ')}.`
    const message = `The recording of ${this.#name()} has no answer to ${requestLabel(request)}. ${nearest ?? 'It has none for that address.'}`
    const data = { notRecorded: requestLabel(request), nearest: near ? requestLabel(near.stub.request) : null }
    const answer = answerResult(exit, { status: 501, data, message, headers: { 'X-OCS-Mock': 'not-recorded' } })
    const said = because({ ...answer, status: 501 }, 'recording', message)
    return { answer: said, operation: null, actor, outcome: 'not-recorded' }
  }

  #recorded(answer: Answer, { request }: Stub): Answer {
    return because(answer, 'recording', `as ${this.#name()} answered ${requestLabel(request)}`)
  }

  #name(): string {
    const { product, version } = this.#recording.target
    return `${product} ${version}`
  }

  #nearest(request: ReplayRequest): { stub: Stub; differences: string[] } | null {
    const start = request.path.split('/').slice(0, 3).join('/')
    let best: { stub: Stub; differences: string[]; weight: number } | null = null
    for (const stub of this.#stubs) {
      if (!stub.request.path.startsWith(start)) continue
      const differences = differencesOf(stub, request)
      const weight = differences.reduce((sum, what) => sum + WEIGHTS[what]!, 0)
      if (!best || weight < best.weight) best = { stub, differences, weight }
    }
    return best
  }

  /** Outside OCS a recording knows which server it was. */
  #answerPage(call: Call): Handled | null {
    if (this.#notRecorded === 'model') return null
    const answered = (answer: Answer, outcome: Handled['outcome'], sentence: string): Handled => ({
      answer: because(answer, 'recording', sentence),
      operation: null,
      actor: ANONYMOUS,
      outcome,
    })
    const { status, product, version } = this.#recording.target
    if (call.path === '/status.php') {
      const said = { installed: true, maintenance: false, needsDbUpgrade: false, version: `${version}.0` }
      const all = { ...said, versionstring: version, edition: '', productname: product, extendedSupport: false }
      const { body } = jsonAnswer(200, status ?? all)
      const answer: Answer = { status: 200, headers: [['Content-Type', 'application/json']], body }
      return answered(answer, 'answered', `as ${this.#name()} says of itself`)
    }
    const body = `The recording of ${this.#name()} has answers to OCS alone, and none to ${call.method} ${call.path}.\n`
    const type = ['Content-Type', 'text/plain; charset=utf-8'] as const
    const answer: Answer = { status: 501, headers: [type, ['X-OCS-Mock', 'not-recorded']], body }
    return answered(answer, 'not-recorded', body.trim())
  }
}

function exitOf(call: Call, { version, query }: OcsCall, { profile }: Instance): OcsExit {
  const asked = query.format ?? parseStr(call.query).format ?? formatFromAccept(call.header('accept')) ?? 'xml'
  return { version, format: asked === 'json' ? 'json' : 'xml', quirks: profile.quirks }
}

const verbatim = ({ status, headers, body }: RecordedAnswer): Answer => ({
  status,
  headers: Object.entries(headers),
  body,
})

/** What was recorded in JSON as the line writes it in another variant; `null`: it has no envelope. */
async function inVariant(recorded: RecordedAnswer, exit: OcsExit): Promise<Answer | null> {
  const { decodeEnvelope } = await import('#verify/decode-answer.ts')
  const decoded = decodeEnvelope(verbatim(recorded))
  if (typeof decoded === 'string' || decoded.data === undefined) return null
  const { status, message, data, totalItems, itemsPerPage } = decoded
  const { 'content-type': _, ...others } = recorded.headers
  if (LEGACY.has(status) || others['www-authenticate'] !== undefined) return answerLegacy(exit, status, message, others)
  const counts = {
    ...(totalItems === undefined ? {} : { totalItems }),
    ...(itemsPerPage === undefined ? {} : { itemsPerPage }),
  }
  try {
    return answerResult(exit, { status, message, data, headers: others, ...counts })
  } catch (error) {
    // What no element can be named ends the answer of the real server too.
    if (error instanceof Fatal || error instanceof Crash) return bare(200)
    throw error
  }
}
