import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import { defineReactions } from '../reactions.ts'
import { isEnabledFor } from '../settings/apps.ts'
import { getSystemList, getSystemString, setSystem } from '../settings/config.ts'
import type { World } from '../world.ts'
import type { User } from './users.ts'

/** Second factors of an account, on or off, in the order in which they came up. */
export const secondFactorsTable = defineTable<Readonly<Record<string, boolean>>>('secondFactors', {
  record: s.record(s.bool()),
})

interface Provider {
  readonly id: string
  readonly app: string
  /** Whether an administrator can switch it on for somebody. All can be switched off. */
  readonly byAdmin: boolean
}

const BACKUP_CODES = 'backup_codes'

const PROVIDERS: readonly Provider[] = [
  { id: 'twofactor_nextcloud_notification', app: 'twofactor_nextcloud_notification', byAdmin: true },
  { id: 'totp', app: 'twofactor_totp', byAdmin: false },
  { id: BACKUP_CODES, app: 'twofactor_backupcodes', byAdmin: false },
]

const keyOf = (user: User) => user.id.toLowerCase()
const available = (world: World, user: User) => PROVIDERS.filter(({ app }) => isEnabledFor(world, app, user.id))

/** What is known about an account: what was switched, and, from its first login on, everything that there is. */
export function states(world: World, user: User): Record<string, boolean> {
  const stored = world.table(secondFactorsTable).get(keyOf(user))
  if (user.lastLogin === 0) return { ...stored }
  const missing = available(world, user).filter(({ id }) => stored?.[id] === undefined)
  return { ...stored, ...Object.fromEntries(missing.map(({ id }) => [id, false])) }
}

/** Switch a second factor. What an administrator cannot switch stays as it is. */
export function toggle(world: World, user: User, id: string, on: boolean): 'unknown' | 'refused' | 'done' {
  const provider = available(world, user).find((one) => one.id === id)
  if (!provider) return 'unknown'
  if (on && !provider.byAdmin) return 'refused'
  world.table(secondFactorsTable).set(keyOf(user), { ...states(world, user), [id]: on })
  return 'done'
}

/** Switch a second factor on, as its owner does. @returns whether there is one of this id */
export function switchOn(world: World, user: User, id: string): boolean {
  if (!available(world, user).some((one) => one.id === id)) return false
  world.table(secondFactorsTable).set(keyOf(user), { ...states(world, user), [id]: true })
  return true
}

/** Whether a password alone does not let an account in. Backup codes alone do not count. */
export function isRequired(world: World, user: User): boolean {
  const stored = world.table(secondFactorsTable).get(keyOf(user))
  return stored !== undefined && available(world, user).some(({ id }) => id !== BACKUP_CODES && stored[id] === true)
}

/** Keep what there is besides the second factors that were switched: the real server does so for who needs one to log in. */
export function keepStates(world: World, user: User): void {
  const stored = world.table(secondFactorsTable).get(keyOf(user))
  const missing = available(world, user).filter(({ id }) => stored?.[id] === undefined)
  if (missing.length === 0) return
  const added = Object.fromEntries(missing.map(({ id }) => [id, false]))
  world.table(secondFactorsTable).set(keyOf(user), { ...stored, ...added })
}

/** Forget who has a second factor, as when its app is gone. */
export function forget(world: World, id: string): void {
  const table = world.table(secondFactorsTable)
  for (const [key, stored] of [...table.entries()])
    if (id in stored) table.set(key, Object.fromEntries(Object.entries(stored).filter(([other]) => other !== id)))
}

/** Who has to have a second factor. */
export interface Enforcement {
  readonly isOn: boolean
  /** Only their members; empty: everybody. */
  readonly groups: readonly string[]
  /** Members of these need none. */
  readonly except: readonly string[]
}

export const enforcement = (world: World): Enforcement => ({
  isOn: getSystemString(world, 'twofactor_enforced', 'false') === 'true',
  groups: getSystemList(world, 'twofactor_enforced_groups', []),
  except: getSystemList(world, 'twofactor_enforced_excluded_groups', []),
})

export function enforce(world: World, { isOn, groups, except }: Enforcement): void {
  setSystem(world, 'twofactor_enforced', String(isOn))
  setSystem(world, 'twofactor_enforced_groups', [...groups])
  setSystem(world, 'twofactor_enforced_excluded_groups', [...except])
}

/** An account that is removed takes its second factors along. */
export const twoFactorReactions = defineReactions(
  {
    'user.deleted': (world, { userId }) => {
      world.table(secondFactorsTable).delete(userId.toLowerCase())
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)
