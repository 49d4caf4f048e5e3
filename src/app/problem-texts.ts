import { commonPasswords } from '#profiles/keys.ts'
import type { Profile } from '#profiles/profile.ts'
import { check, type PasswordProblem, wasUsedBefore } from '#world/accounts/password-policy.ts'
import type { IdProblem } from '#world/accounts/users.ts'
import type { QuotaProblem } from '#world/files/quota.ts'
import type { World } from '#world/world.ts'

/** What the server says to an id that an account cannot have. */
export const ID_TEXTS: Readonly<Record<IdProblem, string>> = {
  'bad-characters': 'Only the following characters are allowed in an Login: "a-z", "A-Z", "0-9", spaces and "_.@-\'"',
  empty: 'A valid Login must be provided',
  'white-space': 'Login contains whitespace at the beginning or at the end',
  dots: 'Login must not consist of dots only',
  'too-long': 'Username is too long',
  'taken-by-files': 'Login is invalid because files already exist for this user',
}

export function quotaText(problem: QuotaProblem, value: string): string {
  switch (problem) {
    case 'invalid':
      return `Invalid quota value: ${value}`
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
