import { UserError } from '#lib/errors.ts'
import { nearestName } from '#lib/nearest-name.ts'
import { VERSION } from '#version.ts'
import { painter } from './colour.ts'
import type { Command, Io } from './command.ts'

/** Subcommands by name, loaded when they are called: none waits for the code of another. */
export type Commands = Readonly<Record<string, () => Promise<Command>>>

const USER_ERROR = 2
/** A bug of ours, told apart from every answer that a command gives. */
const INTERNAL_ERROR = 70

const COMMANDS: Commands = {
  serve: async () => (await import('./serve.ts')).serve,
  verify: async () => (await import('./verify/verify.ts')).verify,
  occ: async () => (await import('./occ.ts')).occ,
  record: async () => (await import('./verify/record.ts')).record,
  openapi: async () => (await import('./openapi.ts')).openapi,
  diff: async () => (await import('./verify/diff.ts')).diffCommand,
  drift: async () => (await import('./verify/diff.ts')).driftCommand,
  contract: async () => (await import('./contract/contract.ts')).contract,
  'can-i-use': async () => (await import('./contract/can-i-use.ts')).canIUse,
  profile: async () => (await import('./profile.ts')).profile,
  app: async () => (await import('./app-from.ts')).appFrom,
  'new-app': async () => (await import('./new-app/new-app.ts')).newApp,
  operations: async () => (await import('./operations.ts')).operations,
  changes: async () => (await import('./changes.ts')).changes,
  doctor: async () => (await import('./doctor.ts')).doctor,
  completion: async () => (await import('./completion.ts')).completionOf(COMMANDS),
}

/** `ocs-mock …`: the exit code. Without a subcommand it serves. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  const [first = ''] = args
  if (first === '--version' || first === '-V') {
    io.out.write(`${VERSION}\n`)
    return 0
  }
  try {
    if (first === '--help' || first === '-h' || first === 'help') {
      const [, name] = args
      io.out.write(name === undefined ? await help(COMMANDS, io) : (await load(name)).help)
      return 0
    }
    const isCommand = first !== '' && !first.startsWith('-')
    return await run(isCommand ? first : 'serve', isCommand ? args.slice(1) : args, io)
  } catch (error) {
    if (error instanceof UserError) {
      io.err.write(`ocs-mock: ${error.message}\n`)
      return USER_ERROR
    }
    io.err.write(
      `ocs-mock ${VERSION} has a bug; please report it with these lines:\n${error instanceof Error ? error.stack : error}\n`,
    )
    return INTERNAL_ERROR
  }
}

async function run(name: string, args: readonly string[], io: Io): Promise<number> {
  const command = await load(name)
  if (!command.readsHelp && (args.includes('--help') || args.includes('-h'))) {
    io.out.write(command.help)
    return 0
  }
  return command.run(args, io)
}

async function load(name: string): Promise<Command> {
  const known = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (known) return known()
  const meant = nearestName(name, Object.keys(COMMANDS))
  const hint = meant === null ? '' : ` Did you mean "${meant}"?`
  throw new UserError(`There is no command "${name}".${hint} Known are ${Object.keys(COMMANDS).join(', ')}.`)
}

async function help(commands: Commands, { out, env }: Io): Promise<string> {
  const paint = painter(out, env)
  const rows = await Promise.all(
    Object.entries(commands).map(
      async ([name, load]) => `  ${paint('cyan', name.padEnd(10))} ${(await load()).summary}\n`,
    ),
  )
  return `ocs-mock ${VERSION}: a stateful double of the OCS API of Nextcloud

usage: ocs-mock COMMAND [OPTIONS]

${rows.join('')}
"ocs-mock help COMMAND" says more about one; without a command, ocs-mock serves. "ocs-mock --version" says which this is.
`
}
