import { UserError } from '#lib/errors.ts'
import type { Why } from './why.ts'

/**
 * A request and its answer as the line sees them: no transport, no platform.
 * Adapters make a {@link Call} from what they have and turn an {@link Answer} into what they need.
 */

export interface Call {
  readonly method: string
  /** The path as it came, still percent-encoded, without the query. */
  readonly path: string
  /** The query as it came, without the question mark. */
  readonly query: string
  /** Scheme and host that the caller used, no trailing slash: `http://127.0.0.1:8080`. */
  readonly origin: string
  /** A header's value, or the empty string. `name` is lower case. */
  header(name: string): string
  /** All headers as they came, for the journal. May be read after the answer. */
  headers(): Iterable<readonly [name: string, value: string]>
  /** The whole body. Called at most once by the line. */
  body(): Promise<Uint8Array> | Uint8Array
  /** The caller's address, for logs and sessions. */
  readonly remoteAddress: string
}

/** Status and message of an envelope, as they go over the wire. */
export interface OcsMeta {
  readonly status: number
  readonly message: string
}

export interface Answer {
  /**
   * Who answers: a controller, or what speaks in its place where one was to be asked; or a script that asks none, such
   * as `status.php`, WebDAV, or a route that is there for other methods; or the web server, for a file or by a rule of
   * its own. Default: a controller.
   */
  readonly speaker?: 'controller' | 'script' | 'file'
  readonly status: number
  /** Names as they go over the wire; a name may occur twice (Set-Cookie). */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | Uint8Array
  /** Headers of a script that name the request. A controller's answer has its own. */
  readonly namedIn?: readonly string[]
  /** What the envelope says, where there is one. */
  readonly ocs?: OcsMeta
  /** Why it is what it is. Missing: the operation's handler decided. */
  readonly why?: Why
  /**
   * More of the body, as it comes about: called with what sends it once the body is sent; the answer of this is
   * called when the caller has gone. Only answers of the control API have it.
   */
  readonly stream?: (write: (text: string) => void) => () => void
}

/** The folder that the instance lies in, as links have it: `/nextcloud`, or nothing at the root of its host. */
export function webRootOf({ origin }: Pick<Call, 'origin'>): string {
  const at = origin.indexOf('/', origin.indexOf('://') + 3)
  return at < 0 ? '' : origin.slice(at)
}

const NO_BODY = new Uint8Array(0)

/**
 * The request that a call of `fetch` makes.
 * @throws UserError for an address that is no whole one, where there is no page that it could be below
 */
export function requestOf(input: Request | string | URL, init?: RequestInit): Request {
  if (input instanceof Request && !init) return input
  try {
    return new Request(input, init)
  } catch (error) {
    if (input instanceof Request || URL.canParse(String(input))) throw error
    throw new UserError(
      `Failed to fetch "${input}": this is no whole address. Write one with any host, such as "http://localhost/ocs/v2.php/cloud/user".`,
    )
  }
}

/** The call that a `fetch` Request is. Its body is read only when the line asks for it. */
export function callFromRequest(request: Request): Call {
  const url = new URL(request.url)
  return {
    method: request.method,
    path: url.pathname,
    query: url.search.slice(1),
    origin: url.origin,
    header: (name) => request.headers.get(name) ?? '',
    headers: headersOf(request),
    body: async () => (request.body === null ? NO_BODY : new Uint8Array(await request.arrayBuffer())),
    remoteAddress: '127.0.0.1',
  }
}

/** The call, and what was read of its body; `null`: nobody read it. */
export function keepingBody(sent: Call): { readonly call: Call; readonly heard: { body: Uint8Array | null } } {
  const heard: { body: Uint8Array | null } = { body: null }
  const body = async () => {
    heard.body ??= await sent.body()
    return heard.body
  }
  return { call: { ...sent, body }, heard }
}

/** The headers alone: whoever keeps them does not keep the request and its body. */
const headersOf =
  ({ headers }: Request): Call['headers'] =>
  () =>
    headers

/** What every header may hold. */
const SAFE_VALUE = /^[\t\x20-\x7e]*$/

/** A header's value as PHP sends it: its bytes in UTF-8, each as one character, and none that would end the header. */
export function headerOnWire(value: string): string {
  if (SAFE_VALUE.test(value)) return value
  const bytes = Array.from(new TextEncoder().encode(value), (byte) => String.fromCharCode(byte)).join('')
  return bytes.replace(/[^\t\x20-\x7e\x80-\xff]/g, '')
}

/** The Response that an answer is. Statuses that must not have a body lose it. */
export function responseFromAnswer(answer: Answer): Response {
  const bodiless = answer.status === 204 || answer.status === 205 || answer.status === 304
  const headers = answer.headers.map(([name, value]): [string, string] => [name, headerOnWire(value)])
  const init = { status: answer.status, headers }
  return new Response(bodiless ? null : (answer.body as BodyInit), init)
}

/** An answer without a body and with PHP's default type: what the real server sends when a controller was not called. */
export function bare(status: number, headers: Answer['headers'] = []): Answer {
  return { status, headers: [['Content-Type', 'text/html; charset=UTF-8'], ...headers], body: '' }
}

/** A JSON answer outside OCS (Nextcloud's JSONResponse); slashes are escaped as PHP does. */
export function jsonAnswer(status: number, value: unknown, headers: Answer['headers'] = []): Answer {
  const body = JSON.stringify(value).replace(/[/<>\u0080-\uffff]/g, escapeJson)
  return { status, headers: [['Content-Type', 'application/json; charset=utf-8'], ...headers], body }
}

/** One character as PHP's `json_encode` with JSON_HEX_TAG writes it. */
export function escapeJson(char: string): string {
  switch (char) {
    case '/':
      return '\\/'
    case '<':
      return '\\u003C'
    case '>':
      return '\\u003E'
    default:
      return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
  }
}
