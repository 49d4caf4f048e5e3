import { type ByRelease, byRelease } from '#lib/releases.ts'
import { commonPasswords } from '#profiles/keys.ts'
import type { Profile } from '#profiles/profile.ts'
import { check, type PasswordProblem, wasUsedBefore } from '#world/accounts/password-policy.ts'
import type { IdProblem } from '#world/accounts/users.ts'
import type { QuotaProblem } from '#world/files/quota.ts'
import type { World } from '#world/world.ts'

const CHARACTERS = '"a-z", "A-Z", "0-9", spaces and "_.@-\'"'

const ID_WORDS: Readonly<Record<IdProblem, ByRelease<string>>> = {
  'bad-characters': byRelease(`Only the following characters are allowed in a username: ${CHARACTERS}`, {
    32: `Only the following characters are allowed in an Login: ${CHARACTERS}`,
  }),
  empty: byRelease('A valid username must be provided', { 32: 'A valid Login must be provided' }),
  'white-space': byRelease('Username contains whitespace at the beginning or at the end', {
    32: 'Login contains whitespace at the beginning or at the end',
  }),
  dots: byRelease('Username must not consist of dots only', { 32: 'Login must not consist of dots only' }),
  'too-long': byRelease('Username is too long', {}),
  'no-folder': byRelease('Bad request', {}),
  'taken-by-files': byRelease('Username is invalid because files already exist for this user', {
    32: 'Login is invalid because files already exist for this user',
  }),
}

/** What the server says to an id that an account cannot have. */
export const idText = (problem: IdProblem, { release }: World): string => ID_WORDS[problem].at(release)

/** All that the newest release says to such ids. */
export const ID_TEXTS: readonly string[] = Object.values(ID_WORDS).map((words) => words.at(Number.POSITIVE_INFINITY))

const INVALID_QUOTA = byRelease('Invalid quota value', { 32: 'Invalid quota value:' })

export function quotaText(problem: QuotaProblem, value: string, { release }: World): string {
  switch (problem) {
    case 'invalid':
      return `${INVALID_QUOTA.at(release)} ${value}`
    case 'exceeds-maximum':
      return `Invalid quota value. ${value} is exceeding the maximum quota`
    case 'unlimited-forbidden':
      return 'Unlimited quota is forbidden on this instance'
  }
}

/** What the password policy says to one thing that it does not like. */
export function passwordText(problem: PasswordProblem): string {
  switch (problem.reason) {
    case 'common':
      return 'Password is among the 1,000,000 most common ones. Please make it unique.'
    case 'too-short':
      return `Password needs to be at least ${problem.minLength} characters long.`
    case 'no-digit':
      return 'Password needs to contain at least one numeric character.'
    case 'no-upper-and-lower':
      return 'Password needs to contain at least one lower and one upper case character.'
    case 'no-special':
      return 'Password needs to contain at least one special character.'
    case 'used-before':
      return 'Password must not have been used recently before.'
  }
}

/** What the password policy says to a password, in one line; `null`: nothing. */
export async function policyText(
  { world, profile }: { readonly world: World; readonly profile: Profile },
  password: string,
  userId?: string,
): Promise<string | null> {
  if (userId !== undefined && usedBefore(world, userId, password)) return passwordText({ reason: 'used-before' })
  const problems = check(world, password, await commonPasswords.load(profile))
  return problems.length === 0 ? null : problems.map(passwordText).join(' ')
}

const usedBefore = (world: World, userId: string, password: string) => wasUsedBefore(world, userId, password)
