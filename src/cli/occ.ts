import type { OccOptions, OccResult } from '#console/run.ts'
import { UserError } from '#lib/errors.ts'
import { OcsMock } from '#mock.ts'
import { DEFAULT_PROFILE, profileNames } from '#profiles/index.ts'
import { hasColour } from './colour.ts'
import type { Command, Io } from './command.ts'
import { readProfileOption } from './profile-file.ts'
import { readSeedFile } from './seed-file.ts'
import { Waiting } from './waiting.ts'

const DEFAULT_URL = 'http://127.0.0.1:8080'

/** What of the environment a command may see. */
const PASSED_ENV = ['OC_PASS', 'NC_PASS', 'COLUMNS', 'SHELL_VERBOSITY']

const OPTIONS = {
  url: { type: 'string' },
  world: { type: 'string' },
  seed: { type: 'string' },
  profile: { type: 'string' },
} as const

/** Where commands run: on a fake server, or on a world of their own made from a seed. */
interface CommandTarget {
  readonly url: string
  readonly world: string
  readonly seed: string | undefined
  readonly profile: string
}

/** `ocs-mock occ`: a command on a running fake, or on a world that a seed makes. */
export const occ: Command = {
  summary: 'run an occ command on a running fake, or on a seed',
  options: OPTIONS,
  help: `usage: ocs-mock occ [OPTIONS] [--] COMMAND …
       ocs-mock-occ COMMAND …

Runs a command of the product's own command line and ends with its exit code.

      --url URL       the fake server (default: $OCS_MOCK_URL, or ${DEFAULT_URL})
      --world NAME    one of its worlds (default: $OCS_MOCK_WORLD, or the default world)
      --seed FILE     no server: a fresh installation with this seed (default: $OCS_MOCK_SEED);
                      nothing of what the command changes is kept
      --profile NAME  with --seed: ${profileNames.join(', ')} (default: ${DEFAULT_PROFILE})
      --help          this text; "ocs-mock occ list" lists the commands

OCS_MOCK_ADMIN_TOKEN is the token of a server that was started with --admin-token.
OC_PASS, NC_PASS and COLUMNS of the environment are passed on. Questions are asked on a terminal; otherwise the
lines of standard input are the answers.
`,
  readsHelp: true,
  async run(args, io) {
    const { target, words } = readOptions(args, io)
    if (words === 'help') {
      io.out.write(occ.help)
      return 0
    }
    return runInteractively(await occRunner(target, io), words, io)
  },
}

/** Options of ours stand before the command; what comes behind is the command's. */
function readOptions(args: readonly string[], io: Io): { target: CommandTarget; words: readonly string[] | 'help' } {
  const options: Record<string, string | undefined> = {
    url: io.env.OCS_MOCK_URL,
    world: io.env.OCS_MOCK_WORLD,
    seed: io.env.OCS_MOCK_SEED,
    profile: undefined,
  }
  let at = 0
  for (; at < args.length; at++) {
    const [, name = '', value] = /^--(url|world|seed|profile)(?:=(.*))?$/.exec(args[at]!) ?? []
    if (name === '') break
    const given = value ?? args[++at]
    if (given === undefined) throw new UserError(`--${name} needs a value. See "ocs-mock occ --help".`)
    options[name] = given
  }
  const { url = DEFAULT_URL, world = '', seed, profile = DEFAULT_PROFILE } = options
  if (!URL.canParse(url)) throw new UserError(`Failed to read --url "${url}": write an address such as ${DEFAULT_URL}.`)
  const words = args.slice(args[at] === '--' ? at + 1 : at)
  const isHelp = at === 0 && args.length === 1 && args[0] === '--help'
  return { target: { url, world, seed, profile }, words: isHelp ? 'help' : words }
}

type RunOcc = (words: readonly string[], options: OccOptions) => Promise<OccResult>

async function occRunner({ url, world, seed, profile }: CommandTarget, io: Io): Promise<RunOcc> {
  if (seed === undefined) return (words, options) => runOnServer({ url, world }, words, options, io)
  const file = await readSeedFile(seed)
  try {
    const mock = new OcsMock({ profile: await readProfileOption(profile), seed: file.seed })
    return (words, options) => mock.occ(words, options)
  } catch (error) {
    throw (await file.explain(error)) ?? error
  }
}

async function runOnServer(
  { url, world }: Pick<CommandTarget, 'url' | 'world'>,
  args: readonly string[],
  options: OccOptions,
  io: Io,
): Promise<OccResult> {
  const send = io.fetch ?? globalThis.fetch
  const token = io.env.OCS_MOCK_ADMIN_TOKEN
  let response: Response
  const waiting = new Waiting(io.err, `Waiting for ${args.find((word) => !word.startsWith('-')) ?? 'the command'}`)
  try {
    response = await send(new URL('/__admin/occ', url), {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(world === '' ? {} : { 'X-OCS-Mock-World': world }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ args, ...options }),
    })
  } catch (error) {
    throw notReached(url, error)
  } finally {
    waiting.end()
  }
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok && typeof answer === 'object' && answer !== null) return answer as OccResult
  const said = (answer as { error?: string } | null)?.error ?? `it answered ${response.status}`
  throw new UserError(`Failed to run the command on ${url}: ${said}`)
}

/** A command may take longer than a request waits for; it goes on all the same. */
function notReached(url: string, error: unknown): UserError {
  const { cause } = error as { readonly cause?: { readonly code?: string } }
  if (cause?.code === 'UND_ERR_HEADERS_TIMEOUT')
    return new UserError(`The fake on ${url} did not end the command within five minutes; it goes on there.`)
  return new UserError(
    `Failed to reach a fake on ${url}. Start one with "ocs-mock serve", or name it with --url or OCS_MOCK_URL.`,
  )
}

/** Run, and run again with one answer more as long as the command asks. Only the last run changes anything. */
async function runInteractively(run: RunOcc, words: readonly string[], io: Io): Promise<number> {
  const env = passedEnv(io)
  const answers: string[] = []
  const shown = { stdout: 0, stderr: 0 }
  let stdin: string | undefined
  for (;;) {
    const result = await run(colour(words, io), { env, ...(stdin === undefined ? { answers } : { stdin }) })
    if (result.prompt && !io.in.isTerminal) {
      stdin = await io.in.readAll()
      continue
    }
    io.out.write(result.stdout.slice(shown.stdout))
    io.err.write(result.stderr.slice(shown.stderr))
    if (!result.prompt) return result.exitCode
    shown.stdout = result.stdout.length
    shown.stderr = result.stderr.length
    if (result.prompt.all) stdin = await io.in.readAll()
    else answers.push(await io.in.readLine(result.prompt.hidden))
  }
}

function passedEnv(io: Io): Record<string, string> {
  const { columns } = io.out
  const env: Record<string, string> = columns ? { COLUMNS: String(columns) } : {}
  for (const name of PASSED_ENV) {
    const value = io.env[name]
    if (value !== undefined) env[name] = value
  }
  return env
}

/** A terminal gets colours unless the command line or NO_COLOR says otherwise. */
function colour(words: readonly string[], { out, err, env }: Io): readonly string[] {
  const wants = hasColour(out, env) && hasColour(err, env)
  return wants && !words.includes('--no-ansi') && !words.includes('--ansi') ? ['--ansi', ...words] : words
}
