import { parseStr } from '#lib/php.ts'
import type { RecordedAnswer, RecordedCase, Recording } from '#verify/recording.ts'
import { canonical, meaningOf } from './body.ts'
import { fits, fitsValue } from './match.ts'

/** Who asks. `any`: somebody who is logged in, nobody knows who. */
export type Caller = { readonly account: string } | 'any' | 'anonymous' | 'wrong-password'

/** A request as it is compared: by what it means, not by how it is written. */
export interface Asking {
  readonly method: string
  /** Below `/ocs/vN.php`, decoded. */
  readonly path: string
  readonly query: unknown
  readonly body: unknown
  readonly caller: Caller
}

/** A recorded request with its answers in the order in which they came, for each variant by itself. */
export interface Script {
  readonly asking: Asking
  readonly operation: string | null
  readonly answers: ReadonlyMap<string, readonly RecordedAnswer[]>
}

export const variantOf = (version: 1 | 2, format: string): string => `v${version} ${format === 'json' ? 'json' : 'xml'}`

/** All requests of a recording. What was asked more than once has more than one answer. */
export function scriptsOf(recording: Recording): Script[] {
  const scripts = new Map<string, Script & { answers: Map<string, RecordedAnswer[]> }>()
  for (const recorded of recording.cases) {
    for (const answer of recorded.answers) {
      const asking = askingOf(recorded, answer, recording)
      const key = canonical(asking)
      const script = scripts.get(key) ?? { asking, operation: operationOf(recorded), answers: new Map() }
      const variant = variantOf(answer.version, answer.format)
      script.answers.set(variant, [...(script.answers.get(variant) ?? []), answer])
      scripts.set(key, script)
    }
  }
  return [...scripts.values()]
}

const operationOf = ({ operation }: RecordedCase): string | null => (operation === 'protocol' ? null : operation)

function askingOf(recorded: RecordedCase, answer: RecordedAnswer, { target }: Recording): Asking {
  const { method = 'GET', path, body, as, account } = recorded
  return {
    method,
    path: decodePath(path),
    query: withoutFormat(parseStr(answer.query ?? recorded.query)),
    body: body !== undefined && 'text' in body ? withoutFormat(meaningOf(body.type, body.text)) : (body ?? {}),
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
export function differencesOf({ asking }: Script, given: Asking): string[] {
  const found: string[] = []
  if (!fits(asking.path, given.path)) found.push('path')
  if (asking.method !== given.method) found.push('method')
  if (!isCaller(asking.caller, given.caller)) found.push('caller')
  if (!fitsValue(asking.query, given.query)) found.push('query')
  if (!fitsValue(asking.body, given.body)) found.push('body')
  return found
}

function isCaller(recorded: Caller, given: Caller): boolean {
  if (typeof recorded === 'object' && typeof given === 'object') return fits(recorded.account, given.account)
  if (recorded === 'any') return typeof given === 'object'
  return recorded === given
}

/** `GET /cloud/users as admin`, how a person calls a request. */
export function nameOf({ method, path, query, caller }: Asking): string {
  const pairs = Object.entries(query as object).map(([name, value]) => `${name}=${asText(value)}`)
  const who = typeof caller === 'object' ? caller.account : caller === 'any' ? 'somebody' : caller
  return `${method} ${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`} as ${who}`
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
