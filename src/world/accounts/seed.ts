import { inPlace, SeedError } from '#lib/errors.ts'
import { type Infer, s } from '#lib/schema.ts'
import { readQuota } from '../files/quota.ts'
import * as config from '../settings/config.ts'
import type { World } from '../world.ts'
import * as accounts from './accounts.ts'
import { isEmail } from './email.ts'
import * as groups from './groups.ts'
import { readWrittenPhone } from './phone-reader.ts'
import * as tokens from './tokens.ts'
import * as secondFactors from './two-factor.ts'
import * as users from './users.ts'

const text = (description: string) => s.optional(s.described(description, s.string()))
const texts = (description: string) => s.optional(s.described(description, s.list(s.string())))
const scope = () => s.literal('v2-private', 'v2-local', 'v2-federated', 'v2-published')

/** Fields that a seed names as the API does. */
const FIELDS = [
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
  'birthdate',
  'pronouns',
] as const

/** One account. Everything but the id is optional; an account that exists already is changed. */
export const userSeedSchema = s.object({
  id: s.described('what it is called', s.string()),
  password: text('what it logs in with; default: its id'),
  displayName: text('its name; default: its id'),
  email: s.optional(s.described('its first address', s.nullable(s.string()))),
  additionalMails: s.optional(
    s.described(
      'more addresses of it',
      s.list(
        s.union(
          s.string(),
          s.object({
            address: s.described('the address', s.string()),
            verified: s.optional(s.described('whether it is known to be its own', s.bool())),
            scope: s.optional(s.described('who may see it', scope())),
          }),
        ),
      ),
    ),
  ),
  notifyEmail: text('the one of the additional addresses that mails go to; it has to be verified'),
  quota: text('how much it may keep: `none`, `default`, `5 GB`'),
  language: text('such as `de`'),
  locale: text('such as `de_DE`'),
  timezone: text('such as `Europe/Berlin`'),
  firstDayOfWeek: s.optional(s.described('0: Sunday', s.literal(0, 1, 2, 3, 4, 5, 6))),
  manager: text('the account of its manager'),
  enabled: s.optional(s.described('whether it may log in; default: true', s.bool())),
  groups: texts('groups it is in; one that does not exist is made'),
  subAdminOf: texts('groups it administers; one that does not exist is made'),
  firstLogin: s.optional(s.described('seconds since 1970', s.int())),
  lastLogin: s.optional(s.described('seconds since 1970', s.int())),
  exampleEvent: text('the event that its calendar has from its first login; default: made up'),
  exampleContact: text('the contact that its address book has from its first login; default: made up'),
  phone: text('with the country, such as +49 30 1234'),
  address: text('where it lives'),
  website: text('an address of the web'),
  twitter: text('a name on X'),
  bluesky: text('a name on Bluesky'),
  fediverse: text('a name in the fediverse'),
  organisation: text('where it works'),
  role: text('as what it works there'),
  headline: text('a line about itself'),
  biography: text('more about itself'),
  birthdate: text('such as 1990-12-31'),
  pronouns: text('such as they/them'),
  profileEnabled: s.optional(s.described('whether others see its profile', s.bool())),
  scopes: s.optional(s.described('who may see which field: `{ phone: v2-private }`', s.record(scope()))),
  appPasswords: s.optional(
    s.described(
      'what clients log in with; a token is 22 characters at least, as the server takes no shorter one for it',
      s.list(
        s.object({
          name: s.described('what it is called', s.string()),
          token: text('the app password itself; default: made up'),
        }),
      ),
    ),
  ),
  preferences: s.optional(s.described('app, key, value', s.record(s.record(s.string())))),
  twoFactor: s.optional(
    s.described(
      'second factors that are on: `totp`, `twofactor_nextcloud_notification`, `backup_codes`',
      s.list(s.string()),
    ),
  ),
})

export type UserSeed = Readonly<Infer<typeof userSeedSchema>>

/** An account: its id, or more. */
export const accountSeedSchema = s.union(s.string(), userSeedSchema)

/** A group: its id, or more. A group that exists already is changed. */
export const groupSeedSchema = s.union(
  s.string(),
  s.object({
    id: s.described('what it is called', s.string()),
    displayName: text('its name; default: its id'),
    members: texts('accounts that are in it'),
    subAdmins: texts('accounts that administer it'),
  }),
)

export type GroupSeed = string | Readonly<Exclude<Infer<typeof groupSeedSchema>, string>>

export function seedUsers(world: World, list: readonly (string | UserSeed)[]): void {
  const seen = new Set<string>()
  list.forEach((account, i) => {
    inPlace(i, () => {
      const seed = typeof account === 'string' ? { id: account } : account
      const key = seed.id.toLowerCase()
      if (seen.has(key)) throw new SeedError(['id'], `there is another "${seed.id}" in this list.`)
      seen.add(key)
      seedUser(world, seed)
    })
  })
}

