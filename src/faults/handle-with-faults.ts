import type { Json } from '#lib/json.ts'
import type { MaybePromise } from '#lib/maybe-promise.ts'
import { mergePatch } from '#lib/merge-patch.ts'
import type { PhpValue } from '#lib/php.ts'
import { answerResult } from '#line/answer.ts'
import { type Answer, bare, type Call } from '#line/call.ts'
import { withCommonHeaders } from '#line/common-headers.ts'
import { DavError, errorAnswer } from '#line/dav-exit.ts'
import type { Result } from '#line/endpoint.ts'
import { envelopeV2 } from '#line/envelope.ts'
import { readExit } from '#line/exit.ts'
import { type Decide, handle, runHandler } from '#line/handle.ts'
import { ANONYMOUS } from '#line/identify.ts'
import type { Instance } from '#line/instance.ts'
import { readOcsCall } from '#line/read-call.ts'
import { readBody } from '#line/read-input.ts'
import type { Handled, Run } from '#line/run.ts'
import { scriptOf } from '#line/scripts.ts'
import { because } from '#line/why.ts'
import type { Clock } from '#world/clock.ts'
import { setSystem } from '#world/settings/config.ts'
import type { Fault } from './fault.ts'
import { type AppliedFault, effectOf, type Faults } from './faults.ts'
import type { AskedFor } from './own-answer.ts'
import { pendingEntry } from './pending-entry.ts'

/** Waits real time, in milliseconds. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>

/** One request from its arrival to its answer, with the faults that match it. */
export async function handleWithFaults(instance: Instance, call: Call, faults: Faults, sleep: Sleep): Promise<Handled> {
  const applied = faults.apply(await pendingEntry(call, instance, faults.needs), instance.world)
  if (!applied) return handle(instance, call)
  if (applied.delay > 0) await delayed(applied.delay, sleep, instance.world.clock)
  const handled = await applyFault(instance, call, applied)
  const answer = breakBody(handled.answer, applied.fault.body)
  return { ...handled, answer: whyFaulty(answer, handled, applied), fault: applied.name }
}

/** As long as real time goes by, or the clock of the world is moved so far meanwhile. */
function delayed(milliseconds: number, sleep: Sleep, clock: Clock): Promise<void> {
  const until = clock.now() + milliseconds
  const wait = new AbortController()
  return new Promise((resolve, reject) => {
    const stop = clock.on(() => {
      if (clock.now() >= until) end()
    })
    const end = () => {
      stop()
      // A timer that goes on would keep the process alive.
      wait.abort()
      resolve()
    }
    sleep(milliseconds, wait.signal).then(end, reject)
  })
}

/** What only waits changes no answer, and other data for an operation are given to those alone who reach it. */
function whyFaulty(answer: Answer, { outcome }: Handled, { name, fault }: AppliedFault): Answer {
  const effect = effectOf(fault) ?? (fault.body === undefined ? null : 'body')
  const isOwn = effect === 'replace' || effect === 'patch'
  if (effect === null || (isOwn && (answer.why !== undefined || outcome !== 'answered'))) return answer
  return because(answer, 'fault', `fault "${name}" (${effect})`)
}

async function applyFault(instance: Instance, call: Call, { fault, retryAfter }: AppliedFault): Promise<Handled> {
  if (fault.drop === 'request') return dropped(ended(bare(200)))
  if (fault.drop === 'answer') return dropped(await handle(instance, call))
  if (fault.rateLimit) return asServer(instance, call, tooManyRequests(call, retryAfter))
  if (fault.fail) return asServer(instance, call, await failed(instance, call, fault.fail))
  if (fault.answer) return ended(whole(fault.answer))
  if (fault.maintenance) return handle(underMaintenance(instance), call)
  if (fault.patch) return handle(instance, call, patching(fault.patch))
  return handle(instance, call, fault.replace ? replacing(fault.replace) : undefined)
}

const ended = (answer: Answer): Handled => ({ answer, operation: null, actor: ANONYMOUS, outcome: 'answered' })

/** An answer as the server itself would give it. */
function asServer(instance: Instance, call: Call, answer: Answer): Handled {
  const handled = ended(isDav(call) ? { ...answer, speaker: 'script' } : answer)
  return { ...handled, answer: withCommonHeaders(handled, instance) }
}

