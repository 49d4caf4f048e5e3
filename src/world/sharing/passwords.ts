import * as groups from '../accounts/groups.ts'
import type { World } from '../world.ts'
import type { Refusal } from './checks.ts'
import { enforcesPassword } from './settings.ts'

/** A password for a link or mail, and what the password policy has against it, in words. */
export interface WantedPassword {
  readonly password: string | null
  readonly weakness: string | null
}

/** Whether a link or mail of someone may have this password, or none. */
export function checkPassword(world: World, userId: string, { password, weakness }: WantedPassword): Refusal | null {
  if (password !== null) return weakness === null ? null : { reason: 'password-weak', about: weakness }
  return enforcesPassword(world, groups.groupsOf(world, userId)) ? { reason: 'password-needed' } : null
}
