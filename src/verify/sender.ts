import { messageOf } from '#lib/errors.ts'
import type { Answer } from '#line/call.ts'
import { type Account, authorizationOf, type Exchange, httpRequestOf, type ProbeRequest } from './exchange.ts'

export interface SenderOptions {
  /** With the web root, without a slash at its end. */
  readonly base: string
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Requests under way at once. Default: 4. */
  readonly concurrency?: number | undefined
  /** Milliseconds between two requests. Default: 0. */
  readonly delay?: number | undefined
  /** Milliseconds until a request counts as unanswered. Default: 30,000. */
  readonly timeout?: number | undefined
  /** An answer that is larger counts as none. Default: 64 MiB. */
  readonly mostBytes?: number | undefined
  /** Both for tests. */
  readonly sleep?: ((milliseconds: number) => Promise<void>) | undefined
  readonly now?: (() => number) | undefined
  /** Called when the server asks to wait, or is too slow. */
  readonly onWait?: ((message: string) => void) | undefined
}

/** No answer could be had: refused, broken off, or too late. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'
}

/** The run was asked to end while an answer was awaited. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError'
}

const ATTEMPTS = 6
/** All pauses that one request waits for, whatever the server asks. */
const LONGEST_WAIT = 120_000
/** What an answer may hold. More, and it is none. */
const MOST_BYTES = 64 * 1024 * 1024
/** An answer that takes longer than this share of the timeout makes the sender ask less at once. */
const SLOW = 1 / 6
/** After so many quick answers a server that was slow gets one more request at once. */
const QUICK_ANSWERS = 20

/**
 * Sends requests to one server, a few at a time. When the server says 429 or 503 with `Retry-After`, or 429
 * alone, everything waits; when answers get slow, fewer requests are sent at once, until they are quick again.
 */
export class Sender {
  readonly base: string
  readonly #options: SenderOptions
  readonly #waiting: (() => void)[] = []
  #accounts: readonly Account[] = []
  readonly #most: number
  #allowed: number
  /** Quick answers in a row. */
  #quick = 0
  #running = 0
  #notBefore = 0
  #underWay = 0
  #busySince = 0
  #stop: AbortSignal | undefined
  /** How many requests were sent, repeated ones included. */
  requests = 0
  /** Milliseconds in which at least one request was under way. */
  busy = 0

  constructor(options: SenderOptions) {
    this.#options = options
    this.base = options.base
    this.#most = Math.max(1, options.concurrency ?? 4)
    this.#allowed = this.#most
  }

  /** Whose credentials the roles stand for. */
  use(accounts: readonly Account[]): void {
    this.#accounts = accounts
  }

  /** From now on nothing is waited for once this says so; `undefined`: everything is. */
  stopAt(signal: AbortSignal | undefined): void {
    this.#stop = signal
  }

