import { type CorsOrigins, preflight, withCors } from '#adapters/cors.ts'
import type { CallHandler } from '#adapters/node-server.ts'
import type { OcsApp } from '#app/define-app.ts'
import { messageOf, UserError } from '#lib/errors.ts'
import { isTooDeep } from '#lib/json.ts'
import { rawurldecode } from '#lib/php.ts'
import type { Answer, Call } from '#line/call.ts'
import { Router } from '#line/route.ts'
import type { OcsMock } from '#mock.ts'
import { type ControlArguments, type ControlCall, ExpectationNotMetError, NotFoundError, RawAnswer } from './call.ts'
import { CONTROL_CALLS, PREFIX } from './calls.ts'
import { Guard, type GuardOptions } from './guard.ts'
import { Worlds } from './worlds.ts'

const WORLD_HEADER = 'x-ocs-mock-world'
const WORLD_PATH = /^\/w\/([^/]+)(?=\/)/

/** Who may use the standalone server, and from where. */
export interface ControlOptions extends GuardOptions {
  /**
   * Origins whose pages may use the faked product from a browser, such as `http://localhost:5173`; `*`: all. Never the
   * control API. Default: none, as the real server.
   */
  readonly cors?: CorsOrigins
  /** How many worlds are kept besides the default one; of more, those go that were used longest ago. Default: 1000. */
  readonly worlds?: number
}

/**
 * The standalone server's mock: the control API under `/__admin/`, and worlds of their own for parallel
 * workers, chosen by the header `X-OCS-Mock-World` or the path prefix `/w/NAME/` and made on first use. A name such as
 * `ci@nextcloud-33` says with which profile.
 */
export class ControlledMock implements CallHandler {
  readonly #worlds: Worlds
  readonly #calls = new Router<ControlCall>()
  readonly #guard: Guard
  readonly #cors: CorsOrigins

  constructor(mock: OcsMock, options: ControlOptions = {}) {
    this.#worlds = new Worlds(mock, options.worlds)
    this.#guard = new Guard(options)
    this.#cors = options.cors ?? []
    for (const call of CONTROL_CALLS) this.#calls.add(call.method, call.path, call)
  }

  /**
   * Go on with other apps of one's own, in all worlds.
   * @returns what was lost, in sentences
   * @throws UserError where they do not fit; then nothing has changed
   */
  replaceApps(apps: readonly OcsApp[]): string[] {
    return this.#worlds.replaceApps(apps)
  }

  handle(call: Call): Promise<Answer> {
    const byPath = call.path.startsWith('/w/') ? WORLD_PATH.exec(call.path) : null
    const name = byPath ? rawurldecode(byPath[1]!) : call.header(WORLD_HEADER)
    const inner = byPath ? { ...call, path: call.path.slice(byPath[0].length), origin: call.origin + byPath[0] } : call
    if (inner.path === PREFIX || inner.path.startsWith(`${PREFIX}/`)) return this.#guarded(name, inner, call)
    return this.#answerIn(name, inner)
  }

  async #guarded(name: string, call: Call, asked: Call): Promise<Answer> {
    const refusal = this.#guard.refusal(asked)
    if (refusal) return problem(refusal.status, `The control API refuses this call: ${refusal.reason}.`)
    const answer = await this.#control(name, call)
    const cookie = this.#guard.cookieFor(call)
    return cookie === null ? answer : { ...answer, headers: [...answer.headers, ['Set-Cookie', cookie]] }
  }

  async #answerIn(name: string, call: Call): Promise<Answer> {
    try {
      const opening = this.#worlds.open(name)
      const { mock } = opening instanceof Promise ? await opening : opening
      if (this.#cors.length === 0) return await mock.handle(call)
      return preflight(call, this.#cors) ?? withCors(await mock.handle(call), call, this.#cors)
    } catch (error) {
      // No world, so no answer of the product either.
      if (error instanceof UserError) return problem(503, error.message)
      throw error
    }
  }

  async #control(name: string, call: Call): Promise<Answer> {
    const found = this.#calls.match(call.method, call.path.slice(PREFIX.length) || '/')
    if (typeof found === 'string') {
      const [status, what] = found === 'unknown' ? [404, 'has no'] : [405, 'has another method for']
      return problem(status, `The control API ${what} ${call.method} ${call.path}. GET ${PREFIX}/ lists what it has.`)
    }
    const { value, params } = found
    try {
      const args: ControlArguments = {
        selected: await this.#worlds.open(name),
        worlds: this.#worlds,
        params,
        query: new URLSearchParams(call.query),
        wantsPage: /text\/html/.test(call.header('accept')),
        body: () => readJson(call),
      }
      const result = await value.run(args)
      return result instanceof RawAnswer ? result.answer : json(200, result)
    } catch (error) {
      if (error instanceof UserError) return problem(statusOf(error), error.message)
      throw error
    }
  }
}

async function readJson(call: Call): Promise<unknown> {
  const text = new TextDecoder().decode(await call.body())
  if (text.trim() === '') return undefined
  if (isTooDeep(text)) throw new UserError('Failed to read the body as JSON: it is nested too deep.')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UserError(`Failed to read the body as JSON: ${messageOf(error)}`)
  }
}

const statusOf = (error: UserError) =>
  error instanceof NotFoundError ? 404 : error instanceof ExpectationNotMetError ? 409 : 400

const problem = (status: number, error: string) => json(status, { error })

/** No page of another site shows or includes it. */
const ALONE: Answer['headers'] = [
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Content-Security-Policy', "frame-ancestors 'none'"],
]

function json(status: number, value: unknown): Answer {
  return {
    status,
    headers: [['Content-Type', 'application/json; charset=utf-8'], ...ALONE],
    body: `${JSON.stringify(value)}\n`,
  }
}
