import { s } from '#lib/schema.ts'
import { defineTable } from '#world/define-table.ts'
import { defineReactions } from '#world/reactions.ts'
import type { World } from '#world/world.ts'

/** A group whose members may change what a page of settings has, though they are no administrators. */
export interface Delegation {
  readonly groupId: string
  /** The class of the page. */
  readonly setting: string
}

/** By `group/class`. */
export const delegationsTable = defineTable<Delegation>('delegations', {
  record: s.object({ groupId: s.string(), setting: s.string() }),
})

const keyOf = ({ groupId, setting }: Delegation) => `${groupId}/${setting}`

/** Groups that a page is delegated to, by name. */
export const groupsOf = (world: World, setting: string): string[] =>
  [...world.table(delegationsTable).values()]
    .filter((one) => one.setting === setting)
    .map(({ groupId }) => groupId)
    .sort()

export function add(world: World, delegation: Delegation): 'added' | 'exists' {
  const table = world.table(delegationsTable)
  if (table.has(keyOf(delegation))) return 'exists'
  table.set(keyOf(delegation), delegation)
  return 'added'
}

export const remove = (world: World, delegation: Delegation): boolean =>
  world.table(delegationsTable).delete(keyOf(delegation))

/** Nothing is delegated to a group that is gone. */
export const delegationReactions = defineReactions(
  {
    'group.deleted': (world, { groupId }) => {
      const table = world.table(delegationsTable)
      for (const [key, one] of [...table.entries()]) if (one.groupId === groupId) table.delete(key)
    },
  },
  { phase: 'clean-up', evenIfDisabled: true },
)
