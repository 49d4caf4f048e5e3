import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'

/** What somebody may do with another account's calendars. */
export type DelegateAccess = 'read' | 'read-write'

/** Somebody who acts for an account in all of its calendars. */
export interface Delegate {
  readonly id: number
  /** The account whose calendars they are. */
  readonly owner: string
  /** The account that acts. */
  readonly userId: string
  readonly access: DelegateAccess
}

/** Delegates by id. They outlive the accounts, so that one made again has them again (Nextcloud 34.0.1, source). */
export const delegatesTable = defineTable<Delegate>('calendarDelegates', {
  sequence: 'calendarDelegate',
  record: s.object({
    id: s.int(),
    owner: s.string(),
    userId: s.string(),
    access: s.literal('read', 'read-write'),
  }),
})

const sorted = (world: World, by: 'owner' | 'userId', id: string): Delegate[] => {
  const table = world.table(delegatesTable)
  return table
    .index(by, (one) => one[by])
    .keysOf(id)
    .map((key) => table.get(key)!)
    .sort((a, b) => a.id - b.id)
}

/** Who acts for an account. */
export const delegatesOf = (world: World, owner: string): Delegate[] => sorted(world, 'owner', owner)

/** For whom an account acts. */
export const delegationsOf = (world: World, userId: string): Delegate[] => sorted(world, 'userId', userId)

/** Let somebody act for an account. Who may write already does not lose it by being let read. */
export function delegate(world: World, owner: string, userId: string, access: DelegateAccess): void {
  const table = world.table(delegatesTable)
  const known = delegatesOf(world, owner).find((one) => one.userId === userId)
  if (known) {
    if (access === 'read-write') table.patch(String(known.id), { access })
    return
  }
  const id = world.nextId('calendarDelegate')
  table.set(String(id), { id, owner, userId, access })
}

/** Take one kind of access from all who are not named. */
export function keepDelegates(world: World, owner: string, access: DelegateAccess, kept: readonly string[]): void {
  const gone = delegatesOf(world, owner).filter((one) => one.access === access && !kept.includes(one.userId))
  for (const { id } of gone) world.table(delegatesTable).delete(String(id))
}

/** The principal that stands for all who act for an account in one way. */
export const proxyOf = ({ owner, access }: Pick<Delegate, 'owner' | 'access'>): string =>
  `principals/users/${owner}/calendar-proxy-${access === 'read' ? 'read' : 'write'}`