const dropped = (handled: Handled): Handled => ({ ...handled, outcome: 'dropped' })

/** The whole server as it answers then; what it is asked leaves no trace. */
function underMaintenance(instance: Instance): Instance {
  const world = instance.world.fork()
  setSystem(world, 'maintenance', true)
  return instance.inWorld(world)
}

const isDav = ({ path }: Call) => scriptOf(path).speaks === 'dav'

/**
 * A request above a limit gets no envelope, neither in v1 nor in v2 (Nextcloud 34.0.1, asked). It says nothing about
 * when to come back; proxies in front of it do.
 */
function tooManyRequests(call: Call, retryAfter: number): Answer {
  const header = ['Retry-After', String(retryAfter)] as const
  if (!isDav(call)) return bare(429, [header])
  const exception = 'OCA\\DAV\\Connector\\Sabre\\Exception\\TooManyRequests'
  return errorAnswer(new DavError(429, exception, 'Too many requests', { headers: [header] }))
}

async function failed(
  { profile }: Instance,
  call: Call,
  { status, message = '' }: NonNullable<Fault['fail']>,
): Promise<Answer> {
  const ocs = readOcsCall(call)
  const exit = ocs && readExit(call, ocs, await readBody(call), profile)
  if (exit === 'no-format') return bare(200)
  if (exit) return answerResult(exit, { status, data: [], message })
  const { httpStatus } = envelopeV2({ status, data: [], message })
  if (isDav(call)) return errorAnswer(new DavError(httpStatus, 'Sabre\\DAV\\Exception', message))
  return { ...bare(httpStatus), body: message }
}

function whole({ status = 200, headers = {}, body = '' }: NonNullable<Fault['answer']>): Answer {
  const isText = typeof body === 'string'
  const type = isText ? 'text/html; charset=UTF-8' : 'application/json; charset=utf-8'
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  return {
    status,
    headers: [...(hasType ? [] : [['Content-Type', type] as const]), ...Object.entries(headers)],
    body: isText ? body : JSON.stringify(body),
  }
}

/** Rights and input are checked as ever; only what the operation would do is left out. */
function replacing({ operation, status = 200, message, data = [] }: NonNullable<Fault['replace']>): Decide {
  return async (endpoint, instance, run) => {
    if (endpoint.id !== operation) return runHandler(endpoint, instance, run)
    // What was saved of an answer in v1 says 100 of what is 200 elsewhere.
    const result: Result = { status: status === 100 ? 200 : status, data: await madeOf(data, instance, run) }
    return answerResult(run.exit, message === undefined ? result : { ...result, message })
  }
}

/** What the operation does is done as ever; of what it says, failures are not touched. */
function patching({ operation, data = {} }: NonNullable<Fault['patch']>): Decide {
  return async (endpoint, instance, run) => {
    if (endpoint.id !== operation) return runHandler(endpoint, instance, run)
    const patch = (await madeOf(data, instance, run)) as Json
    return runHandler(
      { ...endpoint, handle: async (args) => patched(await endpoint.handle(args), patch) },
      instance,
      run,
    )
  }
}

function patched(result: Result, patch: Json): Result {
  if (result.status >= 300) return result
  const etag = result.etag === undefined ? {} : { etag: true as const }
  return { ...result, data: mergePatch(result.data, patch), encoded: undefined, ...etag }
}

function madeOf(data: unknown, { world }: Instance, { input, actor }: Run): MaybePromise<PhpValue> {
  const made: unknown =
    typeof data === 'function' ? data({ input, account: actor.userId, world } satisfies AskedFor) : data
  return made as MaybePromise<PhpValue>
}

/** A character that neither JSON nor XML allows, in the middle; or only the first half. */
function breakBody(answer: Answer, how: Fault['body']): Answer {
  if (how === undefined || answer.body.length === 0) return answer
  const { body } = answer
  const middle = Math.floor(body.length / 2)
  if (typeof body === 'string') {
    return { ...answer, body: body.slice(0, middle) + (how === 'malformed' ? `\u0000${body.slice(middle)}` : '') }
  }
  if (how === 'truncated') return { ...answer, body: body.slice(0, middle) }
  const broken = new Uint8Array(body.length + 1)
  broken.set(body.subarray(0, middle))
  broken.set(body.subarray(middle), middle + 1)
  return { ...answer, body: broken }
}
