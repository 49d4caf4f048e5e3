import { connect } from 'node:net'
import { startServer } from '#adapters/node-server.ts'
import { ControlledMock } from '#control/controlled-mock.ts'
import { UserError } from '#lib/errors.ts'
import type { Json } from '#lib/json.ts'
import type { Answer, Call } from '#line/call.ts'
import type { Endpoint } from '#line/endpoint.ts'
import { ConnectionDropped } from '#line/failures.ts'
import { OcsMock } from '#mock.ts'
import { shippedScenarios } from '#scenario/shipped.ts'
import type { Recording } from '#verify/recording.ts'
import { readHar } from '#verify/traffic/har.ts'
import { compose } from '../../src/compose.ts'
import { answerProblem } from './check-answer.ts'
import type { FuzzRandom } from './random.ts'
import { callOf, davRequest, ocsRequest, pageRequest } from './requests.ts'

/** One case; what is wrong is said in words. */
export type FuzzCase = (random: FuzzRandom) => Promise<string | null>

/** Something that is sent odd things. Each batch of cases gets a fresh one. */
export interface FuzzTarget {
  readonly name: string
  /** How large its share of all cases is. */
  readonly weight: number
  begin(): Promise<{ readonly run: FuzzCase; end?(): Promise<void> }>
}

const SEED = {
  users: [
    { id: 'alice', password: 'alice', email: 'alice@example.org' },
    { id: 'bob', password: 'bob' },
  ],
  groups: ['staff'],
  files: { alice: { '/a.txt': 'a', '/folder/b.txt': 'b' } },
  shares: [{ owner: 'alice', type: 'link' as const, path: '/folder', token: 'token' }],
  notifications: [{ user: 'alice', subject: 'Hello' }],
  clock: { now: '2026-01-01T00:00:00Z' },
}

const quiet = { onNotBuilt: () => {}, onScenarioFailure: () => {}, outgoing: async () => new Response('') }
const newMock = () => new OcsMock({ seed: SEED, ...quiet })
const newServer = () => new ControlledMock(newMock())

/** An answer, or what went wrong instead. */
async function answered(answering: Promise<Answer>, { method, path }: Call): Promise<string | null> {
  const where = `${method} ${path.slice(0, 200)}`
  try {
    const problem = answerProblem(await answering, method)
    return problem === null ? null : `${where}: ${problem}`
  } catch (error) {
    if (error instanceof ConnectionDropped) return null
    return `${where}: ${error instanceof Error ? error.stack : String(error)}`
  }
}

/** Something that may be refused with a sentence, and must not fail in another way. */
async function refusedAtMost(work: () => unknown, what: string): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    return error instanceof UserError ? null : `${what}: ${error instanceof Error ? error.stack : String(error)}`
  }
}

const composition = compose()
const { endpoints, routes } = await composition.catalogue.loadAll()
const byDefinition: readonly Endpoint[] = endpoints
const paths = [...new Set(routes.map(({ path }) => path)), '/ocs/v2.php/{path:.*}', '/index.php/apps/{path:.*}']

const CONTROL: readonly (readonly [method: string, path: string])[] = [
  ['POST', '/reset'],
  ['GET', '/state'],
  ['PUT', '/state'],
  ['PATCH', '/state'],
  ['POST', '/clock'],
  ['POST', '/faults'],
  ['PUT', '/faults'],
  ['DELETE', '/faults'],
  ['POST', '/requests/count'],
  ['POST', '/requests/find'],
  ['POST', '/requests/expect'],
  ['GET', '/requests'],
  ['POST', '/snapshots'],
  ['POST', '/scenarios/quota-exceeded/start'],
  ['POST', '/scenarios/quota-exceeded/advance'],
  ['PUT', '/scenarios/mine'],
  ['POST', '/occ'],
  ['GET', '/summary'],
  ['GET', '/worlds'],
]

/** Bodies of the control API that mean something; most are then changed. */
const CONTROL_BODIES: readonly Json[] = [
  { users: [{ id: 'carol' }], groups: ['more'] },
  { advance: '24h' },
  { set: '2030-01-01T00:00:00Z', freeze: true },
  { on: { method: 'GET', path: '/status.php' }, fail: { status: 404 }, times: 1 },
  { on: { pathPattern: '(a+)+$' }, latency: 0, chance: 0.5 },
  { answer: { status: 200, body: { a: 1 } }, times: 1 },
  { method: 'GET', path: '/ocs/**', times: 0 },
  { inOrder: [{ method: 'GET' }, { operation: 'status' }] },
  { args: ['user:list'], env: { OC_PASS: 'x' } },
  { tables: { users: { alice: { quota: '1 GB', email: null } } }, counters: { file: null } },
  { steps: [{ name: 'a', on: { path: '/x' }, occ: 'user:list' }] },
]

