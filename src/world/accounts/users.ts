import { urldecode } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import { defineTable } from '../define-table.ts'
import { deleteAllOfUser, getSystem } from '../settings/config.ts'
import type { World } from '../world.ts'
import * as groups from './groups.ts'
import { type User, userRecord } from './user-record.ts'

export type { User }

declare module '#world/events.ts' {
  interface WorldEvents {
    'user.created': { readonly userId: string }
    'user.deleted': { readonly userId: string }
    'user.password-changed': { readonly userId: string }
    'user.changed': { readonly userId: string; readonly feature: string }
    'user.first-login': {
      readonly userId: string
      /** What the examples in the account's calendar and address book are called, where that is known. */
      readonly exampleEvent?: string | undefined
      readonly exampleContact?: string | undefined
    }
  }
}

/** Accounts by lower-case id. */
const keyOf = (userId: string) => userId.toLowerCase()

export const usersTable = defineTable<User>('users', { record: userRecord, keyOf })

/** Before 32 only the name of a folder limits an id (Nextcloud 27.1.10, asked). */
const MAX_ID_BYTES = byRelease(255, { 32: 64 })
/** What is said of an id that is longer. */
const TOO_LONG = byRelease<'too-long' | 'no-folder'>('no-folder', { 32: 'too-long' })
/** Whether the data directory keeps names for itself. */
const RESERVES_IDS = byRelease(false, { 27: true })
const MAX_DISPLAY_NAME = 64
const MAX_PASSWORD_BYTES = 469

/** Names that the data directory takes for itself (Nextcloud 34.0.1, asked). */
const RESERVED_IDS: ReadonlySet<string> = new Set([
  '.htaccess',
  '.ncdata',
  '__groupfolders',
  'audit.log',
  'files_external',
  'index.html',
  'nextcloud.log',
  'owncloud.db',
  'owncloud.log',
  'updater.log',
])

/** An account by its id in any case, or else by its address (Nextcloud 34.0.1, asked). */
export function find(world: World, userId: string): User | undefined {
  return userId.length > MAX_ID_BYTES.at(world.release) ? undefined : findByLogin(world, userId)
}

/** The account behind a login name, which is an id or an address. */
export function findByLogin(world: World, login: string): User | undefined {
  return world.table(usersTable).get(keyOf(login)) ?? findByEmail(world, login)[0]
}

/** Accounts with this address, in any case. */
export function findByEmail(world: World, email: string): User[] {
  if (email === '') return []
  const table = world.table(usersTable)
  return table
    .index('email', emailOf)
    .keysOf(email.toLowerCase())
    .map((key) => table.get(key)!)
    .sort((a, b) => a.emailOrder - b.emailOrder)
}

const emailOf = (user: User) => user.email ?? undefined

export type IdProblem =
  | 'bad-characters'
  | 'empty'
  | 'white-space'
  | 'dots'
  | 'too-long'
  | 'no-folder'
  | 'taken-by-files'

