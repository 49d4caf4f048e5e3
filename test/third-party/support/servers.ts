import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { startServer } from '../../../src/adapters/node-server.ts'
import { createOcsMock, type OcsMockWithHandlers, type ProfileChoice, profileMatrix } from '../../../src/index.ts'

/** A CommonJS client. Its types are said where it is used: it is not there before the first run. */
export const load = createRequire(import.meta.url)

/** A password that the policy takes. */
export const GOOD = 'Corr3ct-h0rse!'
export const ALICE = { id: 'alice', password: GOOD }

/** What clients are tried on: a fake of each profile, or a real server. In its world are `admin` and {@link ALICE}. */
export interface Server {
  readonly name: string
  /** The major version. */
  readonly release: number
  /** Whether every test runs on it. Other profiles are tried in full by `npm run third-party`. */
  readonly isThorough: boolean
  /** Start it, or connect to it. */
  open(): Promise<OpenServer>
}

export interface OpenServer {
  readonly url: string
  /** `33.0.0`, `27.1.10 RC1` */
  readonly version: string
  /** Those that are enabled when it is fresh. */
  readonly apps: readonly string[]
  /** What MSW is given for pages. A real server has none. */
  readonly ocs: OcsMockWithHandlers | null
  /** Begin again. */
  reset(): Promise<void>
  /** What a client asked and nobody has built. */
  notBuilt(): readonly string[]
  close(): Promise<void>
}

const { OCS_MOCK_CLIENTS_SERVER: address, OCS_MOCK_CLIENTS_RESET: reset, OCS_MOCK_CLIENTS_FULL: full } = process.env

/** A fake of each profile of Nextcloud, the newest first; or the one real server that `npm run third-party` was given. */
export const SERVERS: readonly Server[] =
  address === undefined ? profileMatrix('nextcloud').map(fakeOf) : [await realAt(address)]

/** What `npm test` tries thoroughly: the newest release. The others are alike but for what their profile says. */
export const THOROUGH = SERVERS.filter(({ isThorough }) => isThorough)

function fakeOf({ name, release, load: loadProfile }: ProfileChoice, i: number): Server {
  return {
    name,
    release,
    isThorough: i === 0 || full !== undefined,
    async open() {
      const profile = await loadProfile()
      const ocs = createOcsMock({ profile, seed: { users: [ALICE] }, onNotBuilt: () => {} })
      const server = await startServer(ocs)
      return {
        url: server.url,
        version: profile.versionString,
        apps: await enabledApps(server.url),
        ocs,
        reset: async () => ocs.reset(),
        notBuilt: () =>
          ocs.journal.entries
            .filter(({ outcome }) => outcome === 'not-built')
            .map(({ method, path }) => `${method} ${path}`),
        close: () => server.close(),
      }
    },
  }
}

/** A server that somebody else runs, and a command after which it is fresh. */
async function realAt(url: string): Promise<Server> {
  const { versionstring } = (await (await fetch(`${url}/status.php`)).json()) as { versionstring: string }
  return {
    name: `${url} (${versionstring})`,
    release: Number.parseInt(versionstring, 10),
    isThorough: true,
    async open() {
      return {
        url,
        version: versionstring,
        apps: await enabledApps(url),
        ocs: null,
        async reset() {
          const { status, stderr } = spawnSync('sh', ['-c', reset ?? 'false'], { encoding: 'utf8' })
          if (status !== 0) throw new Error(`The command that makes the server fresh ended with ${status}: ${stderr}`)
          await addAlice(url)
        },
        notBuilt: () => [],
        close: async () => {},
      }
    },
  }
}

const addAlice = (url: string) =>
  asAdmin(url, '/cloud/users', new URLSearchParams({ userid: ALICE.id, password: ALICE.password }))

const enabledApps = async (url: string) =>
  ((await asAdmin(url, '/cloud/apps?filter=enabled')) as { apps: readonly string[] }).apps

/** Ask a server's administration, or tell it something; the data of its answer. */
async function asAdmin(url: string, path: string, body?: URLSearchParams): Promise<unknown> {
  const answer = await fetch(`${url}/ocs/v2.php${path}${path.includes('?') ? '&' : '?'}format=json`, {
    method: body ? 'POST' : 'GET',
    headers: { Authorization: basicAuth('admin', 'admin'), 'OCS-APIRequest': 'true' },
    ...(body ? { body } : {}),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`The server answered ${answer.status} to ${path}: ${text}`)
  return (JSON.parse(text) as { ocs: { data: unknown } }).ocs.data
}

/** The header that signs in with a password. */
export const basicAuth = (user: string, password: string) => `Basic ${btoa(`${user}:${password}`)}`

/** Use a server in the tests of this suite: fresh before each. A test fails where a client asks what nobody has built. */
export function useServer(choice: Server): Omit<OpenServer, 'close' | 'reset'> {
  let server: OpenServer | undefined
  const opened = () => {
    if (!server) throw new Error('The server is there once tests run.')
    return server
  }
  beforeAll(async () => {
    server = await choice.open()
  })
  afterAll(() => server?.close())
  beforeEach(() => opened().reset())
  afterEach(() => {
    expect(opened().notBuilt()).toEqual([])
  })
  return {
    get url() {
      return opened().url
    },
    get version() {
      return opened().version
    },
    get apps() {
      return opened().apps
    },
    get ocs() {
      return opened().ocs
    },
    notBuilt: () => opened().notBuilt(),
  }
}
