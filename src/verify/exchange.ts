import type { Answer, Call } from '#line/call.ts'

/** An account that the verifier made itself, by its id. */
export type Own = `ocsmock-${string}`

/** Whose credentials a request carries. The credentials themselves are never part of an exchange. */
export type Role = 'admin' | 'user' | 'anonymous' | 'wrong-password' | Own

/** Why a request is asked. */
export type ProbeKind =
  | 'valid'
  | 'unknown-parameter'
  | 'unknown-id'
  | 'invalid'
  | 'limit'
  /** Seen in a client's traffic: nobody chose it. */
  | 'observed'
  /** Rules of the protocol that belong to no operation. */
  | 'protocol'
  /** A step of a story that changes state, or looks at what was changed. */
  | 'step'

export interface Variant {
  readonly version: 1 | 2
  readonly format: 'json' | 'xml'
}

/** One request, as a place below `/ocs/vN.php` and everything that it is asked with, but for secrets. */
export interface Asked extends Variant {
  readonly as: Role
  readonly method: string
  /** Percent-encoded, below `/ocs/vN.php`. */
  readonly path: string
  /** Without `format`. */
  readonly query: string
  /** Sent without the OCS-APIRequest header. */
  readonly ocs?: false
  /** The path is one below the base, none of OCS: WebDAV. */
  readonly raw?: true
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Exchange {
  readonly asked: Asked
  readonly answer: Answer
}

/** An account of the instance that the verifier may use. */
export interface Account {
  /** The account's id, which can differ from the login name. */
  readonly id: string
  readonly login: string
  readonly password: string
  readonly role: 'admin' | 'user' | Own
  /** Groups that the account administers. */
  readonly subAdminOf: readonly string[]
}

/** How every variant is asked for: v1 by the query, v2 by `Accept`. Both ways are documented. */
export function targetOf(asked: Asked): { path: string; query: string; headers: Record<string, string> } {
  if (asked.raw) return { path: asked.path, query: asked.query, headers: { ...asked.headers } }
  const byQuery = asked.version === 1
  const query = [asked.query, byQuery ? `format=${asked.format}` : ''].filter((part) => part !== '').join('&')
  const headers: Record<string, string> = { ...asked.headers }
  if (!byQuery) headers.accept = `application/${asked.format}`
  if (asked.ocs !== false) headers['ocs-apirequest'] = 'true'
  return { path: `/ocs/v${asked.version}.php${asked.path}`, query, headers }
}

/** The `Authorization` header of a role, or none. A wrong password is one that no account has. */
export function authorizationOf(role: Role, accounts: readonly Account[]): string | null {
  if (role === 'anonymous') return null
  const account = role === 'wrong-password' ? accounts[0] : accounts.find((known) => known.role === role)
  if (!account) return null
  const password = role === 'wrong-password' ? 'ocsmock wrong password' : account.password
  const bytes = new TextEncoder().encode(`${account.login}:${password}`)
  return `Basic ${btoa(String.fromCharCode(...bytes))}`
}

/** The call that a request is for the line: the same request as the one on the wire. */
export function callOf(asked: Asked, accounts: readonly Account[], origin: string): Call {
  const { path, query, headers } = targetOf(asked)
  const authorization = authorizationOf(asked.as, accounts)
  const all: Record<string, string> = authorization === null ? headers : { ...headers, authorization }
  return {
    method: asked.method,
    path,
    query,
    origin,
    header: (name) => all[name] ?? '',
    body: () => new TextEncoder().encode(asked.body ?? ''),
    remoteAddress: '127.0.0.1',
  }
}

/** A line for a shell that asks the same. Credentials are variables, never values. */
export function curlOf(asked: Asked, base: string): string {
  const { path, query, headers } = targetOf(asked)
  const words = ['curl', '-i']
  if (asked.method !== 'GET') words.push('-X', asked.method)
  if (asked.as === 'wrong-password') words.push('-u', '"$OCS_USER:wrong"')
  else if (asked.as !== 'anonymous') words.push('-u', CREDENTIALS[asked.as] ?? `"${asked.as}:$PASSWORD"`)
  for (const [name, value] of Object.entries(headers))
    words.push('-H', quote(`${HEADER_NAMES[name] ?? name}: ${value}`))
  if (asked.body !== undefined) words.push('--data-binary', quote(asked.body))
  words.push(quote(base + path + (query === '' ? '' : `?${query}`)))
  return words.join(' ')
}

const HEADER_NAMES: Readonly<Record<string, string>> = {
  accept: 'Accept',
  'content-type': 'Content-Type',
  'ocs-apirequest': 'OCS-APIRequest',
}

const CREDENTIALS: Readonly<Record<string, string>> = { admin: '"$OCS_ADMIN"', user: '"$OCS_USER"' }

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** `admin v2 json`, how a person calls a variant. */
export const nameOf = ({ as, version, format }: Asked): string => `${as} v${version} ${format}`
