import {
  createServer,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type Duplex, pipeline } from 'node:stream'
import type { RunningServer } from '#adapters/node-server.ts'
import { AddressRewriter } from './address-rewriter.ts'
import { BodyCapture, decompress } from './body-capture.ts'
import { forClient, forServer, headersOf } from './headers.ts'

/** One request with its answer as they passed. */
export interface ProxiedExchange {
  readonly method: string
  /** Path and query as the client asked. */
  readonly target: string
  /** Names in lower case, as the client sent them. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** `null`: larger than what is captured. */
  readonly body: Uint8Array | null
  readonly status: number
  /** As the server sent them. */
  readonly answerHeaders: readonly (readonly [name: string, value: string])[]
  readonly answerBody: Uint8Array | null
  /** Until the last byte of the answer. */
  readonly milliseconds: number
}

export interface ProxyOptions {
  /** Scheme and host of the server: `https://cloud.example.com`. */
  readonly origin: string
  readonly host?: string
  readonly port?: number
  /** How long the server may be silent. Default: 60 s. */
  readonly timeout?: number | undefined
  /** Larger bodies pass and are not captured. Default: 4 MiB. */
  readonly maxCaptured?: number
  readonly onExchange?: (passed: ProxiedExchange) => void
  /** Called with why a request could not be answered, or not to its end. */
  readonly onFailure?: (message: string, request: { method: string; target: string }) => void
}

const DEFAULT_TIMEOUT = 60_000
const DEFAULT_CAPTURED = 4 * 1024 * 1024
/** Bodies in which the server may name its own address. */
const TEXT = /^(?:text\/(?:html|xml|plain)|application\/(?:[\w.-]+\+)?(?:json|xml))\b/i

/**
 * A reverse proxy in front of one server: clients talk to it as if it were the server. Bodies stream through, both ways;
 * addresses of the server become those of the proxy. Rejects with Node's error where the port cannot be had.
 */
export function startProxy(options: ProxyOptions): Promise<RunningServer> {
  const secure = options.origin.startsWith('https:')
  const agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  const host = options.host ?? '127.0.0.1'
  const http = createServer((request, response) =>
    forward(request, response, { ...options, agent, own: ownOrigin(http, request) }),
  )
  http.requestTimeout = 0
  http.on('upgrade', (_request, socket: Duplex) => {
    socket.end('HTTP/1.1 501 Not Implemented\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen(options.port ?? 0, host, () => {
      http.off('error', reject)
      const { port } = http.address() as AddressInfo
      const close = () =>
        new Promise<void>((done) => {
          http.close(() => done())
          http.closeAllConnections()
          agent.destroy()
        })
      resolve({ url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, port, host, http, close })
    })
  })
}

/** The address under which this client knows the proxy. */
function ownOrigin(http: Server, { headers }: IncomingMessage): string {
  return `http://${headers.host ?? `127.0.0.1:${(http.address() as AddressInfo | null)?.port ?? 80}`}`
}

interface ProxyContext extends ProxyOptions {
  readonly agent: HttpAgent
  readonly own: string
}

function forward(request: IncomingMessage, response: ServerResponse, options: ProxyContext): void {
  const started = performance.now()
  const { origin, own, agent, maxCaptured = DEFAULT_CAPTURED, timeout = DEFAULT_TIMEOUT } = options
  const method = request.method ?? 'GET'
  const target = targetOf(request.url ?? '/')
  const requestCapture = new BodyCapture(maxCaptured)
  const answerCapture = new BodyCapture(maxCaptured)
  /** Which side ended it: what follows from that on the other side is no error. */
  let ended: 'client' | 'server' | null = null
  const fail = (error: NodeJS.ErrnoException) => {
    if (ended !== null) return
    ended = 'server'
    const reason = error.code === undefined ? error.message : `${error.code}${HINTS[error.code] ?? ''}`
    options.onFailure?.(reason, { method, target })
    // What the client still sends has no way to go.
    request.unpipe()
    request.resume()
    breakOff(
      response,
      `${origin} did not answer ${method} ${target}: ${reason}. (ocs-mock stands between you and it.)\n`,
    )
  }
  const ask = origin.startsWith('https:') ? httpsRequest : httpRequest
  const headers = forServer(headersOf(request), { from: own, to: origin }).flat()
  const upstream = ask(origin, { method, path: target, agent, headers, timeout })
  upstream.on('timeout', () => upstream.destroy(new Error(`silent for ${timeout / 1000} s`)))
  upstream.on('error', fail)
  response.on('close', () => {
    if (response.writableFinished || ended !== null) return
    ended = 'client'
    upstream.destroy()
  })
  upstream.on('response', (answer) => {
    answer.on('error', fail)
    answerTo(request, response, answer, answerCapture, options, (error) => {
      if (error || ended !== null) return
      options.onExchange?.({
        method,
        target,
        headers: headersOf(request),
        body: requestCapture.bytes,
        status: answer.statusCode ?? 0,
        answerHeaders: headersOf(answer),
        answerBody:
          answerCapture.bytes && decompress(answerCapture.bytes, answer.headers['content-encoding'] ?? '', maxCaptured),
        milliseconds: performance.now() - started,
      })
    })
  })
  request.pipe(requestCapture).pipe(upstream)
}

const HINTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: ' (nothing listens there)',
  ENOTFOUND: ' (there is no such host)',
  ECONNRESET: ' (it broke off the connection)',
  DEPTH_ZERO_SELF_SIGNED_CERT: ' (give its certificate in NODE_EXTRA_CA_CERTS)',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ' (give its certificate in NODE_EXTRA_CA_CERTS)',
}

/** Some clients ask as they would ask a proxy that they know of. */
const targetOf = (url: string): string => {
  if (!/^https?:\/\//i.test(url)) return url
  const { pathname, search } = new URL(url)
  return pathname + search
}

function answerTo(
  request: IncomingMessage,
  response: ServerResponse,
  answer: IncomingMessage,
  capture: BodyCapture,
  { origin, own }: ProxyContext,
  done: (error?: Error | null) => void,
): void {
  const type = answer.headers['content-type'] ?? ''
  const isWhole = answer.headers['content-encoding'] === undefined && answer.statusCode !== 206
  const rewritten = isWhole && TEXT.test(type) && request.method !== 'HEAD'
  const origins = { from: origin, to: own }
  response.writeHead(
    answer.statusCode ?? 502,
    answer.statusMessage,
    forClient(headersOf(answer), origins, rewritten).flat(),
  )
  if (rewritten) pipeline(answer, capture, new AddressRewriter(origins), response, done)
  else pipeline(answer, capture, response, done)
}

/** 502 where nothing was sent yet; else the connection ends, so that half an answer is not taken for a whole one. */
function breakOff(response: ServerResponse, message: string): void {
  if (response.destroyed) return
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.writeHead(502, { 'Content-Type': 'text/plain; charset=utf-8', 'X-OCS-Mock': 'bad-gateway' })
  response.end(message)
}
