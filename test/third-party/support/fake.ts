import { createRequire } from 'node:module'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { type RunningServer, startServer } from '../../../src/adapters/node-server.ts'
import { createOcsMock, type OcsMockWithHandlers, type Seed } from '../../../src/index.ts'

/** A CommonJS client. Its types are said where it is used: it is not there before the first run. */
export const load = createRequire(import.meta.url)

export interface Fake {
  readonly ocs: OcsMockWithHandlers
  readonly url: string
}

/** A password that the policy takes. */
export const GOOD = 'Corr3ct-h0rse!'

/** A served fake that starts over before each test. A test fails where a client asks what nobody has built. */
export function serveFake(seed: Seed = {}): Fake {
  const ocs = createOcsMock({ seed, onNotBuilt: () => {} })
  let server: RunningServer
  beforeAll(async () => {
    server = await startServer(ocs)
  })
  afterAll(() => server.close())
  beforeEach(() => ocs.reset())
  afterEach(() => {
    const missing = ocs.journal.entries.filter(({ outcome }) => outcome === 'not-built')
    expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([])
  })
  return {
    ocs,
    get url() {
      return server.url
    },
  }
}
