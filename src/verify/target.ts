import { type AddedApp, withApps } from '#app/with-apps.ts'
import { UserError } from '#lib/errors.ts'
import { membersOf, parseJson } from '#lib/json.ts'
import type { Endpoint } from '#line/endpoint.ts'
import { operations } from '#profiles/keys.ts'
import { loadNearest } from '#profiles/nearest.ts'
import { openProfile, type Profile, type ProfileDefinition } from '#profiles/profile.ts'
import { decodeEnvelope, isUnknownRoute, plain, textOf } from './decode-answer.ts'
import { type Account, isPage, type ProbeRequest, type Role } from './exchange.ts'
import { InterruptedError, NoAnswerError, type Sender } from './sender.ts'

/** A login name and a password, or an app password. */
export interface Login {
  readonly user: string
  readonly password: string
}

/** What an instance says about itself. */
export interface Target {
  readonly base: string
  readonly product: string
  readonly version: string
  /** What `/status.php` says. */
  readonly status?: Readonly<Record<string, unknown>>
  readonly profile: Profile
  readonly apps: readonly string[]
  readonly accounts: readonly Account[]
  /** What a reader of the report should know, such as another version than the profile's. */
  readonly notes: readonly string[]
}

/** Apps that no product has, and that may be there. */
export interface AddedApps {
  readonly apps?: readonly AddedApp[] | undefined
  /** What all apps answer that there may be. */
  readonly endpoints?: readonly Endpoint[]
}

export interface DiscoverOptions extends AddedApps {
  /** Whose definitions judge. Default: the profile that is nearest to what the server says of itself. */
  readonly as?: ProfileDefinition | undefined
  /** Whether apps are there of which nobody can find out: they are, where others ask and know. Default: they are not. */
  readonly assumesApps?: boolean | undefined
}

/** Nothing can be asked: not reachable, no Nextcloud, under maintenance, wrong credentials. */
export class TargetError extends UserError {}

/**
 * Find out what stands behind an address: product, version, enabled apps, and who the logins are.
 * @throws TargetError
 */
export async function discover(
  sender: Sender,
  logins: readonly Login[],
  { apps: added = [], endpoints = [], as, assumesApps = false }: DiscoverOptions = {},
): Promise<Target> {
  const notes: string[] = []
  const status = await readStatus(sender)
  const profile = openProfile(withApps(as ?? (await loadNearest(status.product, status.version)), added))
  if (status.version === UNKNOWN) {
    const { productName, versionString } = profile
    notes.push(
      `/status.php does not say which version this is; it is judged by the definitions of ${productName} ${versionString}.`,
    )
  } else if (as) {
    notes.push(
      `This is ${status.product} ${status.version}; it was asked to be judged as ${as.id}, as if it were ${as.productName} ${as.versionString}.`,
    )
  } else if (profile.versionString !== status.version) {
    notes.push(
      `This is ${status.product} ${status.version}; it is judged by the definitions of ${profile.productName} ${profile.versionString}.`,
    )
  }
  const accounts: Account[] = []
  for (const login of logins) accounts.push(await readAccount(sender, login, accounts.length === 0, notes))
  sender.use(accounts)
  notes.push(...missingRoles(accounts))
  const apps = await readApps(sender, accounts, { profile, endpoints, assumesApps }, notes)
  const { product, version, raw } = status
  return { base: sender.base, product, version, status: raw, profile, apps, accounts, notes }
}

const ROLE_NAMES = { admin: 'an administrator', user: 'an ordinary user' } as const

/** Which kinds of accounts nobody gave credentials for. */
export function missingRoles(accounts: readonly Account[]): string[] {
  return (['admin', 'user'] as const)
    .filter((role) => !accounts.some((account) => account.role === role))
    .map((role) => `Nothing was asked as ${ROLE_NAMES[role]}: no credentials.`)
}

interface Status {
  readonly product: string
  readonly version: string
  readonly raw: Readonly<Record<string, unknown>>
}

/** OCS and HTTP know none below. */
const LEAST_CODE = 100

const UNKNOWN = 'of an unknown version'
const VERSION = /^\d+\.\d+/

async function readStatus(sender: Sender): Promise<Status> {
  const answer = await sender.send('GET', '/status.php', {}).catch((error: unknown) => {
    if (error instanceof InterruptedError) throw new TargetError(`${error.message} Nothing was asked.`)
    if (error instanceof NoAnswerError) throw new TargetError(`Failed to reach ${sender.base}: ${error.message}.`)
    throw error
  })
  const status = membersOf(parseJson(textOf(answer)))
  if (Object.keys(status).length === 0) {
    throw new TargetError(
      `Failed to find a server at ${sender.base}: /status.php answered ${answer.status} and no JSON.`,
    )
  }
  // What a server made from a description says about itself is of the right type and means nothing.
  if (!VERSION.test(String(status.versionstring))) return { product: 'Nextcloud', version: UNKNOWN, raw: status }
  if (status.maintenance === true) throw new TargetError(`${sender.base} is under maintenance. Ask again later.`)
  if (status.installed !== true) throw new TargetError(`${sender.base} is not installed yet.`)
  return {
    product: nameIn(status.productname ?? 'Nextcloud'),
    version: nameIn(status.versionstring ?? 'unknown'),
    raw: status,
  }
}

