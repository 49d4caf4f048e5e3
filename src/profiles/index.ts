import { UserError } from '#lib/errors.ts'
import { documented } from './documented.ts'
import { nextcloud34 } from './nextcloud-34.ts'
import { owncloud81 } from './owncloud-8.1.ts'
import type { ProfileDefinition } from './profile.ts'

/** The shipped profiles by name. */
export const profiles: Readonly<Record<string, ProfileDefinition>> = {
  'nextcloud-34': nextcloud34,
  documented,
  'owncloud-8.1': owncloud81,
}

export const DEFAULT_PROFILE = 'nextcloud-34'

/** @throws UserError that lists the shipped profiles. */
export function findProfile(wanted: string | ProfileDefinition = DEFAULT_PROFILE): ProfileDefinition {
  if (typeof wanted !== 'string') return wanted
  const found = Object.hasOwn(profiles, wanted) ? profiles[wanted] : undefined
  if (!found)
    throw new UserError(`Failed to find the profile "${wanted}". Known are: ${Object.keys(profiles).join(', ')}.`)
  return found
}
