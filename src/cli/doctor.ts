import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { UserError } from '#lib/errors.ts'
import { platformProblem } from '#lib/platform.ts'
import { VERSION } from '#version.ts'
import { type Colour, painter } from './colour.ts'
import { type Command, type Io, readArguments, readInteger } from './command.ts'

const DEFAULT_PORT = '8080'
const OPTIONS = { port: { type: 'string', default: DEFAULT_PORT }, url: { type: 'string' } } as const

/** What was looked at, and how it is. */
interface Check {
  readonly level: 'good' | 'note' | 'bad'
  readonly what: string
}

const MARKS: Readonly<Record<Check['level'], readonly [mark: string, colour: Colour]>> = {
  good: ['ok  ', 'green'],
  note: ['note', 'yellow'],
  bad: ['BAD ', 'red'],
}

/** `ocs-mock doctor`: what of this machine and this folder stands in the way. */
export const doctor: Command = {
  summary: 'say what of this machine stands in the way of a fake',
  options: OPTIONS,
  help: `usage: ocs-mock doctor [OPTIONS]

Looks at what a fake needs: the version of Node, the packages beside it in this folder, the port, the variables of the
environment that it reads, and whether a fake is running and is of this version.

      --port PORT  the port that a fake shall listen on (default: ${DEFAULT_PORT})
      --url URL    the fake that is running (default: $OCS_MOCK_URL, or that port of this machine)
  -h, --help       this text

exit codes: 0 nothing stands in the way, 1 something does
`,
  async run(args, io) {
    const { values } = readArguments('ocs-mock doctor', args, OPTIONS)
    const port = readInteger('--port', values.port, 1, 65_535)
    const url = values.url ?? io.env.OCS_MOCK_URL ?? `http://127.0.0.1:${port}`
    if (!URL.canParse(url)) throw new UserError(`Failed to read --url "${url}": write an address.`)
    const fake = await checkFake(url, io)
    const checks = [checkNode(), ...checkPackages(), ...checkEnvironment(io), fake, await checkPort(port, fake)]
    const paint = painter(io.out, io.env)
    for (const { level, what } of checks) {
      const [mark, colour] = MARKS[level]
      io.out.write(`${paint(colour, mark)}  ${what}\n`)
    }
    return checks.some(({ level }) => level === 'bad') ? 1 : 0
  },
}

function checkNode(): Check {
  const problem = platformProblem()
  return problem === null
    ? { level: 'good', what: `ocs-mock ${VERSION} on Node ${process.versions.node}` }
    : { level: 'bad', what: problem }
}

/** Packages that tests use beside it, and what for. */
const PEERS = [
  ['msw', 'to intercept requests of tests in this process', 2],
  ['@playwright/test', 'for the fixture of Playwright', 1],
] as const

function checkPackages(): Check[] {
  const require = createRequire(join(process.cwd(), 'package.json'))
  return PEERS.map(([name, purpose, least]): Check => {
    let version: string
    try {
      version = (require(`${name}/package.json`) as { version: string }).version
    } catch {
      return { level: 'note', what: `${name} is not installed in this folder; it is needed ${purpose}` }
    }
    return Number.parseInt(version, 10) < least
      ? { level: 'bad', what: `${name} ${version} is too old; ocs-mock works with ${least} or newer` }
      : { level: 'good', what: `${name} ${version}` }
  })
}

function checkEnvironment({ env }: Io): Check[] {
  const proxy = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'].find((name) => env[name])
  const passesBy = /(?:^|,)\s*(?:127\.0\.0\.1|localhost|\*)\s*(?:,|$)/.test(env.NO_PROXY ?? env.no_proxy ?? '')
  const set = ['OCS_MOCK_URL', 'OCS_MOCK_WORLD', 'OCS_MOCK_SEED'].filter((name) => env[name])
  return [
    ...(proxy && !passesBy
      ? [
          {
            level: 'note',
            what: `${proxy} is set: clients may look for a fake behind it; put 127.0.0.1 into NO_PROXY`,
          } as const,
        ]
      : []),
    ...set.map((name): Check => ({ level: 'note', what: `${name} is ${env[name]}: "ocs-mock occ" goes there` })),
  ]
}

async function checkFake(url: string, { fetch: send = globalThis.fetch, env }: Io): Promise<Check> {
  const token = env.OCS_MOCK_ADMIN_TOKEN
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` }
  try {
    const answer = await send(new URL('/__admin/health', url), { headers })
    const { version, profile } = (await answer.json()) as { version?: string; profile?: string }
    if (profile === undefined)
      return { level: 'note', what: `${url} answers, but it is no fake, or wants OCS_MOCK_ADMIN_TOKEN` }
    return version === VERSION || version === undefined
      ? { level: 'good', what: `a fake ${profile} is running on ${url}` }
      : { level: 'note', what: `the fake on ${url} is of ocs-mock ${version}, and this is ${VERSION}` }
  } catch {
    return { level: 'note', what: `no fake is running on ${url}; "ocs-mock serve" starts one` }
  }
}

async function checkPort(port: number, fake: Check): Promise<Check> {
  const code = await new Promise<string | null>((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'an error'))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(null)))
  })
  if (code === null) return { level: 'good', what: `port ${port} is free` }
  if (fake.level === 'good')
    return { level: 'note', what: `port ${port} is taken by the fake; another one needs --port` }
  return { level: 'bad', what: `port ${port} cannot be had (${code}); choose another with --port` }
}
