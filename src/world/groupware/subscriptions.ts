import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'

/** A calendar of another server that an account looks at. Nothing is fetched. */
export interface Subscription {
  readonly id: number
  readonly owner: string
  readonly uri: string
  /** Where it is. */
  readonly source: string
  readonly displayName: string | null
  readonly color: string | null
  readonly order: number
  readonly refreshRate: string | null
  readonly stripsTodos: boolean
  readonly stripsAlarms: boolean
  readonly stripsAttachments: boolean
  readonly token: number
  /** Seconds since 1970. */
  readonly modifiedAt: number
}

/** Subscriptions by id. */
export const subscriptionsTable = defineTable<Subscription>('calendarSubscriptions', {
  sequence: 'calendarSubscription',
  record: s.object({
    id: s.int(),
    owner: s.string(),
    uri: s.string(),
    source: s.string(),
    displayName: s.nullable(s.string()),
    color: s.nullable(s.string()),
    order: s.int(),
    refreshRate: s.nullable(s.string()),
    stripsTodos: s.bool(),
    stripsAlarms: s.bool(),
    stripsAttachments: s.bool(),
    token: s.int(),
    modifiedAt: s.int(),
  }),
})

export type SubscriptionProperties = Partial<Omit<Subscription, 'id' | 'owner' | 'uri' | 'token' | 'modifiedAt'>>

/** An account's subscriptions in the order in which it sees them. */
export const listOf = (world: World, owner: string): Subscription[] => {
  const table = world.table(subscriptionsTable)
  return table
    .index('owner', (one) => one.owner)
    .keysOf(owner)
    .map((key) => table.get(key)!)
    .sort((a, b) => a.order - b.order || a.id - b.id)
}

export const findByUri = (world: World, owner: string, uri: string): Subscription | undefined =>
  listOf(world, owner).find((one) => one.uri === uri)

export function create(
  world: World,
  owner: string,
  uri: string,
  properties: SubscriptionProperties & { readonly source: string },
): Subscription {
  const made: Subscription = {
    id: world.nextId('calendarSubscription'),
    owner,
    uri,
    displayName: null,
    color: null,
    order: 0,
    refreshRate: null,
    stripsTodos: false,
    stripsAlarms: false,
    stripsAttachments: false,
    token: 1,
    modifiedAt: world.clock.seconds(),
    ...properties,
  }
  world.table(subscriptionsTable).set(String(made.id), made)
  return made
}

export const change = (world: World, { id }: Subscription, properties: SubscriptionProperties): void =>
  world.table(subscriptionsTable).patch(String(id), { ...properties, modifiedAt: world.clock.seconds() })

export const remove = (world: World, { id }: Subscription): boolean =>
  world.table(subscriptionsTable).delete(String(id))
