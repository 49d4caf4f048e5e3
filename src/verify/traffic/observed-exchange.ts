import { parseStr } from '#lib/php-form.ts'
import type { Answer, Call } from '#line/call.ts'
import type { Method } from '#line/endpoint.ts'
import { formatFromAccept, readOcsCall } from '#line/read-call.ts'
import type { Variant } from '../exchange.ts'

/** One request of somebody's client with its answer, as they went over the wire. */
export interface ObservedExchange {
  readonly method: string
  /** Below the web root, still percent-encoded: `/ocs/v2.php/cloud/user`. */
  readonly path: string
  /** As it came, without the question mark. */
  readonly query: string
  /** Names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
  readonly answer: Answer
  /** Whether credentials came along. Browsers leave them out of what they export, so it may be unknown. */
  readonly credentials: 'sent' | 'none' | 'unknown'
  /** The account that asked, where it is known from elsewhere. */
  readonly account?: string
}

/** An observed request that asked for OCS, read as the line reads it. */
export interface ObservedOcsRequest extends Variant {
  readonly method: Method
  /** Below `/ocs/vN.php`. */
  readonly path: string
  /** Without `format`. */
  readonly query: string
}

export const requestHeader = ({ headers }: ObservedExchange, wanted: string): string =>
  headers.find(([name]) => name === wanted)?.[1] ?? ''

/** What was asked for, or `null` where it is nothing of OCS. */
export function readOcsRequest(observed: ObservedExchange): ObservedOcsRequest | null {
  const call = callOfObserved(observed, 'http://localhost', {})
  const ocs = readOcsCall(call)
  if (!ocs) return null
  const format = parseStr(observed.query).format ?? formatFromAccept(call.header('accept'))
  return {
    version: ocs.version,
    format: format === 'json' ? 'json' : 'xml',
    method: (observed.method === 'HEAD' ? 'GET' : observed.method) as Method,
    path: ocs.path,
    query: observed.query
      .split('&')
      .filter((pair) => pair !== '' && !/^format=/i.test(pair))
      .join('&'),
  }
}

/** The call that a request is for the line. @param changed headers that stand in for those that came; '' takes one away */
export function callOfObserved(
  observed: ObservedExchange,
  origin: string,
  changed: Readonly<Record<string, string>>,
): Call {
  return {
    method: observed.method,
    path: observed.path,
    query: observed.query,
    origin,
    header: (name) => changed[name] ?? requestHeader(observed, name),
    headers: () => [...observed.headers.filter(([name]) => changed[name] === undefined), ...Object.entries(changed)],
    body: () => observed.body,
    remoteAddress: '127.0.0.1',
  }
}
