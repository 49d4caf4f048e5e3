import type { World } from '../world.ts'
import * as accounts from './accounts.ts'
import type { User } from './users.ts'

/** What judges telephone numbers as the server does. The numbering plans of all countries are loaded with it. */
export const loadPhoneReader = async (): Promise<accounts.ReadPhone> => (await import('./phone.ts')).toInternational

/** A separator of digits, as people write them. */
const SEPARATORS = /[\s\-./()]/g

/**
 * A number that stands for itself: in international form, with or without separators. Whether there can be such a
 * number, and what people dial before it at home, only numbering plans tell, and these are not asked.
 */
export function readWrittenPhone(given: string): string | null {
  const digits = given.replace(SEPARATORS, '')
  return /^\+[1-9]\d{6,14}$/.test(digits) && !given.includes('(0') ? digits : null
}

/** Set a field as the server does when somebody fills in a form, telephone numbers among them. */
export async function setAccountField(
  world: World,
  user: User,
  field: string,
  value: string,
): Promise<'invalid' | 'set'> {
  if (field !== 'phone') return accounts.setValue(world, user, field, value)
  return accounts.setPhone(world, user, value, await loadPhoneReader())
}
