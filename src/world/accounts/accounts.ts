import { InternalError } from '#lib/errors.ts'
import { byRelease } from '#lib/releases.ts'
import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import { defineReactions } from '../reactions.ts'
import * as config from '../settings/config.ts'
import type { World } from '../world.ts'
import { forget as forgetKnown } from './known-users.ts'
import type { User } from './users.ts'
import * as users from './users.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'account.changed': { readonly userId: string }
  }
}

/** Who may see a field: only on this server and with a relation, on this server, on trusted servers, everyone. */
export type Scope = 'v2-private' | 'v2-local' | 'v2-federated' | 'v2-published'

export interface Property {
  readonly value: string
  readonly scope: Scope
}

/** An additional address; only a verified one can be where notifications go. */
export interface Mail extends Property {
  readonly verified: boolean
}

/** What people tell about themselves. Fields that are missing have their defaults. */
export interface Account {
  readonly properties: Readonly<Record<string, Property>>
  readonly mails: readonly Mail[]
  /** Grows with every change of any account: who is found by a number that two have. */
  readonly order: number
}

const propertyShape = {
  value: s.string(),
  scope: s.literal('v2-private', 'v2-local', 'v2-federated', 'v2-published'),
}

/** Accounts by lower-case user id. */
export const accountsTable = defineTable<Account>('accounts', {
  record: s.object({
    properties: s.record(s.object(propertyShape)),
    mails: s.list(s.object({ ...propertyShape, verified: s.bool() })),
    order: s.int(),
  }),
})

/** Fields with the scope they start with, in the order in which the server names them. */
const DEFAULT_SCOPES: Readonly<Record<string, Scope>> = {
  address: 'v2-local',
  avatar: 'v2-federated',
  biography: 'v2-local',
  birthdate: 'v2-local',
  displayname: 'v2-federated',
  email: 'v2-federated',
  fediverse: 'v2-local',
  headline: 'v2-local',
  organisation: 'v2-local',
  phone: 'v2-local',
  profile_enabled: 'v2-local',
  pronouns: 'v2-federated',
  role: 'v2-local',
  twitter: 'v2-local',
  bluesky: 'v2-local',
  website: 'v2-local',
}

/** All fields but the additional addresses. */
export const FIELDS: readonly string[] = Object.keys(DEFAULT_SCOPES)
const SCOPES: readonly Scope[] = ['v2-private', 'v2-local', 'v2-federated', 'v2-published']
/** Names that scopes had before Nextcloud 21. */
const OLD_SCOPES: Readonly<Record<string, Scope>> = {
  '': 'v2-local',
  private: 'v2-local',
  contacts: 'v2-federated',
  public: 'v2-published',
}
/** Fields that cannot be hidden from this server. */
const NEVER_PRIVATE: readonly string[] = ['displayname', 'email']
const MAX_BYTES = 2048

/**
 * Reads a telephone number: its international form, `+49711252428`, or `null` where it is none.
 * @param region where a number without a country code is; empty: nowhere
 */
export type ReadPhone = (given: string, region: string) => string | null

const keyOf = (user: User) => user.id.toLowerCase()

export function mails(world: World, user: User): readonly Mail[] {
  return world.table(accountsTable).get(keyOf(user))?.mails ?? []
}

/** A field's value and scope. Name and address are the account's own, whatever was stored here. */
export function property(world: World, user: User, field: string): Property {
  const stored = world.table(accountsTable).get(keyOf(user))?.properties[field]
  const scope = stored?.scope ?? defaultScope(world, field)
  if (field === 'displayname') return { value: user.displayName, scope }
  if (field === 'email') return { value: user.email ?? '', scope }
  return { value: stored?.value ?? (field === 'profile_enabled' ? '1' : ''), scope }
}

function defaultScope(world: World, field: string): Scope {
  const fallback = DEFAULT_SCOPES[field]!
  if (field === 'profile_enabled') return fallback
  const configured = config.getSystem<Record<string, Scope>>(world, 'account_manager.default_property_scope', {})[field]
  if (configured === undefined || !SCOPES.includes(configured)) return fallback
  return configured === 'v2-private' && NEVER_PRIVATE.includes(field) ? 'v2-local' : configured
}

/**
 * Set a field that is kept here, other than the telephone number. The answer is `invalid` where the value cannot be
 * one; some are brought into a form first (`@name` loses its at sign).
 */
export function setValue(world: World, user: User, field: string, given: string): 'invalid' | 'set' {
  if (field === 'phone') throw new InternalError('Telephone numbers are set by setPhone(), with what reads them.')
  return setText(world, user, field, given, FORMS[field] ?? ((text) => text))
}

/** Set the telephone number. */
export function setPhone(world: World, user: User, given: string, read: ReadPhone): 'invalid' | 'set' {
  const region = config.getSystem(world, 'default_phone_region', '')
  const isLocal = region === '' && !given.startsWith('+')
  forgetKnown(world, user.id)
  return setText(world, user, 'phone', given, (text) => (isLocal ? null : read(text, region)))
}

/** Fields that are kept as they were given, whatever they look like. */
const KEEPS_FORM = byRelease<(field: string) => boolean>((field) => field !== 'phone' && field !== 'website', {
  32: () => false,
})

/** Whether a value that cannot be one is refused, or the field emptied. */
const REFUSES = byRelease(false, { 32: true })

function setText(
  world: World,
  user: User,
  field: string,
  given: string,
  inForm: (given: string) => string | null,
): 'invalid' | 'set' {
  const old = property(world, user, field)
  if (old.value === given) return 'set'
  if (byteLength(given) > MAX_BYTES) return 'invalid'
  const value = given === '' || KEEPS_FORM.at(world.release)(field) ? given : inForm(given)
  if (value === null && REFUSES.at(world.release)) return 'invalid'
  store(world, user, field, { ...old, value: value ?? '' })
  return 'set'
}

