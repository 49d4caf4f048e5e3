import { parseStr } from '#lib/php-form.ts'
import { canonical, parseBody } from '#verify/body.ts'
import type { RecordedAnswer, RecordedCase, Recording } from '#verify/recording.ts'
import { matches, matchesValue } from './match.ts'

/** What becomes of a request that was not recorded: the model answers it, or it fails and says so. */
export type NotRecorded = 'model' | 'fail'

/** Who asks. `any`: somebody who is logged in, nobody knows who. */
export type Caller = { readonly account: string } | 'any' | 'anonymous' | 'wrong-password'

/** A request as it is compared: by what it means, not by how it is written. */
export interface ReplayRequest {
  readonly method: string
  /** Below `/ocs/vN.php`, decoded. */
  readonly path: string
  readonly query: unknown
  readonly body: unknown
  readonly caller: Caller
}

/** A recorded request with its answers in the order in which they came, for each variant by itself. */
export interface Stub {
  readonly request: ReplayRequest
  readonly operation: string | null
  readonly answers: ReadonlyMap<string, readonly RecordedAnswer[]>
}

export const variantOf = (version: 1 | 2, format: string): string => `v${version} ${format === 'json' ? 'json' : 'xml'}`

/** All requests of a recording. What was asked more than once has more than one answer. */
export function stubsOf(recording: Recording): Stub[] {
  const stubs = new Map<string, Stub & { answers: Map<string, RecordedAnswer[]> }>()
  for (const recorded of recording.cases) {
    for (const answer of recorded.answers) {
      const request = requestOf(recorded, answer, recording)
      const key = canonical(request)
      const stub = stubs.get(key) ?? { request, operation: operationOf(recorded), answers: new Map() }
      const variant = variantOf(answer.version, answer.format)
      stub.answers.set(variant, [...(stub.answers.get(variant) ?? []), answer])
      stubs.set(key, stub)
    }
  }
  return [...stubs.values()]
}

const operationOf = ({ operation }: RecordedCase): string | null => (operation === 'protocol' ? null : operation)

function requestOf(recorded: RecordedCase, answer: RecordedAnswer, { target }: Recording): ReplayRequest {
  const { method = 'GET', path, body, as, account } = recorded
  return {
    method,
    path: decodePath(path),
    query: withoutFormat(parseStr(answer.query ?? recorded.query)),
    body: body !== undefined && 'text' in body ? withoutFormat(parseBody(body.type, body.text)) : (body ?? {}),
    caller: callerOf(as, account ?? target.accounts.find(({ role }) => role === as)?.id),
  }
}

function callerOf(as: RecordedCase['as'], account: string | undefined): Caller {
  if (as === 'anonymous' || as === 'wrong-password') return as
  return account === undefined ? 'any' : { account }
}

/** How an answer is written is told apart from what is asked. */
export function withoutFormat(parameters: unknown): unknown {
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) return parameters
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== 'format'))
}

export function decodePath(path: string): string {
  try {
    return path
      .split('/')
      .map((segment) => decodeURIComponent(segment).replaceAll('/', '%2F'))
      .join('/')
  } catch {
    return path
  }
}

/** In what a request differs from a recorded one, the worst first; nothing: it is the same. */
export function differencesOf({ request }: Stub, actual: ReplayRequest): string[] {
  const found: string[] = []
  if (!matches(request.path, actual.path)) found.push('path')
  if (request.method !== actual.method) found.push('method')
  if (!isCaller(request.caller, actual.caller)) found.push('caller')
  if (!matchesValue(request.query, actual.query)) found.push('query')
  if (!matchesValue(request.body, actual.body)) found.push('body')
  return found
}

function isCaller(recorded: Caller, actual: Caller): boolean {
  if (typeof recorded === 'object' && typeof actual === 'object') return matches(recorded.account, actual.account)
  if (recorded === 'any') return typeof actual === 'object'
  return recorded === actual
}

/** `GET /cloud/users as admin`, how a person calls a request. */
export function requestLabel({ method, path, query, caller }: ReplayRequest): string {
  const pairs = Object.entries(query as object).map(([name, value]) => `${name}=${asText(value)}`)
  const who = typeof caller === 'object' ? caller.account : caller === 'any' ? 'somebody' : caller
  return `${method} ${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`} as ${who}`
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
