import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A call that an ExApp got. */
export interface ReceivedRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly json: unknown
}

type Handler = (heard: ReceivedRequest, response: ServerResponse) => void

const json = (response: ServerResponse, value: unknown) => {
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify(value))
}

/** What every ExApp answers; a test puts handlers of its own in front. */
const LIFE: Readonly<Record<string, Handler>> = {
  'GET /heartbeat': (_, response) => json(response, { status: 'ok' }),
  'POST /init': (_, response) => {
    response.statusCode = 404
    response.end()
  },
  'PUT /enabled': (_, response) => json(response, { error: '' }),
}

/** A real ExApp: a server on a port of its own that remembers what it was called for. */
export class ExApp {
  readonly id: string
  readonly secret = '12345'
  readonly heard: ReceivedRequest[] = []
  readonly handlers: Record<string, Handler>
  readonly #server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { method = '', url = '', headers } = request
    const heard: ReceivedRequest = { method, url, headers, json: body === '' ? null : JSON.parse(body) }
    this.heard.push(heard)
    const handler = this.handlers[`${method} ${url.split('?')[0]}`]
    if (handler) handler(heard, response)
    else {
      response.statusCode = 404
      response.end()
    }
  })

  constructor(id: string, handlers: Readonly<Record<string, Handler>> = {}) {
    this.id = id
    this.handlers = { ...LIFE, ...handlers }
  }

  async start(port = 0): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(port, '127.0.0.1', done))
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** The headers that prove who calls, on behalf of somebody or nobody. */
  headers(userId = ''): Record<string, string> {
    return {
      'EX-APP-ID': this.id,
      'EX-APP-VERSION': '1.0.0',
      'AA-VERSION': '34.0.0',
      'AUTHORIZATION-APP-API': Buffer.from(`${userId}:${this.secret}`).toString('base64'),
    }
  }

  /** What a seed says of it, with the daemon that it runs on. */
  get seed() {
    const { id, secret, port } = this
    return {
      daemons: [{ name: 'manual_install' }],
      exApps: [{ id, name: 'My App', daemon: 'manual_install', port, secret }],
    }
  }

  /** Its last call. */
  get last(): ReceivedRequest {
    return this.heard.at(-1)!
  }
}
