import { inPlace, SeedError } from '#lib/errors.ts'
import { nearestName } from '#lib/nearest-name.ts'
import { type Schema, s } from '#lib/schema.ts'
import * as users from '#world/accounts/users.ts'
import type { World } from '#world/world.ts'

/** What may be written once or as a list. */
export const oneOrMore = <S extends Schema>(schema: S) => s.union(schema, s.list(schema))

/** Whether it was written as a list. */
export const isList = <T>(given: T | readonly T[]): given is readonly T[] => Array.isArray(given)

/** Do something with each of what may be written once or as a list; mistakes name their place. */
export function each<T>(given: T | readonly T[], act: (one: T) => void): void {
  if (isList(given)) for (const [i, one] of given.entries()) inPlace(i, () => act(one))
  else act(given)
}

const MOST_COMPARED = 1000

/**
 * The account of an id that somebody wrote down.
 * @throws SeedError that says who was probably meant
 */
export function account(world: World, id: string): users.User {
  const found = users.find(world, id)
  if (found) return found
  const known: string[] = []
  for (const user of world.table(users.usersTable).values()) if (known.push(user.id) === MOST_COMPARED) break
  const meant = nearestName(id, known)
  const hint = meant === null ? 'Name it under "users" of the seed.' : `Did you mean "${meant}"?`
  throw new SeedError([], `there is no account "${id}". ${hint}`)
}