/** Set who may see a field; scopes of old Nextcloud versions are understood. */
export function setScope(world: World, user: User, field: string, given: string): 'unknown' | 'never-private' | 'set' {
  const scope = toScope(given)
  if (scope === null) return 'unknown'
  if (scope === 'v2-private' && NEVER_PRIVATE.includes(field)) return 'never-private'
  store(world, user, field, { ...property(world, user, field), scope })
  return 'set'
}

function toScope(given: string): Scope | null {
  return OLD_SCOPES[given] ?? SCOPES.find((scope) => scope === given) ?? null
}

function store(world: World, user: User, field: string, value: Property): void {
  const account = read(world, user)
  write(world, user, { ...account, properties: { ...account.properties, [field]: value } })
}

/** Add an address. Whether it is one, and a new one, is the caller's business. */
export function addMail(world: World, user: User, value: string, verified = false): void {
  const account = read(world, user)
  write(world, user, { ...account, mails: [...account.mails, { value, scope: 'v2-local', verified }] })
}

export function removeMail(world: World, user: User, value: string): void {
  const account = read(world, user)
  write(world, user, { ...account, mails: account.mails.filter((mail) => mail.value !== value) })
}

/** Set who may see an additional address. */
export function setMailScope(world: World, user: User, value: string, given: string): 'invalid' | 'not-found' | 'set' {
  const account = read(world, user)
  const at = account.mails.findIndex((mail) => mail.value === value)
  if (at < 0) return 'not-found'
  const scope = toScope(given)
  if (scope === null) return 'invalid'
  write(world, user, { ...account, mails: account.mails.with(at, { ...account.mails[at]!, scope }) })
  return 'set'
}

/** Where notifications go: an additional address that is verified, or with an empty text the account's own. */
export function setPrimaryEmail(world: World, user: User, given: string): 'not-verified' | 'set' {
  const email = given.trim().toLowerCase()
  if (email !== '' && !mails(world, user).some((mail) => mail.value === email && mail.verified)) return 'not-verified'
  users.patch(world, user.id, { primaryEmail: email === '' ? null : email })
  return 'set'
}

const NOBODY = { key: '', order: 0 }

/** Accounts with one of these telephone numbers (in international form), by number: of several, the one that changed last. */
export function findByPhone(world: World, numbers: readonly string[]): Map<string, string> {
  const table = world.table(accountsTable)
  const index = table.index('phone', (account) => account.properties.phone?.value || undefined)
  const found = new Map<string, string>()
  for (const number of numbers) {
    const owner = index
      .keysOf(number)
      .map((key) => ({ key, order: table.get(key)!.order }))
      .reduce((last, next) => (next.order > last.order ? next : last), NOBODY)
    if (owner !== NOBODY) found.set(number, users.find(world, owner.key)!.id)
  }
  return found
}

/** What an account told about itself goes with it. */
export const accountReactions = defineReactions(
  {
    'user.deleted': (world, { userId }) => {
      world.table(accountsTable).delete(userId.toLowerCase())
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)

/**
 * Whether others see an account's profile is settled when the account is made; the setting for new ones changes nothing
 * for those that are there (34.0.1, asked).
 */
export const newProfileReactions = defineReactions(
  {
    'user.created': (world, { userId }) => {
      const enabled = config.getApp(world, 'settings', 'profile_enabled_by_default', '1').trim().toLowerCase()
      if (['1', 'true', 'on', 'yes'].includes(enabled)) return
      const properties = { profile_enabled: { value: '0', scope: DEFAULT_SCOPES.profile_enabled! } }
      world.table(accountsTable).set(userId.toLowerCase(), { ...EMPTY, properties })
    },
  },
  { evenIfDisabled: true },
)

const EMPTY: Account = { properties: {}, mails: [], order: 0 }

const read = (world: World, user: User) => world.table(accountsTable).get(keyOf(user)) ?? EMPTY

function write(world: World, user: User, account: Account): void {
  world.table(accountsTable).set(keyOf(user), { ...account, order: world.nextId('account') })
  world.emit({ type: 'account.changed', userId: user.id })
}

/** How a field's text is judged and brought into its form; `null`: it is none. */
const FORMS: Readonly<Record<string, (given: string) => string | null>> = {
  website: (given) => (/^https?:\/\/[^/?#]/.test(given) ? given : null),
  twitter: (given) => /^@?([a-zA-Z0-9_]{2,15})$/.exec(given)?.[1] ?? null,
  bluesky: (given) => (isBlueskyHandle(given) ? given : null),
  fediverse(given) {
    const parts = /^@?([^@\s/\\]+)@([^\s/\\]+)$/.exec(given.trim())
    return parts && isHostName(parts[2]!) ? `${parts[1]}@${parts[2]}` : null
  },
}

function isBlueskyHandle(handle: string): boolean {
  const lower = handle.toLowerCase()
  if (lower === 'bsky.social') return false
  if (lower.endsWith('.bsky.social')) return /^[a-z0-9][a-z0-9-]{2,17}\.bsky\.social$/.test(lower)
  return isHostName(handle)
}

/** What PHP's FILTER_VALIDATE_DOMAIN takes for a host name. */
function isHostName(text: string): boolean {
  const name = text.replace(/\.$/, '')
  if (name === '' || name.length > 253) return false
  return name.split('.').every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(label))
}

const byteLength = (text: string) => new TextEncoder().encode(text).length
