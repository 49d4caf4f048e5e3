import { type RequestInfo, s } from '#app/index.ts'
import { type PhpValue, phpArray } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import type { Schema } from '#lib/schema.ts'
import type { Profile } from '#profiles/profile.ts'
import * as accounts from '#world/accounts/accounts.ts'
import * as groups from '#world/accounts/groups.ts'
import { languageOf } from '#world/accounts/languages.ts'
import * as users from '#world/accounts/users.ts'
import { home } from '#world/files/homes.ts'
import { quotaBytes, storageOf, UNLIMITED } from '#world/files/quota.ts'
import { getSystem } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

/** What the details of accounts are made from: the arguments of a handler will do. */
export interface UserDataContext {
  readonly world: World
  readonly profile: Profile
  readonly request: RequestInfo
  /** The parameters as they came. */
  readonly raw: Readonly<Record<string, unknown>>
  /** Who asks. */
  readonly me: string
}

/** Fields between the names and the groups. */
const PROFILE_FIELDS = [
  'phone',
  'address',
  'website',
  'twitter',
  'bluesky',
  'fediverse',
  'organisation',
  'role',
  'headline',
  'biography',
  'profile_enabled',
  'pronouns',
]

/** Fields that came later, and the release. */
const SINCE: Readonly<Record<string, number>> = { bluesky: 32, pronouns: 32 }

const inRelease = <S extends Schema>(field: string, schema: S): S =>
  Object.hasOwn(SINCE, field) ? s.since(SINCE[field]!, schema) : schema

const text = s.string()
const scope = s.optional(s.literal('v2-private', 'v2-local', 'v2-federated', 'v2-published'))

export const quotaSchema = s.object({
  free: s.optional(s.number()),
  used: s.number(),
  total: s.optional(s.number()),
  relative: s.optional(s.number()),
  quota: s.union(s.number(), s.string()),
})

/** An account as its owner, an administrator or a sub-administrator sees it. */
export const userSchema = s.object({
  enabled: s.optional(s.bool()),
  storageLocation: s.optional(text),
  id: text,
  firstLoginTimestamp: s.since(32, s.int()),
  lastLoginTimestamp: s.since(32, s.int()),
  lastLogin: s.int(),
  backend: text,
  subadmin: s.list(text),
  quota: quotaSchema,
  manager: text,
  avatarScope: scope,
  email: s.nullable(text),
  emailScope: scope,
  additional_mail: s.list(text),
  additional_mailScope: s.optional(s.list(text)),
  displayname: text,
  'display-name': text,
  displaynameScope: scope,
  ...Object.fromEntries(
    PROFILE_FIELDS.flatMap((field) => [
      [field, inRelease(field, text)] as const,
      [`${field}Scope`, inRelease(field, scope)] as const,
    ]),
  ),
  groups: s.list(text),
  language: text,
  locale: text,
  timezone: s.since(32, text),
  notify_email: s.nullable(text),
  backendCapabilities: s.object({ setDisplayName: s.bool(), setPassword: s.bool() }),
})

/** Accounts by id; of those that the caller may not see, the id only. */
export const userListSchema = s.object({
  users: s.record(s.union(userSchema, s.object({ id: text }))),
})

/** Whether the caller may see and change an account that is not their own. */
export function administers({ world, me }: Pick<UserDataContext, 'world' | 'me'>, userId: string): boolean {
  return groups.isAdmin(world, me) || groups.isAccessibleTo(world, me, userId)
}

/** The details of an account, or `null` where the caller may not see them. */
export function userData(
  context: UserDataContext,
  user: users.User,
  withScopes = false,
): Record<string, PhpValue> | null {
  const { world, me } = context
  const isAdmin = groups.isAdmin(world, me)
  if (!administers(context, user.id)) return null
  const scopes = (fields: Record<string, PhpValue>) => (withScopes ? fields : {})
  const mails = accounts.mails(world, user)
  return {
    ...(isAdmin || OWN_STATE.at(world.release) || user.id !== me ? { enabled: user.enabled } : {}),
    ...(isAdmin ? { storageLocation: `${getSystem(world, 'datadirectory', '/var/www/html/data')}/${user.id}` } : {}),
    id: user.id,
    firstLoginTimestamp: user.firstLogin,
    lastLoginTimestamp: user.lastLogin,
    lastLogin: user.lastLogin * 1000,
    backend: 'Database',
    subadmin: groups.subAdminGroupsOf(world, user.id),
    quota: quotaOf(world, user),
    manager: visibleManager(context, user),
    ...scopes({ avatarScope: accounts.property(world, user, 'avatar').scope }),
    email: user.email,
    ...scopes({ emailScope: accounts.property(world, user, 'email').scope }),
    additional_mail: mails.map((mail) => mail.value.trim().toLowerCase()),
    ...scopes({ additional_mailScope: mails.map((mail) => mail.scope) }),
    displayname: user.displayName,
    'display-name': user.displayName,
    ...scopes({ displaynameScope: accounts.property(world, user, 'displayname').scope }),
    ...profileFields(context, user, withScopes),
    groups: groups.groupsOf(world, user.id),
    language: language(context, user),
    locale: user.locale,
    timezone: user.timezone,
    notify_email: user.primaryEmail,
    backendCapabilities: { setDisplayName: true, setPassword: true },
  }
}

/** Whether those who are no administrators are told that they are enabled. */
const OWN_STATE = byRelease(false, { 32: true })

/** Whether the storage of somebody who never logged in is looked at. */
const LOOKS_INTO_NEW_HOMES = byRelease(false, { 32: true })

function quotaOf(world: World, user: users.User): Record<string, PhpValue> {
  if (LOOKS_INTO_NEW_HOMES.at(world.release) || home(world, user.id)) return { ...storageOf(world, user) }
  const bytes = quotaBytes(world, user.id)
  return { quota: bytes === UNLIMITED ? 'none' : bytes, used: 0 }
}

function profileFields({ world }: UserDataContext, user: users.User, withScopes: boolean): Record<string, PhpValue> {
  const fields: Record<string, PhpValue> = {}
  for (const field of PROFILE_FIELDS) {
    const { value, scope } = accounts.property(world, user, field)
    fields[field] = value
    if (withScopes) fields[`${field}Scope`] = scope
  }
  return fields
}

function language({ world, raw }: UserDataContext, user: users.User): string {
  const requested = raw.forceLanguage
  return languageOf(
    world,
    user,
    typeof requested === 'string' ? requested.replace(/[^a-zA-Z0-9.;,=_-]/g, '') : undefined,
  )
}

/** The first manager that the caller may know of; only administrators learn of managers that do not exist. */
function visibleManager({ world, me }: UserDataContext, user: users.User): string {
  if (groups.isAdmin(world, me)) return user.managers[0] ?? ''
  if (!groups.isSubAdmin(world, me)) return ''
  return (
    user.managers.find((id) => {
      const manager = users.find(world, id)
      return manager && groups.isAccessibleTo(world, me, manager.id)
    }) ?? ''
  )
}

/** The details of several accounts by id, in their order. */
export function usersData(context: UserDataContext, found: readonly users.User[]): PhpValue {
  return phpArray(found.map((user) => [user.id, userData(context, user) ?? { id: user.id }]))
}