export function seedGroups(world: World, list: readonly GroupSeed[]): void {
  list.forEach((group, i) => {
    inPlace(i, () => seedGroup(world, typeof group === 'string' ? { id: group } : group))
  })
}

function seedGroup(world: World, seed: Exclude<GroupSeed, string>): void {
  inPlace('id', () => needGroup(world, seed.id))
  if (seed.displayName !== undefined && groups.setDisplayName(world, seed.id, seed.displayName) === 'empty') {
    throw new SeedError(['displayName'], 'a name cannot be empty.')
  }
  seed.members?.forEach((userId, i) => {
    inPlace('members', () => inPlace(i, () => groups.addMember(world, seed.id, needUser(world, userId).id)))
  })
  seed.subAdmins?.forEach((userId, i) => {
    inPlace('subAdmins', () => inPlace(i, () => appoint(world, seed.id, needUser(world, userId).id)))
  })
}

function appoint(world: World, groupId: string, userId: string): void {
  if (groupId === groups.ADMIN) throw new SeedError([], 'the group "admin" has no sub-administrators.')
  groups.addSubAdmin(world, groupId, userId)
}

function needGroup(world: World, groupId: string): void {
  if (groupId === '') throw new SeedError([], 'an id cannot be empty.')
  if ([...groupId].length > 64) throw new SeedError([], 'an id has 64 characters at most.')
  groups.add(world, groupId)
}

/**
 * The account that a member of a seed is about.
 * @param member what names it
 * @throws SeedError that says where to name it
 */
export function seededAccount(world: World, userId: string, member = 'user'): users.User {
  const user = users.find(world, userId)
  if (!user) throw new SeedError([member], `there is no account "${userId}". Name it under "users" of the same seed.`)
  return user
}

function needUser(world: World, userId: string): users.User {
  const user = users.find(world, userId)
  if (!user) throw new SeedError([], `there is no account "${userId}". Seed it under "users".`)
  return user
}

const ID_PROBLEMS: Readonly<Record<users.IdProblem, string>> = {
  'bad-characters': "it may have a-z, A-Z, 0-9, blanks and _.@-' only.",
  empty: 'it cannot be empty.',
  'white-space': 'it cannot start or end with white space.',
  dots: 'it cannot be dots only.',
  'too-long': 'it has 64 characters at most.',
  'no-folder': 'it has 255 characters at most.',
  'taken-by-files': 'the data directory uses this name itself.',
}

function seedUser(world: World, seed: UserSeed): void {
  const found = users.find(world, seed.id)
  // An address finds its account as well, and then there cannot be one with this id.
  const known = found?.id.toLowerCase() === seed.id.toLowerCase() ? found : undefined
  if (!known) {
    const made = users.add(world, { id: seed.id, password: seed.password ?? seed.id })
    if (typeof made === 'string') {
      throw new SeedError(['id'], made === 'exists' ? `it is the address of "${found!.id}".` : ID_PROBLEMS[made])
    }
  } else if (seed.password !== undefined) users.patch(world, known.id, { password: seed.password })
  const id = known?.id ?? seed.id
  const current = () => users.find(world, id)!
  seedIdentity(world, current, seed)
  seedPlace(world, id, seed)
  seedFields(world, current, seed)
  seedKeys(world, current(), seed)
  seed.groups?.forEach((groupId, i) => {
    inPlace('groups', () => inPlace(i, () => needGroup(world, groupId)))
    groups.addMember(world, groupId, id)
  })
  seed.subAdminOf?.forEach((groupId, i) => {
    inPlace('subAdminOf', () =>
      inPlace(i, () => {
        needGroup(world, groupId)
        appoint(world, groupId, id)
      }),
    )
  })
}

const LEAST_TOKEN = 22

/** How the account logs in besides its password, and what apps keep of it. */
function seedKeys(
  world: World,
  user: users.User,
  { appPasswords = [], preferences = {}, twoFactor = [] }: UserSeed,
): void {
  appPasswords.forEach(({ name, token }, i) => {
    if (token !== undefined && (token.length < LEAST_TOKEN || tokens.find(world, token)))
      throw new SeedError(['appPasswords', i, 'token'], 'a token has 22 characters at least, and nobody else has it.')
    const made = { userId: user.id, loginName: user.id, name, type: 'app-password' } as const
    tokens.create(world, token === undefined ? made : { ...made, token })
  })
  for (const [app, values] of Object.entries(preferences))
    for (const [key, value] of Object.entries(values)) config.setUser(world, user.id, app, key, value)
  twoFactor.forEach((id, i) => {
    if (secondFactors.switchOn(world, user, id)) return
    throw new SeedError(['twoFactor', i], `there is no second factor "${id}", or its app is not enabled.`)
  })
}

