import { didYouMean } from './did-you-mean.ts'
import { UserError } from './errors.ts'

/**
 * Something is an object and has no members but these: one that is written in another way would mean nothing without a
 * word.
 * @param what was tried, for the message: `Failed to read the expectation`
 * @throws UserError that says what was probably meant
 */
export function checkMembers(what: string, given: unknown, known: readonly string[]): asserts given is object {
  checkObject(what, given)
  const unknown = Object.entries(given).find(([name, value]) => value !== undefined && !known.includes(name))
  if (unknown) throw new UserError(`${what}: "${unknown[0]}" is unknown. ${didYouMean(unknown[0], known)}`)
}

/** @throws UserError where options are something else than an object */
export function checkObject(what: string, given: unknown): asserts given is object {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return
  throw new UserError(`${what}: the options are ${JSON.stringify(given) ?? String(given)}. Pass an object.`)
}

/**
 * An option that is left out, or one of some words.
 * @throws UserError that says which there are
 */
export function checkOption(what: string, option: string, value: unknown, known: readonly string[]): void {
  if (value === undefined || known.some((word) => word === value)) return
  throw new UserError(`${what}: "${option}" is ${JSON.stringify(value) ?? String(value)}. Write ${known.join(', ')}.`)
}
