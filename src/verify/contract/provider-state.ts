import type { Interaction, Pairs } from '#contract/contract.ts'
import { isJsonObject, type Json, type JsonObject } from '#lib/json.ts'

/** One step that makes a part of a provider state through the server's own APIs. What it gives has the contract's names. */
export type StateStep = Pick<Interaction, 'as' | 'request'> & {
  readonly what: string
  /** What of the answer has which name: a JSON pointer into its data, or a header. */
  readonly gives?: Readonly<Record<string, string>>
  /** The account whose password it sets, and to what. */
  readonly password?: readonly [account: string, password: string]
}

/** How a state can be made, and what of it cannot. */
export interface StatePlan {
  readonly steps: readonly StateStep[]
  /** In words: `trash: no API makes it`. */
  readonly impossible: readonly string[]
}

/** The account of the contract that takes part as an administrator of our own. */
export const ADMIN = 'admin'
/** Who makes accounts: the administrator whose credentials were given. */
export const GIVEN_ADMIN = 'the given administrator'

const OCS = { accept: 'application/json', 'ocs-apirequest': 'true' }
const form = (as: string, method: string, path: string, pairs: Pairs): Pick<StateStep, 'as' | 'request'> => ({
  as,
  request: {
    method,
    path: `/ocs/v2.php${path}`,
    headers: { ...OCS, 'content-type': 'application/x-www-form-urlencoded' },
    body: { form: pairs },
  },
})
const dav = (
  as: string,
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = {},
): Pick<StateStep, 'as' | 'request'> => ({
  as,
  request: { method, path: `/remote.php/dav${path}`, headers, ...(body === undefined ? {} : { body: { text: body } }) },
})
const segment = encodeURIComponent
const pathOf = (path: string) => path.split('/').map(segment).join('/')

type Plan = (value: Json) => { steps: StateStep[]; impossible?: string[] }

/** Members of seeds that can be made, in the order in which they are. */
const PLANS: Readonly<Record<string, Plan>> = {
  users: (value) => flat(listOf(value).map(planUser)),
  groups: (value) => flat(listOf(value).map(planGroup)),
  files: (value) => flat(Object.entries(objectOf(value)).map(([user, files]) => planFiles(user, objectOf(files)))),
  shares: (value) => flat(listOf(value).map(planShare)),
  statuses: (value) => flat(listOf(value).map(planStatus)),
  notifications: (value) => flat(listOf(value).map(planNotification)),
  teams: (value) => flat(listOf(value).map(planTeam)),
}

/** What makes a state, step by step. */
export function planState(state: JsonObject, accounts: ReadonlySet<string>): StatePlan {
  const plans = Object.entries(PLANS).flatMap(([member, plan]) =>
    state[member] === undefined ? [] : [plan(state[member])],
  )
  const impossible = Object.keys(state)
    .filter((member) => !Object.hasOwn(PLANS, member))
    .map((member) => `${member}: no API makes it for one test alone`)
  const groups = new Set<string>()
  for (const user of listOf(state.users ?? []))
    for (const group of listOf(objectOf(user).groups ?? [])) groups.add(String(group))
  for (const group of listOf(state.groups ?? []))
    groups.add(typeof group === 'string' ? group : String(objectOf(group).id))
  const seeded = new Set(listOf(state.users ?? []).map((user) => String(objectOf(user).id)))
  const before: StateStep[] = [...groups]
    .filter((id) => id !== 'admin')
    .map((id) => ({
      what: `the group ${id}`,
      ...form(GIVEN_ADMIN, 'POST', '/cloud/groups', { groupid: id }),
    }))
  if (accounts.has(ADMIN) && !seeded.has(ADMIN)) before.push(...planUser({ id: ADMIN, groups: ['admin'] }).steps)
  const all = flat(plans)
  return { steps: [...before, ...all.steps], impossible: [...all.impossible, ...impossible] }
}

function flat(plans: readonly { steps: StateStep[]; impossible?: string[] }[]): {
  steps: StateStep[]
  impossible: string[]
} {
  return { steps: plans.flatMap(({ steps }) => steps), impossible: plans.flatMap(({ impossible = [] }) => impossible) }
}

const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [])
const objectOf = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})

/** What is set of an account after it was made, by the names of seeds and of the API. */
const USER_FIELDS: Readonly<Record<string, string>> = {
  language: 'language',
  locale: 'locale',
  timezone: 'timezone',
  phone: 'phone',
  address: 'address',
  website: 'website',
  twitter: 'twitter',
  fediverse: 'fediverse',
  organisation: 'organisation',
  role: 'role',
  headline: 'headline',
  biography: 'biography',
  pronouns: 'pronouns',
  birthdate: 'birthdate',
  notifyEmail: 'notify_email',
}
const USER_MADE: ReadonlySet<string> = new Set([
  'id',
  'password',
  'displayName',
  'email',
  'quota',
  'groups',
  'subAdminOf',
  'manager',
  'enabled',
])

