import { s } from '#lib/schema.ts'
import * as accounts from '#world/accounts/accounts.ts'
import * as groups from '#world/accounts/groups.ts'
import type { User } from '#world/accounts/users.ts'
import { defineTable } from '#world/define-table.ts'
import { defineReactions } from '#world/reactions.ts'
import { getSystemBool } from '#world/settings/config.ts'
import { enumeration } from '#world/sharing/settings.ts'
import type { World } from '#world/world.ts'

/** Who sees what on an account's page, by field; as it was set, whether it means something or not. */
export const visibilityTable = defineTable<Readonly<Record<string, string>>>('profileVisibility', {
  record: s.record(s.string()),
})

const USERS_ONLY = 'show_users_only'
const EVERYONE = 'show'

/** What fields start with; those of links that are not listed are for accounts only. */
const DEFAULTS: Readonly<Record<string, string>> = {
  address: USERS_ONLY,
  avatar: EVERYONE,
  biography: EVERYONE,
  displayname: EVERYONE,
  headline: EVERYONE,
  organisation: EVERYONE,
  role: EVERYONE,
  email: USERS_ONLY,
  phone: USERS_ONLY,
  twitter: EVERYONE,
  bluesky: EVERYONE,
  website: EVERYONE,
  pronouns: EVERYONE,
}

const keyOf = (user: User) => user.id.toLowerCase()
/** A field as it is, whoever may see it. */
export const textOf = (world: World, user: User, field: string) => accounts.property(world, user, field).value

/** Something on an account's page that can be clicked. */
export interface ProfileLink {
  readonly id: 'email' | 'phone' | 'website' | 'twitter' | 'fediverse' | 'bluesky'
  /** As it is shown. */
  readonly shown: string
  readonly target: string
}

/** What one can click, in the order in which it is listed; fields without a value have nothing. */
export function links(world: World, user: User): ProfileLink[] {
  const field = (name: string) => textOf(world, user, name)
  const twitter = withoutAt(field('twitter'))
  const all: readonly (ProfileLink | null)[] = [
    { id: 'email', shown: field('email'), target: `mailto:${field('email')}` },
    { id: 'phone', shown: field('phone'), target: `tel:${field('phone')}` },
    { id: 'website', shown: field('website'), target: field('website') },
    { id: 'twitter', shown: `@${twitter}`, target: `https://twitter.com/${twitter}` },
    fediverse(withoutAt(field('fediverse'))),
    { id: 'bluesky', shown: field('bluesky'), target: `https://bsky.app/profile/${field('bluesky')}` },
  ]
  return all.filter((link): link is ProfileLink => link !== null && !['', '0'].includes(field(link.id)))
}

const withoutAt = (handle: string) => handle.replace(/^@/, '')

function fediverse(handle: string): ProfileLink | null {
  const [, name, instance] = /^([^@/]+)@([^/]+)$/.exec(handle) ?? []
  return name && instance ? { id: 'fediverse', shown: `@${handle}`, target: `https://${instance}/@${name}` } : null
}

/** Every field whose visibility can be set: those that all accounts have, and links that this one has or had. */
function visibilities(world: World, user: User): Record<string, string> {
  const ofLinks = Object.fromEntries(links(world, user).map(({ id }) => [id, USERS_ONLY]))
  return { ...ofLinks, ...DEFAULTS, ...world.table(visibilityTable).get(keyOf(user)) }
}

/** Set who sees a field; any word will do, unknown ones hide it. */
export function setVisibility(world: World, user: User, field: string, visibility: string): 'unknown' | 'set' {
  const known = visibilities(world, user)
  if (!Object.hasOwn(known, field)) return 'unknown'
  world.table(visibilityTable).set(keyOf(user), { ...known, [field]: visibility })
  return 'set'
}

/** Whether an account, or with `null` everyone, sees a field. Private ones are for oneself. */
export function isVisible(world: World, user: User, field: string, visitor: string | null): boolean {
  const visibility = visibilities(world, user)[field]
  if (visibility !== EVERYONE && !(visibility === USERS_ONLY && visitor !== null)) return false
  if (!accounts.FIELDS.includes(field) || user.id === visitor) return true
  return accounts.property(world, user, field).scope !== 'v2-private'
}

/** A field's text, or `null` where it is empty or not for the visitor. */
export function shownValue(world: World, user: User, field: string, visitor: string | null): string | null {
  const text = textOf(world, user, field)
  return isVisible(world, user, field, visitor) && text !== '' && text !== '0' ? text : null
}

/** Whether an account has a page: it says so, and the administrator allows pages. */
export function isEnabled(world: World, user?: User): boolean {
  if (!getSystemBool(world, 'profile.enabled', true)) return false
  return user === undefined || ['1', 'true', 'on', 'yes'].includes(textOf(world, user, 'profile_enabled').toLowerCase())
}

/** Whether someone may learn that an account exists: whoever may find it by its full name may. */
export function mayKnow(world: World, visitor: string, user: User): boolean {
  const rules = enumeration(world)
  if (rules.fullMatch || (rules.allowed && !rules.ownGroups && !rules.phoneBook)) return true
  if (!rules.ownGroups) return false
  const mine = groups.groupsOf(world, visitor)
  return groups.groupsOf(world, user.id).some((id) => mine.includes(id))
}

/** An account that is removed takes its choices along. */
export const accountProfileReactions = defineReactions(
  {
    'user.deleted': (world, { userId }) => {
      world.table(visibilityTable).delete(userId.toLowerCase())
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)
