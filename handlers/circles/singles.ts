import { s } from '#lib/schema.ts'
import { idOf } from '#world/accounts/party-id.ts'
import * as users from '#world/accounts/users.ts'
import { defineTable } from '#world/define-table.ts'
import type { World } from '#world/world.ts'
import { find } from './lookups.ts'
import { partyOf, teamParty } from './party.ts'

export { ID_LENGTH, idOf } from '#world/accounts/party-id.ts'

/** The app's own circle of one party, which stands for it. */
export interface Single {
  readonly id: string
  /** Seconds since 1970: when the party first came into a team, or on its way there. */
  readonly createdAt: number
}

/** Circles of single parties. */
export const singlesTable = defineTable<Single>('circleSingles', {
  record: s.object({ id: s.string(), createdAt: s.number() }),
})

/** How the app knows a party. An account that is gone, and left only its name as somebody's inviter, has no id. */
export function single(world: World, userId: string): Single {
  const kept = world.table(singlesTable).get(userId)
  if (kept) return kept
  const { kind, name } = partyOf(userId)
  // A team stands for itself.
  if (kind === 'team') return { id: name, createdAt: find(world, name)?.createdAt ?? 0 }
  return kind === 'user' && !users.find(world, userId) ? GONE : { id: idOf(world, userId), createdAt: 0 }
}

const GONE: Single = { id: '', createdAt: 0 }

/** From now on the party is known. */
export function ensureSingle(world: World, userId: string): void {
  if (partyOf(userId).kind === 'team' || world.table(singlesTable).has(userId)) return
  world.table(singlesTable).set(userId, { id: idOf(world, userId), createdAt: world.clock.seconds() })
}

/** The party that a circle of the app stands for; `undefined`: there is none. */
export function partyOfSingle(world: World, id: string): string | undefined {
  if (find(world, id)) return teamParty(id)
  for (const [party, { id: known }] of world.table(singlesTable).entries()) if (known === id) return party
  return [...world.table(users.usersTable).keys()].find((userId) => idOf(world, userId) === id)
}
