import { XMLParser } from 'fast-xml-parser'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '#adapters/node-server.ts'
import { createOcsMock, type OcsMockOptions, type OcsMockWithHandlers, type Seed } from '#index.ts'
import type { PhpValue } from '#lib/php.ts'
import { encodeXml } from '#line/encode.ts'
import { DIRECT_WAY, nameOfWay, WAYS_IN, type WayIn } from '../../scripts/coverage/ways.ts'

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
  readonly name: WayIn['transport']
  readonly ocs: OcsMockWithHandlers
  readonly version: 1 | 2
  readonly format: 'json' | 'xml'
  /** Ask an operation below `/ocs/vN.php`. */
  ask(method: string, path: string, ask?: Ask): Promise<OcsAnswer>
  /** Any request, with the address of this way in front. */
  fetch(path: string, init?: RequestInit): Promise<Response>
}

/** The direct way: tests of its body go directly, in v2 and JSON, unless they say that they go every way. */
export interface DirectWay extends Way {
  /** A test that goes every way in: the success of an operation, or what differs from way to way. */
  inEveryWay(title: string, test: () => Promise<void> | void): void
}

interface Opened {
  readonly base: string
  readonly fetch: typeof globalThis.fetch
  close(): Promise<void>
}

const CLOUD = 'https://cloud.example.com'

const TRANSPORTS: Readonly<Record<WayIn['transport'], (ocs: OcsMockWithHandlers) => Promise<Opened>>> = {
  direct: async (ocs) => ({ base: CLOUD, fetch: ocs.fetch as typeof fetch, close: async () => {} }),
  MSW: async (ocs) => {
    const server = setupServer(...ocs.handlers)
    server.listen({ onUnhandledRequest: 'error' })
    return { base: CLOUD, fetch: globalThis.fetch, close: async () => server.close() }
  },
  server: async (ocs) => {
    const running: RunningServer = await startServer(ocs)
    return { base: running.url, fetch: globalThis.fetch, close: () => running.close() }
  },
}
const TRANSPORT_NAMES = Object.keys(TRANSPORTS) as WayIn['transport'][]

/** What does not depend on OCS, for tests of everything else that is served. */
export type PlainWay = Pick<Way, 'name' | 'ocs' | 'fetch' | 'base'>

/** One body of tests over every transport: direct, MSW and server. The world is the starting one before each test. */
export function everyTransport(title: string, options: OcsMockOptions, body: (way: PlainWay) => void): void {
  for (const transport of TRANSPORT_NAMES) {
    describe(`${title} [${transport}]`, () => {
      const ocs = createOcsMock(options)
      let open: Opened
      beforeAll(async () => {
        open = await TRANSPORTS[transport](ocs)
      })
      afterAll(() => open.close())
      beforeEach(() => ocs.reset())
      const base = () => open.base
      body({ name: transport, ocs, base, fetch: (path, init) => open.fetch(open.base + path, init) })
    })
  }
}

/**
 * One body of tests over every way in: direct, MSW and server, v1 and v2, JSON and XML. For what the ways themselves
 * do; what an operation does is tested {@link directly}.
 * The world is the starting one again before each test.
 */
export function everyWay(title: string, seed: Seed, body: (way: Way) => void, options: OcsMockOptions = {}): void {
  everyTransport(title, { ...options, seed }, (plain) => {
    for (const way of WAYS_IN.filter(({ transport }) => transport === plain.name)) {
      const { version, format } = way
      const ask: Way['ask'] = async (method, path, asked = {}) => {
        const response = await plain.fetch(`/ocs/v${version}.php${path}`, requestInit(method, format, asked))
        return new OcsAnswer(response.status, response.headers, await response.text())
      }
      describe(`v${version} ${format}`, { meta: { way } }, () => body({ ...plain, version, format, ask }))
    }
  })
}

/**
 * A body of tests that go directly, in v2 and JSON. The success of each operation is tested `way.inEveryWay`; every
 * further rule lies behind what the ways have in common, so that once is enough.
 * The world is the starting one again before each test.
 */
export function directly(
  title: string,
  seed: Seed,
  body: (way: DirectWay) => void,
  options: OcsMockOptions = {},
): void {
  describe(title, { meta: { way: DIRECT_WAY } }, () => {
    const way = new ChangingWay(createOcsMock({ ...options, seed }))
    beforeEach(({ task }) => way.take(task.meta.way ?? DIRECT_WAY))
    afterAll(() => way.close())
    body(way)
  })
}

/** The way that the test which runs goes: the direct one, until a test takes another. */
class ChangingWay implements DirectWay {
  readonly ocs: OcsMockWithHandlers
  #way: WayIn | undefined
  #open: Opened | undefined

  constructor(ocs: OcsMockWithHandlers) {
    this.ocs = ocs
  }

  /** Go another way, in the starting world: the first test has it anyhow. */
  async take(way: WayIn): Promise<void> {
    if (this.#way) this.ocs.reset()
    if (way.transport !== this.#way?.transport) {
      await this.close()
      this.#open = await TRANSPORTS[way.transport](this.ocs)
    }
    this.#way = way
  }

  async close(): Promise<void> {
    await this.#open?.close()
    this.#open = undefined
    this.#way = undefined
  }

  inEveryWay(title: string, test: () => Promise<void> | void): void {
    for (const way of WAYS_IN) it(`${title} [${nameOfWay(way)}]`, { meta: { way } }, test)
  }

  get name() {
    return this.#taken.transport
  }

  get version() {
    return this.#taken.version
  }

  get format() {
    return this.#taken.format
  }

  base = () => this.#opened.base

  fetch = (path: string, init?: RequestInit) => this.#opened.fetch(this.#opened.base + path, init)

  ask = async (method: string, path: string, asked: Ask = {}) => {
    const response = await this.fetch(`/ocs/v${this.version}.php${path}`, requestInit(method, this.format, asked))
    return new OcsAnswer(response.status, response.headers, await response.text())
  }

  /** @throws Error while tests are collected: only a test knows its way. */
  get #taken(): WayIn {
    if (!this.#way) throw new Error('Ask for the way within a test: the body is read once, for all ways.')
    return this.#way
  }

  get #opened(): Opened {
    if (!this.#open) throw new Error('Ask within a test: no way is open yet.')
    return this.#open
  }
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