/** Names, addresses, quota, logins. */
function seedIdentity(world: World, current: () => users.User, seed: UserSeed): void {
  if (seed.displayName !== undefined && users.setDisplayName(world, current(), seed.displayName) === 'too-long') {
    throw new SeedError(['displayName'], 'a name has 64 characters at most.')
  }
  if (seed.email !== undefined) {
    if (seed.email) inPlace('email', () => needEmail(seed.email!))
    users.setEmail(world, current(), seed.email ?? '')
  }
  if (seed.quota !== undefined) {
    const read = readQuota(world, seed.quota)
    if (typeof read === 'string' || read.quota === '?') {
      throw new SeedError(['quota'], `"${seed.quota}" is no quota that can be set. Write "none", "default" or "5 GB".`)
    }
    users.setQuota(world, current(), read.quota)
  }
  if (seed.enabled !== undefined) users.setEnabled(world, current(), seed.enabled)
  if (seed.firstLogin !== undefined || seed.lastLogin !== undefined) {
    const lastLogin = seed.lastLogin ?? seed.firstLogin!
    const isFirst = current().lastLogin === 0 && lastLogin !== 0
    users.patch(world, current().id, { firstLogin: seed.firstLogin ?? lastLogin, lastLogin })
    const { exampleEvent, exampleContact } = seed
    if (isFirst) world.emit({ type: 'user.first-login', userId: current().id, exampleEvent, exampleContact })
  }
}

/** Where the account is: languages, time, superiors. */
function seedPlace(world: World, id: string, seed: UserSeed): void {
  const { language, locale, timezone, firstDayOfWeek, manager } = seed
  users.patch(world, id, {
    ...(language === undefined ? {} : { language }),
    ...(locale === undefined ? {} : { locale }),
    ...(timezone === undefined ? {} : { timezone }),
    ...(firstDayOfWeek === undefined ? {} : { firstDayOfWeek: String(firstDayOfWeek) }),
    ...(manager === undefined ? {} : { managers: manager === '' ? [] : [manager] }),
  })
}

/** What people tell about themselves. */
function seedFields(world: World, current: () => users.User, seed: UserSeed): void {
  for (const field of FIELDS) {
    const value = seed[field]
    if (value === undefined) continue
    if (field === 'phone') seedPhone(world, current(), value)
    else if (accounts.setValue(world, current(), field, value) === 'invalid') {
      throw new SeedError([field], `"${value}" is not what the server takes for this field.`)
    }
  }
  if (seed.profileEnabled !== undefined) {
    accounts.setValue(world, current(), 'profile_enabled', seed.profileEnabled ? '1' : '0')
  }
  seed.additionalMails?.forEach((mail, i) => {
    inPlace('additionalMails', () => inPlace(i, () => seedMail(world, current(), mail)))
  })
  if (seed.notifyEmail !== undefined && accounts.setPrimaryEmail(world, current(), seed.notifyEmail) !== 'set') {
    throw new SeedError(['notifyEmail'], `"${seed.notifyEmail}" is none of the verified additional mails.`)
  }
  for (const [field, scope] of Object.entries(seed.scopes ?? {})) {
    if (!accounts.FIELDS.includes(field)) {
      throw new SeedError(['scopes', field], `there is no such field. There are: ${accounts.FIELDS.join(', ')}.`)
    }
    if (accounts.setScope(world, current(), field, scope) !== 'set') {
      throw new SeedError(['scopes', field], `this field cannot be ${scope}.`)
    }
  }
}

/** A seed says what the server has, so no numbering plan judges it, and none has to be there before the first world. */
function seedPhone(world: World, user: users.User, value: string): void {
  if (accounts.setPhone(world, user, value, readWrittenPhone) === 'set') return
  throw new SeedError(['phone'], `"${value}" is no number in international form. Write it as "+49 711 252428".`)
}

function seedMail(world: World, user: users.User, mail: NonNullable<UserSeed['additionalMails']>[number]): void {
  const { address, verified = false, scope } = typeof mail === 'string' ? { address: mail } : mail
  needEmail(address)
  const value = address.toLowerCase()
  if (accounts.mails(world, user).some((known) => known.value === value)) return
  accounts.addMail(world, user, value, verified)
  if (scope !== undefined) accounts.setMailScope(world, user, value, scope)
}

function needEmail(email: string): void {
  if (!isEmail(email)) throw new SeedError([], `"${email}" is no address.`)
}
