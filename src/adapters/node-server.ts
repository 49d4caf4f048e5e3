import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { Server as SecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { InternalError } from '#lib/errors.ts'
import { type Answer, type Call, headerOnWire } from '#line/call.ts'
import { ConnectionDropped } from '#line/failures.ts'

/** Whatever answers calls: a mock, or the choice between worlds in front of several. */
export interface CallHandler {
  handle(call: Call): Promise<Answer>
}

export interface ServerOptions {
  /** Default: 127.0.0.1. Anything but loopback can be reached by others. */
  readonly host?: string
  /** 0 picks a free one. Default: 0. */
  readonly port?: number
  /** Told about errors of ours; the request is answered 500 and the server goes on. */
  readonly onError?: (error: unknown, call: { method: string; path: string }) => void
  /** Bodies larger than this many bytes are refused with 413. Default: 512 MiB. */
  readonly maxBody?: number
  /** Speak HTTPS with this certificate and key, in PEM. `true`: with one that signs itself, made for this host. */
  readonly tls?: true | { readonly cert: string; readonly key: string }
}

export interface RunningServer {
  /** `http://127.0.0.1:8080` */
  readonly url: string
  readonly port: number
  readonly host: string
  readonly http: Server | SecureServer
  /** Stop listening and end open connections. */
  close(): Promise<void>
}

const DEFAULT_MAX_BODY = 512 * 1024 * 1024

/**
 * Serve a mock over HTTP, or HTTPS. Rejects with Node's error where the port cannot be had, or the certificate cannot be
 * read.
 */
export async function startServer(mock: CallHandler, options: ServerOptions = {}): Promise<RunningServer> {
  const host = options.host ?? '127.0.0.1'
  const http = await createFor(options, host, (request, response) => {
    serve(mock, options, request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  http.keepAliveTimeout = 60_000
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen(options.port ?? 0, host, () => {
      http.off('error', reject)
      const { port } = http.address() as AddressInfo
      const shown = host.includes(':') ? `[${host}]` : host
      const scheme = options.tls ? 'https' : 'http'
      resolve({ url: `${scheme}://${shown}:${port}`, port, host, http, close: () => close(http) })
    })
  })
}

async function createFor(
  { tls }: ServerOptions,
  host: string,
  answer: RequestListener,
): Promise<Server | SecureServer> {
  if (!tls) return createServer(answer)
  const [secure, { selfSigned }] = await Promise.all([import('node:https'), import('./self-signed.ts')])
  return secure.createServer(tls === true ? selfSigned(['localhost', '127.0.0.1', '::1', host]) : tls, answer)
}

function close(http: Server | SecureServer): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve())
    http.closeAllConnections()
  })
}

async function serve(
  mock: CallHandler,
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const call = callFromNode(request, options.maxBody ?? DEFAULT_MAX_BODY)
  try {
    const answer = await mock.handle(call)
    if (answer.stream) goOn(response, answer, answer.stream)
    else send(response, answer)
  } catch (error) {
    if (error instanceof ConnectionDropped || error instanceof CallerGone) {
      request.socket.destroy()
      return
    }
    if (error instanceof BodyTooLarge) {
      send(response, {
        status: 413,
        headers: [
          ['Content-Type', 'text/plain'],
          ['Connection', 'close'],
        ],
        body: error.message,
      })
      return
    }
    const told = options.onError ?? ((e: unknown) => console.error(e))
    told(error, { method: call.method, path: call.path })
    const kind = error instanceof InternalError ? error.message : 'see the log of ocs-mock'
    if (!response.headersSent)
      send(response, {
        status: 500,
        headers: [
          ['Content-Type', 'text/plain; charset=utf-8'],
          ['X-OCS-Mock', 'internal-error'],
        ],
        body: `ocs-mock failed: ${kind}\n`,
      })
    else response.destroy()
  }
}

/** Head and body in one go: an answer is complete, so its length is known before its head is written. */
function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const head: string[] = []
  let isLengthKnown = false
  for (const [name, value] of headers) {
    head.push(name, headerOnWire(value))
    isLengthKnown ||= /^(?:content-length|transfer-encoding)$/i.test(name)
  }
  const size = typeof body === 'string' ? Buffer.byteLength(body) : body.length
  const mayHaveBody = response.req.method !== 'HEAD' && status !== 204 && status !== 304
  if (mayHaveBody && !isLengthKnown) head.push('Content-Length', String(size))
  response.writeHead(status, head)
  // A text of ASCII has as many bytes as characters; Latin-1 then gives the same bytes in less time.
  if (typeof body === 'string' && size === body.length) response.end(body, 'latin1')
  else response.end(body)
}

/** Bytes that wait for a caller who does not read; more, and the connection ends. */
const MAX_WAITING = 4 * 1024 * 1024

/** What comes about later is sent when it does, until the caller has gone. */
function goOn(response: ServerResponse, answer: Answer, stream: NonNullable<Answer['stream']>): void {
  response.writeHead(answer.status, answer.headers.flat())
  response.write(answer.body)
  const stop = stream((text) => {
    response.write(text)
    if (response.writableLength > MAX_WAITING) response.destroy()
  })
  response.once('close', stop)
}

class BodyTooLarge extends Error {}

/** Whoever asked does not wait for the answer. */
class CallerGone extends Error {}

function callFromNode(request: IncomingMessage, maxBody: number): Call {
  const url = request.url ?? '/'
  const question = url.indexOf('?')
  const headers = request.rawHeaders.some((text) => text.includes('_')) ? asPhpNames(request) : request.headers
  return {
    method: request.method ?? 'GET',
    path: question < 0 ? url : url.slice(0, question),
    query: question < 0 ? '' : url.slice(question + 1),
    origin: `${'encrypted' in request.socket ? 'https' : 'http'}://${request.headers.host || 'localhost'}`,
    header: (name) => {
      const value = headers[name]
      return typeof value === 'string' ? value : (value?.join(', ') ?? '')
    },
    headers: headersOf(request.rawHeaders),
    body: () => readAll(request, maxBody),
    remoteAddress: request.socket.remoteAddress ?? '127.0.0.1',
  }
}

/** The pairs of a list in which names and values take turns. */
const headersOf = (raw: readonly string[]): Call['headers'] =>
  function* () {
    for (let i = 0; i + 1 < raw.length; i += 2) yield [raw[i]!, raw[i + 1]!] as const
  }

/** To PHP `OCS_APIRequest` is the same header as `OCS-APIRequest`. */
const asPhpNames = (request: IncomingMessage): IncomingMessage['headers'] =>
  Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.replaceAll('_', '-'), value]))

async function readAll(request: IncomingMessage, maxBody: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > maxBody) throw new BodyTooLarge(`The body is larger than ${maxBody} bytes.`)
      chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof BodyTooLarge ? error : new CallerGone('The caller left before the end of the body.')
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}
