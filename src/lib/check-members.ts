import { didYouMean } from './did-you-mean.ts'
import { UserError } from './errors.ts'

/**
 * An object has no members but these: one that is written in another way would mean nothing without a word.
 * @param what was tried, for the message: `Failed to read the expectation`
 * @throws UserError that says what was probably meant
 */
export function checkMembers(what: string, given: object, known: readonly string[]): void {
  const unknown = Object.entries(given).find(([name, value]) => value !== undefined && !known.includes(name))
  if (unknown) throw new UserError(`${what}: "${unknown[0]}" is unknown. ${didYouMean(unknown[0], known)}`)
}

/**
 * A name is one of those that there are.
 * @throws UserError that says what was probably meant
 */
export function checkName(what: string, kind: string, name: string, known: readonly string[]): void {
  if (!known.includes(name)) throw new UserError(`${what}: there is no ${kind} "${name}". ${didYouMean(name, known)}`)
}
