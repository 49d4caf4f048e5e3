import { s } from '#app/index.ts'
import type { PhpArray } from '#lib/php.ts'
import type * as users from '#world/accounts/users.ts'
import * as quota from '#world/files/quota.ts'
import { getSystemString } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'

export const userSchema = s.object({
  enabled: s.optional(s.literal('true', 'false')),
  quota: s.object({
    free: s.int(),
    used: s.int(),
    total: s.int(),
    relative: s.number(),
    definition: s.string(),
  }),
  email: s.nullable(s.string()),
  displayname: s.string(),
  home: s.string(),
  two_factor_auth_enabled: s.literal('true', 'false'),
})

/** What the disk of the fake has left. */
const FREE_ON_DISK = 20 * 1024 ** 3

/** @param isManaged whether the caller manages the account: only then is it said whether it is enabled */
export function userData(world: World, user: users.User, isManaged: boolean): PhpArray {
  return {
    ...(isManaged ? { enabled: String(user.enabled) } : {}),
    quota: { ...storageOf(world, user), definition: user.quota },
    email: user.email,
    displayname: user.displayName,
    home: `${getSystemString(world, 'datadirectory', '/var/www/html/data')}/${user.id}`,
    two_factor_auth_enabled: 'false',
  }
}

/** Without a quota the disk is the limit; one of nothing leaves no room (ownCloud 10.2.1, corpus). */
function storageOf(world: World, user: users.User): PhpArray {
  const limit = quota.quotaBytes(world, user.id)
  const used = quota.usedBytes(world, user.id)
  const free = limit === quota.UNLIMITED ? FREE_ON_DISK : Math.max(0, limit - used)
  const total = free + used
  return { free, used, total, relative: total === 0 ? 0 : Math.round((used / total) * 10000) / 100 }
}
