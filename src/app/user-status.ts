import type { PhpArray } from '#lib/php.ts'
import { s } from '#lib/schema.ts'
import type { Profile } from '#profiles/profile.ts'
import { defineProfileData } from '#profiles/profile-data.ts'
import * as statuses from '#world/accounts/statuses.ts'
import type { World } from '#world/world.ts'

/** The statuses of a release that one chooses from. */
export const predefinedStatuses = defineProfileData<readonly statuses.PredefinedStatus[]>('predefined-statuses')

/** What shares and searches tell of someone's status. */
export const statusSchema = s.object({
  status: s.string(),
  message: s.nullable(s.string()),
  icon: s.nullable(s.string()),
  clearAt: s.nullable(s.int()),
})

/**
 * Someone's status as others may know it, once what ended of it is taken back; `null`: they never had one.
 * Who asks lists {@link predefinedStatuses} in its `data`.
 */
export function settledStatus(world: World, profile: Profile, userId: string): PhpArray | null {
  const found = statuses.settled(world, userId, predefinedStatuses.of(profile))
  if (!found) return null
  const { status, message, icon, clearAt } = found
  return { status: status === 'invisible' ? 'offline' : status, message, icon, clearAt }
}