/** A name as reports can show it, whatever a server calls itself. */
const nameIn = (value: unknown) =>
  String(value)
    .replace(/[^\p{L}\p{N} .,_+()-]/gu, '')
    .slice(0, 60)
    .trim()

/** Ask as JSON in v2; the decoded data, or the status that came instead. */
async function getOcs(
  sender: Sender,
  as: Role,
  path: string,
  query = '',
): Promise<{ status: number; message: string; data: unknown }> {
  const request: ProbeRequest = { as, version: 2, format: 'json', method: 'GET', path, query }
  const { answer } = await sender.exchange(request).catch((error: unknown) => {
    if (error instanceof InterruptedError) throw new TargetError(`${error.message} Nothing was judged.`)
    if (error instanceof NoAnswerError) throw new TargetError(`Failed to ask ${sender.base}${path}: ${error.message}.`)
    throw error
  })
  const decoded = decodeEnvelope(answer)
  return typeof decoded === 'string'
    ? { status: answer.status, message: '', data: null }
    : { status: decoded.status, message: decoded.message, data: plain(decoded.data) }
}

async function readAccount(
  sender: Sender,
  { user, password }: Login,
  isFirst: boolean,
  notes: string[],
): Promise<Account> {
  const unknown: Account = { id: user, login: user, password, role: 'user', subAdminOf: [] }
  sender.use([unknown])
  const { status, data } = await getOcs(sender, 'user', '/cloud/user')
  if (status === 997 || status === 401)
    throw new TargetError(`${sender.base} does not accept the password of "${user}".`)
  if (status < LEAST_CODE) {
    const role = isFirst ? 'admin' : 'user'
    notes.push(
      `It does not say who "${user}" is (/cloud/user has the statuscode ${status}): asked as ${ROLE_NAMES[role]}.`,
    )
    return { ...unknown, role }
  }
  if (status !== 200)
    throw new TargetError(`${sender.base} does not say who "${user}" is: /cloud/user answered ${status}.`)
  const found = typeof data === 'object' && data !== null ? Object.entries(data) : []
  const texts = (name: string) => {
    const value: unknown = found.find(([key]) => key === name)?.[1]
    return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')
  }
  return {
    ...unknown,
    id: texts('id')[0] ?? user,
    role: texts('groups').includes('admin') ? 'admin' : 'user',
    subAdminOf: texts('subadmin'),
  }
}

interface KnownApps {
  readonly profile: Profile
  readonly endpoints: readonly Endpoint[]
  readonly assumesApps: boolean
}

/** Administrators are told all enabled apps. Others see capabilities, and each app's first operation is tried. */
async function readApps(
  sender: Sender,
  accounts: readonly Account[],
  known: KnownApps,
  notes: string[],
): Promise<readonly string[]> {
  if (accounts.some((account) => account.role === 'admin')) {
    const { status, data } = await getOcs(sender, 'admin', '/cloud/apps', 'filter=enabled')
    const apps = (data as { apps?: unknown } | null)?.apps
    if (status === 200 && Array.isArray(apps)) return apps.map(String)
  }
  const { profile } = known
  const { data } = await getOcs(sender, accounts[0]?.role ?? 'anonymous', '/cloud/capabilities')
  const capabilities = Object.keys((data as { capabilities?: object } | null)?.capabilities ?? {})
  const apps = new Set(
    profile.apps.filter((app) => app.alwaysEnabled || capabilities.includes(app.id)).map((app) => app.id),
  )
  for (const app of profile.apps) {
    if (!apps.has(app.id) && (await answers(sender, app.id, known, accounts))) apps.add(app.id)
  }
  notes.push('Nobody said which apps are enabled: that was guessed from capabilities and routes.')
  return [...apps]
}

/** Whether a route of an app exists: the first of its operations that is read. */
async function answers(
  sender: Sender,
  app: string,
  { profile, endpoints, assumesApps }: KnownApps,
  accounts: readonly Account[],
): Promise<boolean> {
  const unpublished = endpoints.filter(({ path, writes }) => !isPage(path) && !writes)
  const operation = [...(await operations.load(profile)), ...unpublished].find(
    (known) => known.app === app && known.method === 'GET' && !known.path.includes('{'),
  )
  if (!operation) return assumesApps
  return !isUnknownRoute(await getOcs(sender, accounts[0]?.role ?? 'anonymous', operation.path))
}
