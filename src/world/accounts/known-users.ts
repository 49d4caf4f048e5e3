import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import { defineReactions } from '../reactions.ts'
import type { World } from '../world.ts'

/** Somebody found an account by its telephone number. */
interface KnownUser {
  readonly knownTo: string
  readonly userId: string
}

/** Who knows whom, by both ids. */
export const knownUsersTable = defineTable<KnownUser>('knownUsers', {
  record: s.object({ knownTo: s.string(), userId: s.string() }),
})

const keyOf = (knownTo: string, userId: string) => JSON.stringify([knownTo, userId])

/** From now on somebody knows these accounts, and no others. */
export function setKnown(world: World, knownTo: string, userIds: readonly string[]): void {
  drop(world, (known) => known.knownTo === knownTo)
  for (const userId of userIds) world.table(knownUsersTable).set(keyOf(knownTo, userId), { knownTo, userId })
}

export const isKnown = (world: World, knownTo: string, userId: string): boolean =>
  world.table(knownUsersTable).has(keyOf(knownTo, userId))

/** An account has another number: whoever knew the old one does not know it any more. */
export const forget = (world: World, userId: string): void => drop(world, (known) => known.userId === userId)

function drop(world: World, isGone: (known: KnownUser) => boolean): void {
  const table = world.table(knownUsersTable)
  for (const known of [...table.values()]) if (isGone(known)) table.delete(keyOf(known.knownTo, known.userId))
}

export const knownUserReactions = defineReactions(
  {
    'user.deleted': (world, { userId }) => drop(world, (known) => [known.knownTo, known.userId].includes(userId)),
  },
  { phase: 'clean-up', evenIfDisabled: true },
)
