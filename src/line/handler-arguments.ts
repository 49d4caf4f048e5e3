import { InternalError } from '#lib/errors.ts'
import type { PhpValue } from '#lib/php.ts'
import { isByRelease } from '#lib/releases.ts'
import type { World } from '#world/world.ts'
import type { Answer, Call } from './call.ts'
import type { Endpoint, Failures, HandlerArguments, RequestInfo, Result } from './endpoint.ts'
import { Crash, Exit, OcsFailure } from './failures.ts'
import type { Actor } from './identify.ts'
import type { Instance } from './instance.ts'
import type { ParamShape } from './params.ts'
import type { Run } from './run.ts'

type Arguments = HandlerArguments<string, ParamShape, Failures>

/** Everything a handler may see and do. */
export const handlerArguments = (endpoint: Endpoint, instance: Instance, run: Run): Arguments =>
  new LazyArguments(endpoint, instance, run)

/** A class, because every request makes one: an object with accessors of its own costs ten times as much. */
class LazyArguments implements Arguments {
  readonly #endpoint: Endpoint
  readonly #instance: Instance
  readonly #call: Call
  #request: RequestInfo | undefined
  readonly input: Arguments['input']
  readonly raw: Run['raw']
  readonly uploads: Run['uploads']
  readonly actor: Actor
  readonly world: Arguments['world']
  readonly ok = ok
  readonly respond = respond
  readonly abort = abort
  readonly fail: Arguments['fail']
  readonly crash: Arguments['crash']

  constructor(endpoint: Endpoint, instance: Instance, { call, actor, input, raw, uploads }: Run) {
    this.#endpoint = endpoint
    this.#instance = instance
    this.#call = call
    this.input = input as Arguments['input']
    this.raw = raw
    this.uploads = uploads
    this.actor = actor
    this.world = worldOf(instance, actor)
    this.fail = (code, message) => failWith(endpoint, code, message)
    this.crash = () => {
      throw new Crash()
    }
  }

  get me(): string {
    const { userId } = this.actor
    if (userId !== null) return userId
    const { id } = this.#endpoint
    throw new InternalError(`${id} is open to anonymous callers and asked for "me". Look at actor.userId.`)
  }

  get request(): RequestInfo {
    this.#request ??= requestInfo(this.#instance, this.#call)
    return this.#request
  }

  get profile(): Arguments['profile'] {
    return this.#instance.profileFor(this.#endpoint)
  }

  get catalogue(): Arguments['catalogue'] {
    return this.#instance
  }

  get outgoing(): Arguments['outgoing'] {
    return this.#instance.outgoing
  }
}

/** The world for what a caller does to it: whatever happens there, the caller is behind it. */
export const worldOf = ({ world }: Instance, { userId }: Actor): World =>
  userId === null ? world : world.under({ by: userId })

const ok = (data: PhpValue = [], extra?: Partial<Result>): Result => respond(200, data, extra)

function respond(status: number, data: PhpValue = [], extra?: Partial<Result>): Result {
  if (extra === undefined) return { status, data }
  // Named one by one: a spread costs more than the rest of a quick handler.
  const { message, headers, etag, cookies, totalItems, itemsPerPage, encoded } = extra
  return { status, data, message, headers, etag, cookies, totalItems, itemsPerPage, encoded }
}

function abort(answer: Answer): never {
  throw new Exit(answer)
}

function failWith(endpoint: Endpoint, code: number, message?: string): never {
  const declared = endpoint.failures?.[code]
  if (declared === undefined) throw new InternalError(`${endpoint.id} failed with ${code}, which it does not declare.`)
  throw new OcsFailure(code, message ?? wordsOf(declared))
}

/** A definition whose words changed comes here as it is in the release of the profile. */
function wordsOf(declared: Failures[number]): string {
  if (typeof declared === 'string') return declared
  return isByRelease(declared) ? (declared.at(Number.POSITIVE_INFINITY) ?? '') : declared[0]!
}

/** The parts of a request that do not depend on how it was asked. */
export function requestInfo(instance: Instance, call: Call): RequestInfo {
  return new CallInfo(instance.baseUrl ?? call.origin, call)
}

class CallInfo implements RequestInfo {
  readonly baseUrl: string
  readonly #call: Call

  constructor(baseUrl: string, call: Call) {
    this.baseUrl = baseUrl
    this.#call = call
  }

  get host(): string {
    return this.baseUrl.replace(/^[a-z]+:\/\//i, '')
  }

  get address(): string {
    return this.baseUrl + this.#call.path
  }

  get remoteAddress(): string {
    return this.#call.remoteAddress
  }

  header(name: string): string {
    return this.#call.header(name.toLowerCase())
  }
}