/** What the password of an account is called that the contract says nothing of. */
export const passwordName = (account: string): string => `password of ${account}`

function planUser(value: Json): { steps: StateStep[]; impossible: string[] } {
  const user = objectOf(value)
  const id = String(user.id)
  const password = typeof user.password === 'string' ? user.password : `\${${passwordName(id)}}`
  const pairs: Record<string, string | string[]> = { userid: id, password }
  if (typeof user.displayName === 'string') pairs.displayName = user.displayName
  if (typeof user.email === 'string') pairs.email = user.email
  if (typeof user.quota === 'string') pairs.quota = user.quota
  if (typeof user.language === 'string') pairs.language = user.language
  if (typeof user.manager === 'string') pairs.manager = user.manager
  const groups = listOf(user.groups ?? []).map(String)
  if (groups.length > 0) pairs['groups[]'] = groups
  const subAdmin = listOf(user.subAdminOf ?? []).map(String)
  if (subAdmin.length > 0) pairs['subadmin[]'] = subAdmin
  const steps: StateStep[] = [
    { what: `the account ${id}`, ...form(GIVEN_ADMIN, 'POST', '/cloud/users', pairs), password: [id, password] },
  ]
  for (const [field, key] of Object.entries(USER_FIELDS)) {
    const set = user[field]
    if (typeof set === 'string' && field !== 'language')
      steps.push({
        what: `${field} of ${id}`,
        ...form(GIVEN_ADMIN, 'PUT', `/cloud/users/${segment(id)}`, { key, value: set }),
      })
  }
  if (user.enabled === false)
    steps.push({ what: `${id} disabled`, ...form(GIVEN_ADMIN, 'PUT', `/cloud/users/${segment(id)}/disable`, {}) })
  const impossible = Object.keys(user)
    .filter((name) => !USER_MADE.has(name) && !Object.hasOwn(USER_FIELDS, name))
    .map((name) => `users: ${name} of ${id}`)
  return { steps, impossible }
}

function planGroup(value: Json): { steps: StateStep[]; impossible?: string[] } {
  if (typeof value === 'string') return { steps: [] }
  const group = objectOf(value)
  const id = String(group.id)
  const steps: StateStep[] = []
  if (typeof group.displayName === 'string')
    steps.push({
      what: `the name of the group ${id}`,
      ...form(GIVEN_ADMIN, 'PUT', `/cloud/groups/${segment(id)}`, { key: 'displayname', value: group.displayName }),
    })
  for (const member of listOf(group.members ?? []).map(String))
    steps.push({
      what: `${member} in ${id}`,
      ...form(GIVEN_ADMIN, 'POST', `/cloud/users/${segment(member)}/groups`, { groupid: id }),
    })
  for (const member of listOf(group.subAdmins ?? []).map(String))
    steps.push({
      what: `${member} as administrator of ${id}`,
      ...form(GIVEN_ADMIN, 'POST', `/cloud/users/${segment(member)}/subadmins`, { groupid: id }),
    })
  return { steps }
}

function planFiles(user: string, files: JsonObject): { steps: StateStep[]; impossible: string[] } {
  const home = `/files/${segment(user)}`
  const steps: StateStep[] = []
  const impossible: string[] = []
  const folders = new Set<string>()
  const makeFolder = (path: string): void => {
    if (path === '' || folders.has(path)) return
    makeFolder(path.slice(0, path.lastIndexOf('/')))
    folders.add(path)
    steps.push({ what: `the folder ${path} of ${user}`, ...dav(user, 'MKCOL', home + pathOf(path)) })
  }
  for (const [path, value] of Object.entries(files)) {
    if (path.endsWith('/')) {
      makeFolder(path.slice(0, -1))
      continue
    }
    makeFolder(path.slice(0, path.lastIndexOf('/')))
    if (value === false) {
      steps.push({ what: `no ${path} of ${user}`, ...dav(user, 'DELETE', home + pathOf(path)) })
      continue
    }
    const file = typeof value === 'string' ? { content: value } : objectOf(value)
    const [step, missing] = planFile(user, path, file)
    steps.push(step)
    impossible.push(...missing)
    if (file.favorite === true)
      steps.push({
        what: `${path} of ${user} as a favourite`,
        ...dav(user, 'PROPPATCH', home + pathOf(path), FAVOURITE),
      })
  }
  return { steps, impossible }
}

const FAVOURITE =
  '<?xml version="1.0"?><d:propertyupdate xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:set><d:prop><oc:favorite>1</oc:favorite></d:prop></d:set></d:propertyupdate>'
const FILE_MADE: ReadonlySet<string> = new Set(['content', 'base64', 'size', 'mtime', 'etag', 'id', 'favorite'])
/** More is not sent to a server that is not ours, in bytes. */
const MOST_BYTES = 1_048_576