/** What is wrong with an id for a new account; `null`: nothing. */
export function checkId(world: World, userId: string): IdProblem | null {
  if (/[^a-zA-Z0-9 _.@\-']/.test(userId)) return 'bad-characters'
  if (userId.trim() === '') return 'empty'
  if (userId.trim() !== userId) return 'white-space'
  if (userId === '.' || userId === '..') return 'dots'
  if (userId.length > MAX_ID_BYTES.at(world.release)) return TOO_LONG.at(world.release)
  if (
    RESERVES_IDS.at(world.release) &&
    (RESERVED_IDS.has(userId) || userId === `appdata_${getSystem(world, 'instanceid', '')}`)
  )
    return 'taken-by-files'
  return null
}

/** What a new account may start with; everything but the id and the password has a default. */
export type NewUser = Pick<User, 'id' | 'password'> & Partial<User>

/** Make an account. Password rules are the caller's business (`password-policy.ts`). */
export function add(world: World, made: NewUser): User | IdProblem | 'exists' {
  const problem = checkId(world, made.id)
  if (problem) return problem
  if (find(world, made.id)) return 'exists'
  const user: User = {
    ...DEFAULTS,
    displayName: made.id,
    createdAt: world.clock.seconds(),
    emailOrder: made.email ? world.nextId('email') : 0,
    disabledOrder: made.enabled === false ? world.nextId('disabled') : 0,
    ...made,
  }
  put(world, user)
  world.emit({ type: 'user.created', userId: user.id })
  return user
}

const DEFAULTS: Omit<User, 'id' | 'password' | 'displayName' | 'createdAt'> = {
  named: false,
  enabled: true,
  firstLogin: 0,
  lastLogin: 0,
  email: null,
  primaryEmail: null,
  quota: 'default',
  language: '',
  locale: '',
  timezone: '',
  firstDayOfWeek: '',
  managers: [],
  emailOrder: 0,
  disabledOrder: 0,
}

const put = (world: World, user: User) => world.table(usersTable).set(keyOf(user.id), user)

/** Change some members of an account, without any rule. */
export function patch(world: World, userId: string, change: Partial<User>): void {
  world.table(usersTable).patch(keyOf(userId), change)
}

/** Remove an account with its memberships. Other kinds of state listen to `user.deleted`. */
export function remove(world: World, userId: string): boolean {
  const user = world.table(usersTable).get(keyOf(userId))
  if (!user) return false
  world.table(usersTable).delete(keyOf(userId))
  groups.removeUserEverywhere(world, user.id)
  world.emit({ type: 'user.deleted', userId: user.id })
  deleteAllOfUser(world, user.id)
  return true
}

/** White space around is dropped; an empty name changes nothing. */
export function setDisplayName(world: World, user: User, given: string): 'too-long' | 'unchanged' | 'changed' {
  const displayName = given.trim()
  if (displayName === '' || displayName === '0' || displayName === user.displayName) return 'unchanged'
  if ([...displayName].length > MAX_DISPLAY_NAME) return 'too-long'
  change(world, user, 'displayName', { displayName, named: true })
  return 'changed'
}

/** Set the address, or drop it with an empty text. Whether it is one is the caller's business. */
export function setEmail(world: World, user: User, given: string): void {
  const email = given.trim().toLowerCase()
  const next = email === '' ? null : email
  const primaryEmail = user.primaryEmail === next ? null : user.primaryEmail
  const emailOrder = next === null ? 0 : user.emailOrder || world.nextId('email')
  const members = { email: next, primaryEmail, emailOrder }
  if (next === user.email) patch(world, user.id, members)
  else change(world, user, 'email', members)
}

export function setEnabled(world: World, user: User, enabled: boolean): void {
  if (user.enabled === enabled) return
  change(world, user, 'enabled', { enabled, disabledOrder: user.disabledOrder || world.nextId('disabled') })
}

/** A formatted size, `none` or `default`; `readQuota` makes it. */
export function setQuota(world: World, user: User, quota: string): void {
  if (user.quota !== quota) change(world, user, 'quota', { quota })
}

export function setManagers(world: World, user: User, managers: readonly string[]): void {
  change(world, user, 'managers', { managers })
}

export const isPasswordTooLong = (password: string) => new TextEncoder().encode(password).length > MAX_PASSWORD_BYTES

export function setPassword(world: World, user: User, password: string): void {
  patch(world, user.id, { password })
  world.emit({ type: 'user.password-changed', userId: user.id })
}

function change(world: World, user: User, feature: string, members: Partial<User>): void {
  patch(world, user.id, members)
  world.emit({ type: 'user.changed', userId: user.id, feature })
}

/** Basic cannot say in which encoding a password is, so it may also come percent-encoded (Nextcloud 34.0.1, asked). */
export function checkPassword(user: User, password: string): boolean {
  const given = password.replaceAll('\0', '')
  return user.password === given || user.password === urldecode(given)
}

/** Remember a login; once a minute is enough for the real server too. */
export function recordLogin(world: World, user: User): void {
  const now = world.clock.seconds()
  const lastLogin = now - user.lastLogin > 60 ? now : user.lastLogin
  const firstLogin = user.firstLogin !== 0 ? user.firstLogin : user.lastLogin === 0 ? now : -1
  if (lastLogin === user.lastLogin && firstLogin === user.firstLogin) return
  patch(world, user.id, { firstLogin, lastLogin })
  if (user.lastLogin === 0) world.emit({ type: 'user.first-login', userId: user.id })
}

export interface Page {
  readonly search?: string
  /** `null`: all. */
  readonly limit?: number | null
  readonly offset?: number
}

/**
 * Accounts whose id, given name or address contains a text, in the order of the real server's pages:
 * those without a name first, then by name, then by id.
 */
export function search(world: World, { search: text = '', limit = null, offset = 0 }: Page = {}): User[] {
  const table = world.table(usersTable)
  const order = table.index('name', nameOrder)
  const end = limit === null || limit < 0 ? undefined : offset + limit
  if (text === '') return order.keys(offset, end).map((key) => table.get(key)!)
  const found = order.keysContaining(lower(text), end)
  return found.slice(offset).map((key) => table.get(key)!)
}

/** A page as {@link search} finds it, sorted once more by what the accounts are called, in ASCII's order. */
export function searchByName(world: World, page: Page = {}): User[] {
  const name = (user: User) => lower(user.displayName)
  return search(world, page).sort((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0))
}

/** SQLite compares and lowers ASCII only (Nextcloud 34.0.1 on SQLite, asked). */
const lower = (text: string) => text.replace(/[A-Z]+/g, (run) => run.toLowerCase())

/** Between the parts of a text that is searched; nobody types it. */
const GAP = '\u0001'

/** Begins the entry of an account with a name, after all accounts without one. */
const NAMED = '\u0002'

/** Sorts by name and then by id, and can be searched for a name, an id or an address. */
function nameOrder({ id, named, displayName, email }: User): string {
  const name = named ? NAMED + lower(displayName) : ''
  return `${name}${GAP}${lower(id)}${GAP}${email === null ? '' : lower(email)}`
}

const matches = (user: User, wanted: string) =>
  lower(user.id).includes(wanted) ||
  (user.named && lower(user.displayName).includes(wanted)) ||
  (user.email !== null && lower(user.email).includes(wanted))

/** Members of a group whose id, name or address contains a text, by id. */
export function members(
  world: World,
  groupId: string,
  { search: text = '', limit = null, offset = 0 }: Page = {},
): User[] {
  const table = world.table(usersTable)
  const account = (userId: string) => table.get(keyOf(userId))!
  if (text === '') return groups.members(world, groupId, { limit, offset }).map(account)
  const end = limit === null || limit < 0 ? undefined : offset + limit
  const wanted = lower(text)
  const found: User[] = []
  for (const userId of groups.members(world, groupId)) {
    const user = account(userId)
    if (matches({ ...user, named: true }, wanted)) found.push(user)
    if (found.length === end) break
  }
  return found.slice(offset, end)
}

/** Sorted by id, in any case. */
export function byId(list: readonly User[]): User[] {
  return list
    .map((user) => ({ user, key: keyOf(user.id) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ user }) => user)
}

/** Accounts that may not log in, in the order in which they were disabled for the first time. */
export function disabled(world: World): User[] {
  const table = world.table(usersTable)
  return table
    .index('disabled', (user) => (user.enabled ? undefined : ''))
    .keysOf('')
    .map((key) => table.get(key)!)
    .sort((a, b) => a.disabledOrder - b.disabledOrder)
}

/** Accounts that have logged in, the latest login first, then by id. A search looks at all that `search` looks at. */
export function recent(world: World, { search: text = '', limit = null, offset = 0 }: Page = {}): User[] {
  const table = world.table(usersTable)
  const order = table.index('lastLogin', loginOrder)
  const end = limit === null || limit < 0 ? undefined : offset + limit
  if (text === '') return order.keys(offset, end).map((key) => table.get(key)!)
  const wanted = lower(text)
  const found: User[] = []
  for (const key of order.keys()) {
    const user = table.get(key)!
    if (matches(user, wanted)) found.push(user)
    if (found.length === end) break
  }
  return found.slice(offset, end)
}

const loginOrder = (user: User) =>
  user.lastLogin > 0 ? String(99_999_999_999 - user.lastLogin).padStart(11, '0') : undefined

/** How many members of a group may not log in. */
export function countDisabledMembers(world: World, groupId: string): number {
  return disabled(world).filter((user) => groups.isMember(world, groupId, user.id)).length
}

export function count(world: World): number {
  return world.table(usersTable).size
}
