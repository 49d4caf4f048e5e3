import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UserError } from '../failures.ts'
import { SEVERITIES, type Severity } from './finding.ts'
import type { Output } from './progress.ts'
import type { VerifyOptions } from './run.ts'
import type { Login } from './target.ts'

/** What a command has of the process that runs it. */
export interface CommandIo {
  readonly out: Output
  readonly err: Output
  readonly env: Readonly<Record<string, string | undefined>>
  /** Default: the global one. */
  readonly fetch?: typeof globalThis.fetch
}

export const CONFORMS = 0
export const DEVIATES = 1
export const COULD_NOT_ASK = 2

type Options = NonNullable<ParseArgsConfig['options']>

/** Arguments of every command that asks an instance. */
export const ASKING = {
  user: { type: 'string', multiple: true },
  password: { type: 'string', multiple: true },
  app: { type: 'string' },
  concurrency: { type: 'string' },
  delay: { type: 'string' },
  timeout: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const satisfies Options

export const ASKING_USAGE = `  --user, --password   credentials; give an administrator and an ordinary account for all that can be seen.
                       Without --password: OCS_MOCK_PASSWORD, or OCS_MOCK_PASSWORD_2 for the second account
  --app REGEXP         only these apps
  --concurrency N      requests at once (default 4)
  --delay MS           pause between requests
  --timeout MS         how long an answer may take (default 30000)
`

/** Arguments by name. @throws UserError with the usage */
export function readArguments<const T extends Options>(args: readonly string[], options: T, usage: string) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n\n${usage}`)
  }
}

interface AskingValues {
  readonly user?: readonly string[] | undefined
  readonly password?: readonly string[] | undefined
  readonly app?: string | undefined
  readonly concurrency?: string | undefined
  readonly delay?: string | undefined
  readonly timeout?: string | undefined
}

/** Whom to ask, as whom and how. */
export function readAsking(values: AskingValues, address: string, io: CommandIo): VerifyOptions {
  const { url, login } = readUrl(address)
  return {
    url,
    logins: [...(login ? [login] : []), ...readLogins(values, io.env)],
    only: readRegExp(values.app),
    concurrency: readNumber('concurrency', values.concurrency),
    delay: readNumber('delay', values.delay),
    timeout: readNumber('timeout', values.timeout),
    fetch: io.fetch,
  }
}

/** The only positional argument. @throws UserError with the usage */
export function readOnlyOne(positionals: readonly string[], what: string, usage: string): string {
  const [only, ...more] = positionals
  if (only === undefined || more.length > 0) throw new UserError(`Failed to find one ${what}.\n\n${usage}`)
  return only
}
/** Credentials in the address are taken out of it, so that no report shows them. */
function readUrl(text: string): { url: string; login: Login | null } {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`
  if (!URL.canParse(address)) throw new UserError(`Failed to read the URL "${text}".`)
  const { origin, pathname, username, password } = new URL(address)
  const url = origin + pathname.replace(/\/(index\.php\/?)?$/, '')
  return {
    url,
    login: username === '' ? null : { user: decodeURIComponent(username), password: decodeURIComponent(password) },
  }
}

function readLogins({ user = [], password = [] }: AskingValues, env: CommandIo['env']): Login[] {
  return user.map((name, i) => {
    const found = password[i] ?? env[i === 0 ? 'OCS_MOCK_PASSWORD' : `OCS_MOCK_PASSWORD_${i + 1}`]
    if (found === undefined)
      throw new UserError(`Failed to find a password for "${name}". Give --password or OCS_MOCK_PASSWORD.`)
    return { user: name, password: found }
  })
}

export function readSeverity(text: string): Severity {
  const found = SEVERITIES.find((severity) => severity === text)
  if (!found) throw new UserError(`Failed to read --fail-on "${text}". Known are ${SEVERITIES.join(', ')}.`)
  return found
}

function readRegExp(text: string | undefined): RegExp | undefined {
  try {
    return text === undefined ? undefined : new RegExp(text)
  } catch (error) {
    throw new UserError(`Failed to read --app: ${(error as Error).message}.`)
  }
}

export function readNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0)
    throw new UserError(`Failed to read --${name} "${text}": not a number from 0 on.`)
  return value
}

/** Mistakes of the caller and servers that cannot be asked are told without a stack. */
export async function tellingUser(io: CommandIo, run: () => Promise<number>): Promise<number> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    io.err.write(`${error.message}\n`)
    return COULD_NOT_ASK
  }
}
