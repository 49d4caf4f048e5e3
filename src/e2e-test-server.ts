/**
 * `ocs-mock/e2e-test-server`: the commands that tests with `@nextcloud/e2e-test-server` know, on a fake instead of a
 * container. A test that imports them from either runs on either.
 */
import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel'
import { RemoteFake } from '#adapters/remote-fake.ts'
import type { OccResult } from '#console/run.ts'
import { checkMembers, checkObject } from '#lib/check-members.ts'
import { UserError } from '#lib/errors.ts'
import { loadProfile, type ProfileName, profileNames } from '#profiles/index.ts'
import type { ServeOptions } from './server.ts'

export { UserError } from '#lib/errors.ts'
export type { ServeOptions } from './server.ts'

/** An account, with the password that is its name where none is given. */
export class User {
  userId: string
  password: string
  language: string

  constructor(user: string, password = user, language = 'en') {
    this.userId = user
    this.password = password
    this.language = language
  }

  /** An account that no test has yet. It is nowhere before `addUser`. */
  static createRandom(): User {
    return new User(Math.random().toString(36).slice(2, 9).padEnd(7, '0'))
  }
}

/** How a command is run. */
export interface RunOptions {
  /** Texts such as `OC_PASS=secret`. */
  readonly env?: readonly string[]
  /** Print what it printed. Default: no. */
  readonly verbose?: boolean
  /** Throw where its exit code is not 0. Default: yes. */
  readonly failOnError?: boolean
}

const RUN_OPTIONS: Readonly<Record<keyof RunOptions, true>> = { env: true, verbose: true, failOnError: true }

/** How a fake is started: `exposePort`, and whatever `serve` takes. */
export interface StartOptions extends Omit<ServeOptions, 'port'> {
  /** Default: a free one. */
  readonly exposePort?: number
  /** Containers alone have it. */
  readonly forceRecreate?: boolean
  /** Containers alone have it: apps of your own come by `apps` or `pages`. */
  readonly mounts?: Readonly<Record<string, string>>
}

const STOP = 'ocs-mock:stop'

/** An app with a repository of its own, which containers for tests do not have: accounts may have short passwords. */
const NOT_IN_CONTAINER = 'password_policy'

/**
 * Start a fake in this process. Commands find it by `OCS_MOCK_URL`, which is set here and inherited by processes that this
 * one starts.
 *
 * @example
 * const ip = await startNextcloud('stable33')
 * await waitOnNextcloud(ip)
 * @param branch `master` is the newest profile, `stable33` is `nextcloud-33`
 * @param _mountApp what a container mounts; a fake takes `apps` and `pages` instead
 * @returns host and port, for `http://${ip}/index.php`
 * @throws UserError for a branch without a profile, and for an option that there is not
 */
export async function startNextcloud(
  branch = 'master',
  _mountApp: boolean | string = true,
  startOptions: StartOptions = {},
): Promise<string> {
  checkObject('Failed to start Nextcloud', startOptions)
  const { exposePort, forceRecreate: _, mounts: __, ...options } = startOptions
  const { serve } = await import('./server.ts')
  const profile = await loadProfile(options.profile ?? profileOf(branch))
  const missing = profile.apps.some(({ id }) => id === NOT_IN_CONTAINER) ? [NOT_IN_CONTAINER] : []
  const { apps = {} } = options.seed ?? {}
  const server = await serve({
    ...options,
    profile,
    seed: { ...options.seed, apps: { ...apps, disabled: [...missing, ...(apps.disabled ?? [])] } },
    ...(exposePort === undefined ? {} : { port: exposePort }),
  })
  const stop = (message: unknown) => {
    unsubscribe(STOP, stop)
    if (Array.isArray(message)) message.push(server.close())
  }
  subscribe(STOP, stop)
  process.env.OCS_MOCK_URL = server.url
  return `${server.host}:${server.port}`
}

function profileOf(branch: string): ProfileName | undefined {
  if (branch === 'master' || branch === 'main') return undefined
  const name = String(branch).replace(/^stable/, 'nextcloud-')
  if (isProfileName(name)) return name
  throw new UserError(
    `Failed to start "${branch}": there is no profile ${name}. Write "master" or "stableNN" of ${profileNames.join(', ')}.`,
  )
}

const isProfileName = (name: string): name is ProfileName => profileNames.includes(name)

/** Stop what this process started. */
export async function stopNextcloud(): Promise<void> {
  const closing: Promise<void>[] = []
  channel(STOP).publish(closing)
  await Promise.all(closing)
}

/**
 * Wait until a server answers.
 * @param ip host and port, as {@link startNextcloud} returns them
 * @throws UserError where it does not within half a minute
 */
