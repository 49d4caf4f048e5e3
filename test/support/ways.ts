import { XMLParser } from 'fast-xml-parser'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '#adapters/node-server.ts'
import { createOcsMock, type OcsMockOptions, type OcsMockWithHandlers, type Seed } from '#index.ts'
import type { PhpValue } from '#lib/php.ts'
import { encodeXml } from '#line/encode.ts'

/** One request of a test. `as` is `user:password`; without it the caller is anonymous. */
export interface Ask {
  readonly as?: string
  readonly form?: Record<string, string>
  readonly json?: unknown
  readonly headers?: Record<string, string>
  /** Leave out OCS-APIRequest. */
  readonly ocs?: false
}

/** An OCS answer, whatever format it came in. */
export class OcsAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  constructor(status: number, headers: Headers, text: string) {
    this.status = status
    this.headers = headers
    this.text = text
  }

  get isJson(): boolean {
    return this.text.startsWith('{')
  }

  /** `statuscode` as a number: 100 in v1 and 200 in v2 are both 200 here. */
  get code(): number {
    const code = Number(this.#ocs().meta.statuscode)
    return code === 100 ? 200 : code
  }

  get message(): string {
    return String(this.#ocs().meta.message)
  }

  /** The data of a JSON answer; ask only where `isJson`. */
  get data(): unknown {
    return JSON.parse(this.text).ocs.data
  }

  /** Expect this data, in the encoding that the answer came in. */
  expectData(expected: PhpValue): void {
    if (this.isJson) expect(this.data).toEqual(expected)
    else
      expect(/<data[\s\S]*(?=<\/ocs>)/.exec(this.text)?.[0]).toBe(
        /<data[\s\S]*(?=<\/ocs>)/.exec(encodeXml({}, expected))?.[0],
      )
  }

  #ocs(): { meta: { statuscode: unknown; message: unknown } } {
    return this.isJson ? JSON.parse(this.text).ocs : PARSER.parse(this.text).ocs
  }
}

const PARSER = new XMLParser({ ignoreAttributes: false, parseTagValue: false, trimValues: false })

export interface Way {
  /** Scheme and host of this way. */
  base(): string
  readonly name: string
  readonly ocs: OcsMockWithHandlers
  readonly version: 1 | 2
  readonly format: 'json' | 'xml'
  /** Ask an operation below `/ocs/vN.php`. */
  ask(method: string, path: string, ask?: Ask): Promise<OcsAnswer>
  /** Any request, with the address of this way in front. */
  fetch(path: string, init?: RequestInit): Promise<Response>
}

interface Transport {
  readonly name: string
  open(ocs: OcsMockWithHandlers): Promise<{ base: string; fetch: typeof globalThis.fetch; close(): Promise<void> }>
}

const TRANSPORTS: readonly Transport[] = [
  {
    name: 'direct',
    open: async (ocs) => ({
      base: 'https://cloud.example.com',
      fetch: ocs.fetch as typeof fetch,
      close: async () => {},
    }),
  },
  {
    name: 'MSW',
    open: async (ocs) => {
      const server = setupServer(...ocs.handlers)
      server.listen({ onUnhandledRequest: 'error' })
      return { base: 'https://cloud.example.com', fetch: globalThis.fetch, close: async () => server.close() }
    },
  },
  {
    name: 'server',
    open: async (ocs) => {
      const running: RunningServer = await startServer(ocs)
      return { base: running.url, fetch: globalThis.fetch, close: () => running.close() }
    },
  },
]

/** What does not depend on OCS, for tests of everything else that is served. */
export type PlainWay = Pick<Way, 'name' | 'ocs' | 'fetch' | 'base'>

/** One body of tests over every transport: direct, MSW and server. The world is the starting one before each test. */
export function everyTransport(title: string, options: OcsMockOptions, body: (way: PlainWay) => void): void {
  for (const transport of TRANSPORTS) {
    describe(`${title} [${transport.name}]`, () => {
      const ocs = createOcsMock(options)
      let open: Awaited<ReturnType<Transport['open']>>
      beforeAll(async () => {
        open = await transport.open(ocs)
      })
      afterAll(() => open.close())
      beforeEach(() => ocs.reset())
      const base = () => open.base
      body({ name: transport.name, ocs, base, fetch: (path, init) => open.fetch(open.base + path, init) })
    })
  }
}

/**
 * One body of tests over every way in: direct, MSW and server, v1 and v2, JSON and XML.
 * The world is the starting one again before each test.
 */
export function everyWay(title: string, seed: Seed, body: (way: Way) => void, options: OcsMockOptions = {}): void {
  everyTransport(title, { ...options, seed }, (plain) => {
    for (const version of [1, 2] as const) {
      for (const format of ['json', 'xml'] as const) {
        const ask: Way['ask'] = async (method, path, asked = {}) => {
          const response = await plain.fetch(`/ocs/v${version}.php${path}`, requestInit(method, format, asked))
          return new OcsAnswer(response.status, response.headers, await response.text())
        }
        describe(`v${version} ${format}`, () => body({ ...plain, version, format, ask }))
      }
    }
  })
}

function requestInit(method: string, format: 'json' | 'xml', ask: Ask): RequestInit {
  const headers: Record<string, string> = { Accept: `application/${format}` }
  if (ask.ocs !== false) headers['OCS-APIRequest'] = 'true'
  if (ask.as) headers.Authorization = `Basic ${Buffer.from(ask.as).toString('base64')}`
  const init: RequestInit & { headers: Record<string, string> } = { method, headers }
  if (ask.form) init.body = new URLSearchParams(ask.form)
  if (ask.json !== undefined) {
    init.body = JSON.stringify(ask.json)
    headers['Content-Type'] = 'application/json'
  }
  Object.assign(headers, ask.headers)
  return init
}

export { expect, it }