function planFile(user: string, path: string, file: JsonObject): [step: StateStep, impossible: string[]] {
  const size = typeof file.size === 'number' ? file.size : undefined
  const body =
    typeof file.base64 === 'string'
      ? { base64: file.base64 }
      : { text: typeof file.content === 'string' ? file.content : ' '.repeat(Math.min(size ?? 0, MOST_BYTES)) }
  const impossible = Object.keys(file)
    .filter((name) => !FILE_MADE.has(name))
    .map((name) => `files: ${name} of ${path} of ${user}`)
  if (size !== undefined && size > MOST_BYTES) impossible.push(`files: ${path} of ${user} has ${size} bytes`)
  const id = typeof file.id === 'string' ? /^\$\{([^:}]+)/.exec(file.id)?.[1] : undefined
  const mtime: Record<string, string> =
    typeof file.mtime === 'number' || typeof file.mtime === 'string' ? { 'x-oc-mtime': String(file.mtime) } : {}
  const step: StateStep = {
    what: `the file ${path} of ${user}`,
    as: user,
    request: { method: 'PUT', path: `/remote.php/dav/files/${segment(user)}${pathOf(path)}`, headers: mtime, body },
    ...(id === undefined ? {} : { gives: { [id]: 'header oc-fileid' } }),
  }
  return [step, impossible]
}

const SHARE_TYPES: Readonly<Record<string, string>> = { user: '0', group: '1', link: '3', email: '4', team: '7' }
const SHARE_MADE: ReadonlySet<string> = new Set([
  'type',
  'owner',
  'path',
  'with',
  'permissions',
  'expires',
  'password',
  'token',
  'note',
  'label',
  'hideDownload',
])

function planShare(value: Json): { steps: StateStep[]; impossible: string[] } {
  const share = objectOf(value)
  const what = `the share of ${String(share.path)} by ${String(share.owner)}`
  const type = SHARE_TYPES[String(share.type ?? 'user')]
  if (type === undefined) return { steps: [], impossible: [`shares: ${what} reaches another server`] }
  const pairs: Record<string, string> = { path: String(share.path), shareType: type }
  if (share.with !== undefined) pairs.shareWith = String(share.with)
  if (share.permissions !== undefined) pairs.permissions = String(share.permissions)
  if (share.expires !== undefined) pairs.expireDate = String(share.expires)
  if (share.password !== undefined) pairs.password = String(share.password)
  if (share.note !== undefined) pairs.note = String(share.note)
  if (share.label !== undefined) pairs.label = String(share.label)
  const token = typeof share.token === 'string' ? /^\$\{([^:}]+)/.exec(share.token)?.[1] : undefined
  return {
    steps: [
      {
        what,
        ...form(String(share.owner), 'POST', '/apps/files_sharing/api/v1/shares', pairs),
        ...(token === undefined ? {} : { gives: { [token]: '/token' } }),
      },
    ],
    impossible: Object.keys(share)
      .filter((name) => !SHARE_MADE.has(name))
      .map((name) => `shares: ${name} of ${what}`),
  }
}

function planStatus(value: Json): { steps: StateStep[] } {
  const status = objectOf(value)
  const user = String(status.user)
  const path = '/apps/user_status/api/v1/user_status'
  const steps: StateStep[] = [
    {
      what: `the status of ${user}`,
      ...form(user, 'PUT', `${path}/status`, { statusType: String(status.status ?? 'online') }),
    },
  ]
  const clearAt: Record<string, string> = status.clearAt === undefined ? {} : { clearAt: String(status.clearAt) }
  if (status.messageId !== undefined)
    steps.push({
      what: `the message of ${user}`,
      ...form(user, 'PUT', `${path}/message/predefined`, { messageId: String(status.messageId), ...clearAt }),
    })
  else if (status.message !== undefined || status.icon !== undefined)
    steps.push({
      what: `the message of ${user}`,
      ...form(user, 'PUT', `${path}/message/custom`, {
        ...(status.icon === undefined ? {} : { statusIcon: String(status.icon) }),
        message: String(status.message ?? ''),
        ...clearAt,
      }),
    })
  return { steps }
}

const NOTIFICATION_MADE: ReadonlySet<string> = new Set(['user', 'subject', 'message', 'app'])

function planNotification(value: Json): { steps: StateStep[]; impossible: string[] } {
  const notification = objectOf(value)
  const user = String(notification.user)
  const what = `the notification "${String(notification.subject)}" of ${user}`
  const others = Object.keys(notification).filter((name) => !NOTIFICATION_MADE.has(name))
  if (notification.app !== undefined && notification.app !== 'admin_notifications') others.push('app')
  return {
    steps: [
      {
        what,
        ...form(GIVEN_ADMIN, 'POST', `/apps/notifications/api/v2/admin_notifications/${segment(user)}`, {
          shortMessage: String(notification.subject ?? ''),
          ...(notification.message === undefined ? {} : { longMessage: String(notification.message) }),
        }),
      },
    ],
    impossible: others.map((name) => `notifications: ${name} of ${what}`),
  }
}

function planTeam(value: Json): { steps: StateStep[]; impossible: string[] } {
  const team = objectOf(value)
  return { steps: [], impossible: [`teams: ${String(team.name)}`] }
}