export async function waitOnNextcloud(ip: string): Promise<void> {
  if (!/^[^/\s]+$/.test(ip ?? ''))
    throw new UserError(
      `Failed to wait for ${JSON.stringify(ip)}: pass host and port, as startNextcloud() returns them: "127.0.0.1:8080".`,
    )
  const until = Date.now() + 30_000
  while (Date.now() < until) {
    const answer = await fetch(`http://${ip}/status.php`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new UserError(`Failed to wait for http://${ip}: nothing answers there.`)
}

/** Enable apps. @throws Error for one that the profile does not have */
export async function configureNextcloud(apps: readonly string[] = ['viewer']): Promise<void> {
  if (!Array.isArray(apps)) throw new UserError(`Failed to enable apps: pass a list of ids, such as ["viewer"].`)
  for (const app of apps) await runOcc(['app:enable', '--force', app])
}

/** Create `test1` to `test5`. */
export async function setupUsers(): Promise<void> {
  for (const number of [1, 2, 3, 4, 5]) await addUser(new User(`test${number}`))
}

/**
 * Run an `occ` command.
 *
 * @example
 * await runOcc(['config:app:set', 'core', 'shareapi_enabled', '--value', 'no'])
 * @param command its words, or one text that is split as a shell does
 * @throws Error where it fails, unless `failOnError` is `false`
 */
export async function runOcc(command: string | readonly string[], options: RunOptions = {}): Promise<OccResult> {
  checkMembers('Failed to run occ', options, Object.keys(RUN_OPTIONS))
  const { env = [], verbose = false, failOnError = true } = options
  if (!Array.isArray(env)) throw new UserError('Failed to run occ: "env" is a list of texts. Write ["OC_PASS=secret"].')
  const variables = Object.fromEntries(env.map((text) => splitOnce(text, '=')))
  const result = await new RemoteFake().occ({ args: command, env: variables })
  if (verbose) console.log(result.stdout + result.stderr)
  if (failOnError && result.exitCode !== 0) {
    const words = typeof command === 'string' ? command : command.join(' ')
    throw new Error(`occ ${words} ended with ${result.exitCode}:\n${result.stdout}${result.stderr}`)
  }
  return result
}

const splitOnce = (text: string, at: string): readonly [string, string] => {
  const index = text.indexOf(at)
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)]
}

/** Set a value of `config.php`. */
export const setSystemConfig = (key: string, value: string): Promise<OccResult> =>
  runOcc(['config:system:set', key, '--value', value])

/** A value of `config.php`. @throws Error where there is none */
export const getSystemConfig = async (key: string): Promise<string> =>
  (await runOcc(['config:system:get', key])).stdout.trim()

/** Create an account. @throws UserError for something else than a {@link User} */
export async function addUser(user: User, options: RunOptions = {}): Promise<OccResult> {
  checkUser('create the account', user)
  return runOcc(['user:add', user.userId, '--password-from-env'], {
    ...options,
    env: [`OC_PASS=${user.password}`, ...(options.env ?? [])],
  })
}

function checkUser(what: string, user: unknown): void {
  if (typeof (user as User | null)?.userId === 'string') return
  throw new UserError(`Failed to ${what}: ${JSON.stringify(user)} is no account. Write new User("alice").`)
}

/** Create an account that no test has yet. */
export async function createRandomUser(): Promise<User> {
  const user = User.createRandom()
  await addUser(user)
  return user
}

/** Keep the state of the server. @returns the snapshot's name */
export async function createSnapshot(snapshot?: string): Promise<string> {
  const { name } = await new RemoteFake().ask('POST', '/snapshots', snapshot === undefined ? {} : { name: snapshot })
  return String(name)
}

const INIT = 'init'

/** The state of a snapshot again. `init` is the starting world, unless a snapshot of that name was made. */
export async function restoreSnapshot(snapshot: string = INIT): Promise<void> {
  const fake = new RemoteFake()
  if (snapshot === INIT && !(await snapshotNames(fake)).includes(INIT)) await fake.ask('POST', '/reset')
  else await fake.ask('POST', `/snapshots/${encodeURIComponent(snapshot)}/restore`)
}

async function snapshotNames(fake: RemoteFake): Promise<unknown[]> {
  const { snapshots = [] } = (await fake.ask('GET', '/snapshots')) as {
    readonly snapshots?: readonly { readonly name: string }[]
  }
  return snapshots.map(({ name }) => name)
}

/** What `login` uses of Playwright's `request`. */
export interface LoginRequest {
  get(url: string, options?: { failOnStatusCode?: boolean }): Promise<LoginAnswer>
  post(
    url: string,
    options: { form: Record<string, string>; headers: Record<string, string>; maxRedirects: number },
  ): Promise<LoginAnswer>
}

interface LoginAnswer {
  status(): number
  url(): string
  headers(): Record<string, string>
  json(): Promise<{ readonly token: string }>
}

/**
 * Log in: the cookies of `request` are those of a session from then on. `baseURL` ends with `/index.php/`.
 * @throws Error where the credentials are refused, UserError for something else than a {@link User} and a `request`
 */
export async function login(request: LoginRequest, user: User): Promise<void> {
  checkUser('log in', user)
  if (typeof (request as LoginRequest | undefined)?.get !== 'function')
    throw new UserError('Failed to log in: pass the request of Playwright: login(page.request, user)')
  const asked = await request.get('./csrftoken', { failOnStatusCode: true })
  const { token } = await asked.json()
  const answer = await request.post('./login', {
    form: { user: user.userId, password: user.password, requesttoken: token },
    headers: { Origin: new URL(asked.url()).origin },
    maxRedirects: 0,
  })
  const { location = '' } = answer.headers()
  if (answer.status() !== 303 || /\/login(?:\?|$)/.test(location)) {
    throw new Error(
      `Failed to log in as "${user.userId}": the server answers ${answer.status()} and leads to "${location}".`,
    )
  }
}
