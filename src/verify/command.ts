import { parseArgs } from 'node:util'
import { UserError } from '../failures.ts'
import { isAtLeast, SEVERITIES, type Severity } from './finding.ts'
import { type Output, ProgressLine } from './progress.ts'
import { textReport } from './report-text.ts'
import { type VerifyOptions, verify } from './run.ts'
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

export const VERIFY_USAGE = `usage: ocs-mock verify URL [--user NAME --password PASSWORD]... [options]

Asks a real server everything that can be asked without changing it, and says where its answers differ.

  --user, --password   credentials; give an administrator and an ordinary account for all that can be seen.
                       Without --password: OCS_MOCK_PASSWORD, or OCS_MOCK_PASSWORD_2 for the second account
  --app REGEXP         only these apps
  --fail-on SEVERITY   breaks, differs (default), undocumented, noted: what makes the exit code 1
  --concurrency N      requests at once (default 4)
  --delay MS           pause between requests
  --timeout MS         how long an answer may take (default 30000)
  --json               the findings as JSON

Exit codes: 0 conforms, 1 deviates, 2 could not ask.
`

const OPTIONS = {
  user: { type: 'string', multiple: true },
  password: { type: 'string', multiple: true },
  app: { type: 'string' },
  'fail-on': { type: 'string' },
  concurrency: { type: 'string' },
  delay: { type: 'string' },
  timeout: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

/** `ocs-mock verify`: the exit code is 0 where the server conforms, 1 where it deviates, 2 where it could not be asked. */
export async function verifyCommand(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    const { values, positionals } = readArguments(args)
    if (values.help) {
      io.out.write(VERIFY_USAGE)
      return CONFORMS
    }
    const failOn = readSeverity(values['fail-on'] ?? 'differs')
    const progress = new ProgressLine(io.err)
    const options: VerifyOptions = {
      ...commonOptions(values, positionals, io),
      onProgress: (step) => progress.show(step),
      onWait: (message) => progress.tell(message),
    }
    const verification = await verify(options).finally(() => progress.end())
    io.out.write(values.json ? `${JSON.stringify(verification, null, 2)}\n` : textReport(verification))
    return verification.findings.some(({ severity }) => isAtLeast(severity, failOn)) ? DEVIATES : CONFORMS
  } catch (error) {
    return tellUser(error, io)
  }
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n\n${VERIFY_USAGE}`)
  }
}

type Values = ReturnType<typeof readArguments>['values']

function commonOptions(values: Values, positionals: readonly string[], io: CommandIo): VerifyOptions {
  const [address, ...more] = positionals
  if (address === undefined || more.length > 0) throw new UserError(`Failed to find one URL.\n\n${VERIFY_USAGE}`)
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

function readLogins({ user = [], password = [] }: Values, env: CommandIo['env']): Login[] {
  return user.map((name, i) => {
    const found = password[i] ?? env[i === 0 ? 'OCS_MOCK_PASSWORD' : `OCS_MOCK_PASSWORD_${i + 1}`]
    if (found === undefined)
      throw new UserError(`Failed to find a password for "${name}". Give --password or OCS_MOCK_PASSWORD.`)
    return { user: name, password: found }
  })
}

function readSeverity(text: string): Severity {
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

function readNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0)
    throw new UserError(`Failed to read --${name} "${text}": not a number from 0 on.`)
  return value
}

/** Mistakes of the caller and servers that cannot be asked are told without a stack. */
function tellUser(error: unknown, io: CommandIo): number {
  if (!(error instanceof UserError)) throw error
  io.err.write(`${error.message}\n`)
  return COULD_NOT_ASK
}