const COMMANDS = [
  'user:list',
  'user:add',
  'user:info',
  'group:add',
  'config:app:set',
  'config:system:get',
  'app:enable',
  'files:scan',
  'help',
  'list',
  'status',
  'user:setting',
  'config:import',
  'app_api:daemon:register',
]

async function controlCase(server: ControlledMock, random: FuzzRandom): Promise<string | null> {
  const [method, path] = random.pick(CONTROL)
  const value = random.chance(0.2) ? random.json() : random.mutated(random.pick(CONTROL_BODIES), 0.1)
  const text = JSON.stringify(value)
  const call = callOf({
    method: random.chance(0.95) ? method : random.pick(['GET', 'POST', 'PUT', 'DELETE']),
    target: `${random.chance(0.1) ? `/w/${encodeURIComponent(random.text().replace(/\p{Surrogate}/gu, ''))}` : ''}/__admin${path}`,
    body: random.chance(0.1) ? random.broken(text) : text,
  })
  const problem = await answered(server.handle(call), call)
  if (problem !== null) return `${problem}\n${text.slice(0, 2000)}`
  const after = random.chance(0.5) ? davRequest(random) : ocsRequest(random.pick(byDefinition), random)
  return answered(server.handle(after), after)
}

/** What is loaded once can be dumped and loaded again, and answers. */
async function stateCase(mock: OcsMock, random: FuzzRandom): Promise<string | null> {
  const dump: Json = JSON.parse(JSON.stringify(mock.world.dump()))
  const changed = random.mutated(dump, 0.002)
  const world = mock.world.fork()
  const tables = await mock.tables()
  try {
    world.load(changed, tables)
  } catch (error) {
    return error instanceof UserError ? null : `loading a state: ${error instanceof Error ? error.stack : error}`
  }
  const again = await refusedAtMost(() => world.fork().load(JSON.parse(JSON.stringify(world.dump())), tables), 'again')
  if (again !== null) return again
  const other = newMock()
  other.world.restore(world)
  for (let count = 0; count < 10; count++) {
    const call = random.chance(0.4) ? davRequest(random) : ocsRequest(random.pick(byDefinition), random)
    const problem = await answered(other.handle(call), call)
    if (problem !== null) return `in a state that was loaded: ${problem}`
  }
  return null
}

function recordingOf(random: FuzzRandom): Recording {
  const text = (): string => random.text()
  return {
    target: {
      product: 'Nextcloud',
      version: '34.0.1',
      profile: 'nextcloud-34',
      base: 'https://cloud.example.com',
      apps: ['files'],
      accounts: [],
    },
    cases: Array.from({ length: 1 + random.below(4) }, () => ({
      operation: random.pick(byDefinition).id,
      app: 'files',
      kind: 'observed',
      as: random.pick(['admin', 'user', 'anonymous']),
      path: random.pick(['/cloud/user', `/${text()}`]),
      query: random.chance(0.5) ? '' : text(),
      answers: [
        {
          version: 2,
          format: 'json',
          status: random.pick([200, 404, 997]),
          headers: {},
          body: random.chance(0.5)
            ? JSON.stringify({ ocs: { meta: { statuscode: 200 }, data: random.json() } })
            : text(),
        },
      ],
    })),
  }
}

const HAR: Json = {
  log: {
    entries: [
      {
        request: {
          method: 'GET',
          url: 'https://cloud.example.com/ocs/v2.php/cloud/user?format=json',
          headers: [{ name: 'OCS-APIRequest', value: 'true' }],
          cookies: [],
          postData: { mimeType: 'application/json', text: '{}' },
        },
        response: {
          status: 200,
          headers: [{ name: 'Content-Type', value: 'application/json' }],
          content: { mimeType: 'application/json', text: '{"ocs":{}}', size: 10 },
        },
      },
    ],
  },
}

/** Bytes on a socket, whatever they are; the server has to be there afterwards. */
function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let received = ''
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes, 'latin1'))
    socket.setTimeout(5000, () => {
      resolve('timeout')
      socket.destroy()
    })
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
    })
    socket.on('error', () => resolve('closed'))
    socket.on('close', () => resolve(received))
  })
}

