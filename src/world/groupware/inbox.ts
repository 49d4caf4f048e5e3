import { md5 } from '#lib/md5.ts'
import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'

/** A message about an appointment, as it came to somebody's inbox. */
export interface SchedulingMessage {
  readonly id: number
  readonly owner: string
  /** Its name in the inbox. */
  readonly uri: string
  /** An iCalendar object with its `METHOD`. */
  readonly data: string
  /** Seconds since 1970. */
  readonly modifiedAt: number
}

/** Messages of inboxes by id. */
export const schedulingMessagesTable = defineTable<SchedulingMessage>('schedulingMessages', {
  sequence: 'schedulingMessage',
  record: s.object({ id: s.int(), owner: s.string(), uri: s.string(), data: s.string(), modifiedAt: s.int() }),
})

export const etagOf = ({ data }: SchedulingMessage): string => `"${md5(data)}"`

export function listOf(world: World, owner: string): SchedulingMessage[] {
  const table = world.table(schedulingMessagesTable)
  return table
    .index('owner', (one) => one.owner)
    .keysOf(owner)
    .map((key) => table.get(key)!)
    .sort((a, b) => a.id - b.id)
}

export function add(world: World, owner: string, uri: string, data: string): void {
  const id = world.nextId('schedulingMessage')
  world.table(schedulingMessagesTable).set(String(id), { id, owner, uri, data, modifiedAt: world.clock.seconds() })
}

export const remove = (world: World, { id }: SchedulingMessage): boolean =>
  world.table(schedulingMessagesTable).delete(String(id))
