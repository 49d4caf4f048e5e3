import * as groups from '../groups.ts'
import type { World } from '../world.ts'
import type { Refusal } from './checks.ts'
import { enforcesPassword } from './settings.ts'

/** What is wrong with a link's password, in the words of the password policy. */
export type PasswordProblem = string

/** Whether a link may have this password, or none. */
export function checkPassword(world: World, userId: string, password: string | null): Refusal | null {
  if (password === null)
    return enforcesPassword(world, groups.groupsOf(world, userId)) ? { reason: 'password-needed' } : null
  return null
}