const RAW =
  'POST /ocs/v2.php/cloud/users?format=json HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic YWRtaW46YWRtaW4=\r\nOCS-APIRequest: true\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 22\r\nConnection: close\r\n\r\nuserid=x&password=yyyy'

export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  {
    name: 'ocs',
    weight: 40,
    async begin() {
      const mock = newMock()
      return {
        run: (random) => {
          const call = ocsRequest(random.pick(byDefinition), random)
          return answered(mock.handle(call), call)
        },
      }
    },
  },
  {
    name: 'dav',
    weight: 25,
    async begin() {
      const mock = newMock()
      return {
        run: (random) => {
          const call = davRequest(random)
          return answered(mock.handle(call), call)
        },
      }
    },
  },
  {
    name: 'pages',
    weight: 10,
    async begin() {
      const mock = newMock()
      return {
        run: (random) => {
          const call = pageRequest(paths, random)
          return answered(mock.handle(call), call)
        },
      }
    },
  },
  {
    name: 'control',
    weight: 8,
    async begin() {
      const server = newServer()
      return { run: (random) => controlCase(server, random) }
    },
  },
  {
    name: 'state',
    weight: 2,
    async begin() {
      const mock = newMock()
      return { run: (random) => stateCase(mock, random) }
    },
  },
  {
    name: 'seed',
    weight: 4,
    async begin() {
      const mock = newMock()
      const seed: Json = JSON.parse(JSON.stringify(SEED))
      return {
        run: (random) => refusedAtMost(() => Reflect.apply(mock.reset, mock, [random.mutated(seed, 0.05)]), 'a seed'),
      }
    },
  },
  {
    name: 'scenario',
    weight: 2,
    async begin() {
      const known: Json[] = Object.values(shippedScenarios()).map((one) => JSON.parse(JSON.stringify(one)))
      const server = newServer()
      return {
        run: async (random) => {
          const body = JSON.stringify(random.mutated(random.pick(known), 0.02))
          const put = callOf({ method: 'PUT', target: '/__admin/scenarios/mine', body })
          const problem = await answered(server.handle(put), put)
          if (problem !== null) return `${problem}\n${body.slice(0, 2000)}`
          const start = callOf({ method: 'POST', target: '/__admin/scenarios/mine/start' })
          return answered(server.handle(start), start)
        },
      }
    },
  },
  {
    name: 'occ',
    weight: 4,
    async begin() {
      const mock = newMock()
      return {
        run: (random) => {
          const args = [
            random.chance(0.8) ? random.pick(COMMANDS) : random.text(),
            ...Array.from({ length: random.below(5) }, () =>
              random.chance(0.3)
                ? `--${random.pick(['output=json', 'value', 'help', 'no-warnings', random.text()])}`
                : random.text(),
            ),
          ]
          return refusedAtMost(() => mock.occ(args, { answers: [random.text()] }), `occ ${JSON.stringify(args)}`)
        },
      }
    },
  },
  {
    name: 'recording',
    weight: 2,
    async begin() {
      return {
        run: async (random) => {
          const replay = recordingOf(random)
          const notRecorded = random.pick(['model', 'fail'] as const)
          const call = ocsRequest(random.pick(byDefinition), random)
          let problem: string | null = null
          const refused = await refusedAtMost(async () => {
            const mock = new OcsMock({ ...quiet, seed: SEED, replay, notRecorded })
            problem = await answered(mock.handle(call), call)
          }, 'a recording')
          return refused ?? problem
        },
      }
    },
  },
  {
    name: 'har',
    weight: 2,
    async begin() {
      return {
        run: (random) => {
          const text = JSON.stringify(random.mutated(HAR, 0.1))
          return refusedAtMost(() => readHar(random.chance(0.2) ? random.broken(text) : text), 'a HAR file')
        },
      }
    },
  },
  {
    name: 'raw',
    weight: 1,
    async begin() {
      const problems: string[] = []
      const running = await startServer(newServer(), {
        onError: (error, { method, path }) =>
          problems.push(`${method} ${path}: ${error instanceof Error ? error.stack : error}`),
      })
      return {
        run: async (random) => {
          const bytes = random.chance(0.9) ? random.broken(RAW) : random.text()
          const received = await sendRaw(running.port, bytes)
          if (received === 'timeout') return `no answer to ${JSON.stringify(bytes)}`
          const health = await fetch(`${running.url}/__admin/health`)
          await health.arrayBuffer()
          return problems.pop() ?? (health.ok ? null : `the server answers ${health.status}`)
        },
        end: () => running.close(),
      }
    },
  },
]
