import type { Call } from '../call.ts'
import type { Endpoint, Failures, HandlerArguments, RequestInfo, Result } from '../endpoint.ts'
import { Crash, Exit, InternalError, OcsFailure } from '../failures.ts'
import type { Instance } from '../instance.ts'
import type { ParamShape } from '../params.ts'
import type { PhpValue } from '../php.ts'
import type { Actor } from './identify.ts'
import type { Upload } from './multipart.ts'

interface Run {
  readonly call: Call
  readonly actor: Actor
  readonly input: Record<string, unknown>
  readonly raw: Record<string, unknown>
  readonly uploads: Readonly<Record<string, Upload>>
}

type Arguments = HandlerArguments<string, ParamShape, Failures>

/** Everything a handler may see and do. */
export function handlerArguments(
  endpoint: Endpoint,
  instance: Instance,
  { call, actor, input, raw, uploads }: Run,
): Arguments {
  return {
    input: input as Arguments['input'],
    raw,
    uploads,
    actor,
    get me() {
      if (actor.userId === null)
        throw new InternalError(`${endpoint.id} is open to anonymous callers and asked for "me". Look at actor.userId.`)
      return actor.userId
    },
    world: instance.world,
    profile: instance.profile,
    catalogue: instance.catalogue,
    outgoing: instance.outgoing,
    request: requestInfo(instance, call),
    ok,
    respond,
    fail: (code, message) => failWith(endpoint, code, message),
    crash() {
      throw new Crash(endpoint.id)
    },
    abort(answer) {
      throw new Exit(answer)
    },
  }
}

const ok = (data: PhpValue = [], extra?: Partial<Result>): Result => ({ ...extra, status: 200, data })
const respond = (status: number, data: PhpValue = [], extra?: Partial<Result>): Result => ({ ...extra, status, data })

function failWith(endpoint: Endpoint, code: number, message?: string): never {
  const declared = endpoint.failures?.[code]
  if (declared === undefined) throw new InternalError(`${endpoint.id} failed with ${code}, which it does not declare.`)
  throw new OcsFailure(code, message ?? (typeof declared === 'string' ? declared : declared[0]!))
}

/** The parts of a request that do not depend on how it was asked. */
export function requestInfo(instance: Instance, call: Call): RequestInfo {
  const baseUrl = instance.baseUrl ?? call.origin
  return {
    baseUrl,
    host: baseUrl.replace(/^[a-z]+:\/\//i, ''),
    address: baseUrl + call.path,
    header: (name) => call.header(name.toLowerCase()),
    remoteAddress: call.remoteAddress,
  }
}
