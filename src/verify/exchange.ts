import type { Answer, Call } from '#line/call.ts'

/** An account that the verifier made itself, by its id. */
export type OwnAccountId = `ocsmock-${string}`

/** Whose credentials a request carries. The credentials themselves are never part of an exchange. */
export type Role = 'admin' | 'user' | 'anonymous' | 'wrong-password' | OwnAccountId

/** Why a request is sent. */
export type ProbeKind =
  | 'valid'
  | 'unknown-parameter'
  | 'unknown-id'
  /** A value of another kind, or beyond what is allowed. */
  | 'invalid'
  /** A value that nothing has: what it narrows, it narrows to nothing. */
  | 'unmatched'
  /** The first item of the list that comes without a limit. */
  | 'limit'
  /** The second one. */
  | 'offset'
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

/** A request that the verifier sends: all of it but its credentials. */
export interface ProbeRequest extends Variant {
  readonly as: Role
  readonly method: string
  /** Percent-encoded, below `/ocs/vN.php`; the whole one of a page below `/index.php`. */
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
  readonly request: ProbeRequest
  readonly answer: Answer
}

/** An account of the instance that the verifier may use. */
export interface Account {
  /** The account's id, which can differ from the login name. */
  readonly id: string
  readonly login: string
  readonly password: string
  readonly role: 'admin' | 'user' | OwnAccountId
  /** Groups that the account administers. */
  readonly subAdminOf: readonly string[]
}

/** What goes over the wire. v1 asks for its format by the query, v2 by `Accept`: both ways are documented. */
export function httpRequestOf(request: ProbeRequest): { path: string; query: string; headers: Record<string, string> } {
  if (request.raw) return { path: request.path, query: request.query, headers: { ...request.headers } }
  const byQuery = request.version === 1
  const query = [request.query, byQuery ? `format=${request.format}` : ''].filter((part) => part !== '').join('&')
  const headers: Record<string, string> = { ...request.headers }
  if (!byQuery) headers.accept = `application/${request.format}`
  if (request.ocs !== false) headers['ocs-apirequest'] = 'true'
  return { path: isPage(request.path) ? request.path : `/ocs/v${request.version}.php${request.path}`, query, headers }
}

/** Whether a path is the whole one of an app's page, whichever version is asked. */
export const isPage = (path: string): boolean => path.startsWith('/index.php/apps/')

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
export function callOf(request: ProbeRequest, accounts: readonly Account[], origin: string): Call {
  const { path, query, headers } = httpRequestOf(request)
  const authorization = authorizationOf(request.as, accounts)
  const all: Record<string, string> = authorization === null ? headers : { ...headers, authorization }
  return {
    method: request.method,
    path,
    query,
    origin,
    header: (name) => all[name] ?? '',
    headers: () => Object.entries(all),
    body: () => new TextEncoder().encode(request.body ?? ''),
    remoteAddress: '127.0.0.1',
  }
}

/** A shell command that sends the same request. Credentials are variables, never values. */
export function curlOf(request: ProbeRequest, base: string): string {
  const { path, query, headers } = httpRequestOf(request)
  const args = ['curl', '-i']
  if (request.method !== 'GET') args.push('-X', request.method)
  if (request.as === 'wrong-password') args.push('-u', '"$OCS_USER:wrong"')
  else if (request.as !== 'anonymous') args.push('-u', CREDENTIALS[request.as] ?? `"${request.as}:$PASSWORD"`)
  for (const [name, value] of Object.entries(headers)) args.push('-H', quote(`${HEADER_NAMES[name] ?? name}: ${value}`))
  if (request.body !== undefined) args.push('--data-binary', quote(request.body))
  args.push(quote(base + path + (query === '' ? '' : `?${query}`)))
  return args.join(' ')
}

const HEADER_NAMES: Readonly<Record<string, string>> = {
  accept: 'Accept',
  'content-type': 'Content-Type',
  'ocs-apirequest': 'OCS-APIRequest',
}

const CREDENTIALS: Readonly<Record<string, string>> = { admin: '"$OCS_ADMIN"', user: '"$OCS_USER"' }

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** `admin v2 json`: how reports call a request's variant. */
export const variantLabel = ({ as, version, format }: ProbeRequest): string => `${as} v${version} ${format}`
