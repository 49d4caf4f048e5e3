import type { Answering } from '../adapters/node-server.ts'
import type { Answer, Call } from '../call.ts'
import { UserError } from '../failures.ts'
import type { OcsMock } from '../mock.ts'
import { VERSION } from '../version.ts'
import type { Seed } from '../world/seed.ts'

const PREFIX = '/__admin'
const WORLD_HEADER = 'x-ocs-mock-world'
const WORLD_PATH = /^\/w\/([^/]+)(?=\/)/

/**
 * The standalone server's mock: the control API under `/__admin/`, and worlds of their own for parallel
 * workers, chosen by the header `X-OCS-Mock-World` or the path prefix `/w/NAME/` and made on first use.
 */
export class ControlledMock implements Answering {
  readonly #default: OcsMock
  readonly #worlds = new Map<string, OcsMock>()
  readonly #startedAt = Date.now()

  constructor(mock: OcsMock) {
    this.#default = mock
  }

  async answer(call: Call): Promise<Answer> {
    const byPath = WORLD_PATH.exec(call.path)
    const name = byPath ? decodeURIComponent(byPath[1]!) : call.header(WORLD_HEADER)
    const inner = byPath ? { ...call, path: call.path.slice(byPath[0].length), origin: call.origin + byPath[0] } : call
    const mock = this.#world(name)
    return inner.path.startsWith(`${PREFIX}/`) ? this.#control(mock, inner) : mock.answer(inner)
  }

  #world(name: string): OcsMock {
    if (name === '') return this.#default
    const known = this.#worlds.get(name)
    if (known) return known
    const made = this.#default.fork()
    this.#worlds.set(name, made)
    return made
  }

  async #control(mock: OcsMock, call: Call): Promise<Answer> {
    const operation = `${call.method} ${call.path.slice(PREFIX.length)}`
    try {
      switch (operation) {
        case 'GET /health':
          return json(200, {
            status: 'ok',
            profile: mock.profile.id,
            product: `${mock.profile.productName} ${mock.profile.versionString}`,
            version: VERSION,
            uptime: (Date.now() - this.#startedAt) / 1000,
          })
        case 'POST /reset':
          mock.reset((await readJson(call)) as Seed | undefined)
          return json(200, { reset: true })
        case 'GET /state':
          return json(200, mock.world.dump())
        case 'PUT /state':
          mock.world.load(await readJson(call))
          return json(200, { loaded: true })
        case 'GET /requests':
          return json(200, { requests: mock.journal.entries, total: mock.journal.count })
        case 'DELETE /requests':
          mock.journal.clear()
          return json(200, { cleared: true })
      }
    } catch (error) {
      if (error instanceof UserError) return json(400, { error: error.message })
      throw error
    }
    return json(404, { error: `The control API has no "${operation}". See the README for what it has.` })
  }
}

async function readJson(call: Call): Promise<unknown> {
  const text = new TextDecoder().decode(await call.body())
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UserError(`Failed to read the body as JSON: ${(error as Error).message}`)
  }
}

function json(status: number, value: unknown): Answer {
  return { status, headers: [['Content-Type', 'application/json; charset=utf-8']], body: `${JSON.stringify(value)}\n` }
}
