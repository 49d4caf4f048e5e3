import { type Composition, compose } from '#compose.ts'
import { messageOf, UserError } from '#lib/errors.ts'
import { SEVERITIES, type Severity } from '#verify/finding.ts'
import type { Login } from '#verify/target.ts'
import type { VerifyOptions } from '#verify/verification.ts'
import { APP_OPTIONS, AppModules } from '../app-module.ts'
import type { Io } from '../command.ts'

/** Arguments of every command that asks an instance. */
export const TARGET_OPTIONS = {
  user: { type: 'string', multiple: true },
  password: { type: 'string', multiple: true },
  app: { type: 'string' },
  ...APP_OPTIONS,
  concurrency: { type: 'string' },
  delay: { type: 'string' },
  timeout: { type: 'string' },
} as const

export const TARGET_HELP = `      --user NAME         whom to ask as; give an administrator and an ordinary account to see all.
                          NAME:PASSWORD gives both, as curl takes it
      --password PASSWORD their passwords, in the same order (or OCS_MOCK_PASSWORD, OCS_MOCK_PASSWORD_2)
      --app REGEXP        only these apps
      --app-module FILE   a module with apps of your own that may be there; may be given several times
      --openapi FILE      the openapi.json of an app that may be there: the server is judged by it
      --concurrency N     requests at once (default: 4)
      --delay MS          pause between requests (default: 0)
      --timeout MS        how long an answer may take (default: 30000)
`

interface TargetValues {
  readonly user?: readonly string[] | undefined
  readonly password?: readonly string[] | undefined
  readonly app?: string | undefined
  readonly 'app-module'?: readonly string[] | undefined
  readonly openapi?: readonly string[] | undefined
  readonly concurrency?: string | undefined
  readonly delay?: string | undefined
  readonly timeout?: string | undefined
}

/** Whom to ask, as whom and how, and whose definitions judge. */
export function readTargetOptions(
  values: TargetValues,
  address: string,
  { catalogue, addedApps }: Composition,
  io: Io,
): VerifyOptions {
  const { url, login } = readUrl(address)
  return {
    url,
    catalogue,
    apps: addedApps,
    logins: [...(login ? [login] : []), ...readLogins(values, io.env)],
    only: readRegExp(values.app),
    concurrency: readNumber('concurrency', values.concurrency),
    delay: readNumber('delay', values.delay),
    timeout: readNumber('timeout', values.timeout),
    fetch: io.fetch,
  }
}

/** The apps that ship, and those of the user's. */
export const readComposition = async (values: Pick<TargetValues, 'app-module'>): Promise<Composition> =>
  compose(await new AppModules(values).read())

/** The only value of a kind. @throws UserError */
export function readOnlyOne(command: string, what: string, given: readonly string[]): string {
  const [only, ...more] = given
  if (only !== undefined && more.length === 0) return only
  throw new UserError(`Failed to find ${what}: give one. See "${command} --help".`)
}

/** Credentials in the address are taken out of it, so that no report shows them. */
export function readUrl(text: string): { url: string; login: Login | null } {
  const address = text.includes('://') ? text : `https://${text}`
  if (!URL.canParse(address) || !/^https?:/i.test(address))
    throw new UserError(`Failed to read the URL "${text}". Write one such as https://cloud.example.com.`)
  const { origin, pathname, username, password } = new URL(address)
  const url = origin + pathname.replace(/\/(index\.php\/?)?$/, '')
  return {
    url,
    login: username === '' ? null : { user: decodeURIComponent(username), password: decodeURIComponent(password) },
  }
}

export function readLogins(
  { user = [], password = [] }: Pick<TargetValues, 'user' | 'password'>,
  env: Io['env'],
): Login[] {
  return user.map((name, i) => {
    const found = password[i] ?? env[i === 0 ? 'OCS_MOCK_PASSWORD' : `OCS_MOCK_PASSWORD_${i + 1}`]
    const login = found === undefined ? readPair(name) : { user: name, password: found }
    if (login === null)
      throw new UserError(`Failed to find a password for "${name}". Give --password or OCS_MOCK_PASSWORD.`)
    return login
  })
}

/** `name:password`, as curl takes it. A name has no colon, a password may. */
function readPair(text: string): Login | null {
  const colon = text.indexOf(':')
  return colon < 1 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) }
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
    throw new UserError(`Failed to read --app: ${messageOf(error)}.`)
  }
}

export function readNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0)
    throw new UserError(`Failed to read --${name} "${text}": not a number from 0 on.`)
  return value
}