  /** Send one request. @throws NoAnswerError, InterruptedError */
  async exchange(request: ProbeRequest): Promise<Exchange> {
    const { path, query, headers } = httpRequestOf(request)
    const authorization = authorizationOf(request.as, this.#accounts)
    const all = { ...headers, 'accept-language': 'en', ...(authorization === null ? {} : { authorization }) }
    const answer = await this.send(request.method, path + (query === '' ? '' : `?${query}`), all, request.body)
    return { request, answer }
  }

  /** Send any request below the base. @throws NoAnswerError, InterruptedError */
  async send(method: string, target: string, headers: Record<string, string>, body?: BodyInit): Promise<Answer> {
    await this.#enter()
    try {
      let waited = 0
      for (let attempt = 1; ; attempt++) {
        await this.#pause()
        const started = performance.now()
        const answer = await this.#once(method, target, headers, body)
        const wait = waitAskedFor(answer, attempt)
        waited += wait ?? 0
        this.#watchSpeed(performance.now() - started)
        if (wait === null || attempt === ATTEMPTS || waited > LONGEST_WAIT) return answer
        this.#notBefore = Math.max(this.#notBefore, this.#now() + wait)
        this.#options.onWait?.(`The server said ${answer.status} and gets a pause of ${Math.ceil(wait / 1000)} s.`)
      }
    } finally {
      this.#leave()
    }
  }

  async #once(method: string, target: string, headers: Record<string, string>, body?: BodyInit): Promise<Answer> {
    const timeout = this.#options.timeout ?? 30_000
    this.requests++
    if (this.#underWay++ === 0) this.#busySince = performance.now()
    try {
      const send = this.#options.fetch ?? globalThis.fetch
      const late = AbortSignal.timeout(timeout)
      const signal = this.#stop ? AbortSignal.any([late, this.#stop]) : late
      const response = await send(this.base + target, {
        method,
        headers,
        redirect: 'manual',
        signal,
        ...(body === undefined ? {} : { body }),
      })
      const bytes = await readAtMost(response, this.#options.mostBytes ?? MOST_BYTES)
      return { status: response.status, headers: [...response.headers], body: decodeBody(bytes) }
    } catch (error) {
      if (this.#stop?.aborted) throw interrupted()
      throw error instanceof NoAnswerError ? error : new NoAnswerError(reasonOf(error, timeout))
    } finally {
      if (--this.#underWay === 0) this.busy += performance.now() - this.#busySince
    }
  }

  #watchSpeed(milliseconds: number): void {
    if (milliseconds < (this.#options.timeout ?? 30_000) * SLOW) {
      this.#recover()
      return
    }
    this.#quick = 0
    if (this.#allowed === 1) return
    this.#allowed = Math.max(1, Math.floor(this.#allowed / 2))
    this.#options.onWait?.(
      `The server took ${Math.round(milliseconds / 1000)} s and now gets ${this.#allowed} requests at once.`,
    )
  }

  /** One more at once after so many quick answers, up to what was asked for. */
  #recover(): void {
    if (this.#allowed >= this.#most || ++this.#quick < QUICK_ANSWERS) return
    this.#quick = 0
    this.#allowed++
    const next = this.#waiting.shift()
    if (!next) return
    this.#running++
    next()
  }

  async #pause(): Promise<void> {
    const { delay = 0, sleep = defaultSleep } = this.#options
    for (let left = this.#notBefore - this.#now(); left > 0; left = this.#notBefore - this.#now())
      await this.#orStopped(sleep(left))
    if (this.#stop?.aborted) throw interrupted()
    if (delay > 0) this.#notBefore = this.#now() + delay
  }

  /** @throws InterruptedError */
  async #orStopped(work: Promise<void>): Promise<void> {
    const stop = this.#stop
    if (!stop) return work
    let end = () => {}
    const stopped = new Promise<never>((_, reject) => {
      end = () => reject(interrupted())
    })
    stop.addEventListener('abort', end, { once: true })
    try {
      await Promise.race([work, stopped])
    } finally {
      stop.removeEventListener('abort', end)
    }
  }

  #now(): number {
    return (this.#options.now ?? Date.now)()
  }

  async #enter(): Promise<void> {
    if (this.#running >= this.#allowed) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#running++
  }

  /** The place goes to whoever waits, unless fewer are allowed by now. */
  #leave(): void {
    const next = this.#running <= this.#allowed ? this.#waiting.shift() : undefined
    if (next) next()
    else this.#running--
  }
}

const interrupted = () => new InterruptedError('The run was asked to end.')

/** A body to its end. @throws NoAnswerError where it has none in sight */
async function readAtMost(response: Response, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > most) throw new NoAnswerError(`the answer is larger than ${most} bytes`)
    chunks.push(chunk)
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}

const defaultSleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** Milliseconds that a server wants to be left alone, or `null`. */
function waitAskedFor({ status, headers }: Answer, attempt: number): number | null {
  if (status !== 429 && status !== 503) return null
  const after = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1]
  if (after === undefined) return status === 429 ? Math.min(LONGEST_WAIT, 1000 * 2 ** (attempt - 1)) : null
  const seconds = /^\d+$/.test(after.trim()) ? Number(after) * 1000 : Date.parse(after) - Date.now()
  return Number.isFinite(seconds) ? Math.min(LONGEST_WAIT, Math.max(0, seconds)) : null
}

/** Text where it is UTF-8, bytes elsewhere. */
function decodeBody(bytes: Uint8Array): string | Uint8Array {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return bytes
  }
}

function reasonOf(error: unknown, timeout: number): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') return `no answer within ${timeout / 1000} s`
  const cause = (error as { cause?: { code?: string; message?: string } }).cause
  return cause?.code ?? cause?.message ?? messageOf(error)
}
