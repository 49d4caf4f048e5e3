import type { Json } from '#lib/json.ts'
import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'

/** Something that an account did or that others did to what it sees. */
export interface Activity {
  readonly id: number
  /** Whose stream it is in. */
  readonly userId: string
  readonly app: string
  /** What settings and filters go by: `file_changed`, `shared`, `security` … */
  readonly type: string
  /** Who did it; empty: somebody without an account, or the command line. */
  readonly author: string
  /** Seconds since 1970. */
  readonly at: number
  /** A key; the app's provider makes the text when somebody looks. */
  readonly subject: string
  readonly parameters: Json
  readonly objectType: string
  readonly objectId: number
  readonly objectName: string
  /** An absolute address, or a path on this server; empty: nowhere. */
  readonly link: string
}

/** Activities by id, padded so that keys sort as numbers do. */
export const activitiesTable = defineTable<Activity>('activities', {
  sequence: 'activity',
  record: s.object({
    id: s.int(),
    userId: s.string(),
    app: s.string(),
    type: s.string(),
    author: s.string(),
    at: s.number(),
    subject: s.string(),
    parameters: s.json(),
    objectType: s.string(),
    objectId: s.int(),
    objectName: s.string(),
    link: s.string(),
  }),
})

const keyOf = (id: number) => String(id).padStart(12, '0')

export type NewActivity = Pick<Activity, 'userId' | 'app' | 'type' | 'subject'> & Partial<Omit<Activity, 'id'>>

const DEFAULTS = { author: '', parameters: [], objectType: '', objectId: 0, objectName: '', link: '' } as const

export function add(world: World, made: NewActivity): Activity {
  const id = world.nextId('activity')
  const activity: Activity = { ...DEFAULTS, at: world.clock.seconds(), ...made, id }
  world.table(activitiesTable).set(keyOf(id), activity)
  return activity
}

export function find(world: World, id: number): Activity | undefined {
  return world.table(activitiesTable).get(keyOf(id))
}

export type Order = 'asc' | 'desc'

/** One account's activities, by time and then by id. */
export function ofUser(world: World, userId: string, order: Order): Activity[] {
  const table = world.table(activitiesTable)
  const keys = table.index('user', (activity) => activity.userId).keysOf(userId)
  const list = keys.map((key) => table.get(key)!).sort((a, b) => a.at - b.at || a.id - b.id)
  return order === 'asc' ? list : list.reverse()
}

export interface Page {
  readonly order: Order
  readonly limit: number
  /** The last activity that was seen; 0 or one that is gone: from the beginning. */
  readonly since: number
  readonly matches: (activity: Activity) => boolean
}

/** A page of an account's activities, and whether there are more. */
export function page(
  world: World,
  userId: string,
  { order, limit, since, matches }: Page,
): { readonly activities: readonly Activity[]; readonly hasMore: boolean } | 'not-yours' {
  const last = since === 0 ? undefined : find(world, since)
  if (last && last.userId !== userId) return 'not-yours'
  const isAfter = (activity: Activity) =>
    !last ||
    (order === 'asc'
      ? activity.at >= last.at && activity.id > last.id
      : activity.at <= last.at && activity.id < last.id)
  const found: Activity[] = []
  for (const activity of ofUser(world, userId, order)) {
    if (!isAfter(activity) || !matches(activity)) continue
    if (found.length === limit) return { activities: found, hasMore: true }
    found.push(activity)
  }
  return { activities: found, hasMore: false }
}

export function removeOf(world: World, userId: string): void {
  for (const { id } of ofUser(world, userId, 'asc')) world.table(activitiesTable).delete(keyOf(id))
}
