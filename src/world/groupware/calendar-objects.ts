import { md5 } from '#lib/md5.ts'
import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'
import { find as findCalendar, retention, touch } from './calendars.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'calendar-object.created': { readonly object: CalendarObject }
    'calendar-object.changed': { readonly object: CalendarObject; readonly before: CalendarObject }
    'calendar-object.moved': { readonly object: CalendarObject; readonly from: number }
    'calendar-object.trashed': { readonly object: CalendarObject }
    'calendar-object.restored': { readonly object: CalendarObject }
    'calendar-object.deleted': { readonly object: CalendarObject }
  }
}

/** `CLASS`: who may see an object in a shared calendar. */
export type Classification = 'public' | 'private' | 'confidential'

/** An event, a task or a journal entry, with all its exceptions, as one file. */
export interface CalendarObject {
  readonly id: number
  readonly calendarId: number
  /** Its name in the calendar. */
  readonly uri: string
  /** An iCalendar object. */
  readonly data: string
  /** What it is: `VEVENT`, `VTODO`, `VJOURNAL`. */
  readonly component: string
  readonly uid: string
  readonly classification: Classification
  /** Seconds since 1970. */
  readonly modifiedAt: number
  /** Seconds since 1970; it waits in the trash. */
  readonly deletedAt: number | null
}

/** Calendar objects by id. */
export const calendarObjectsTable = defineTable<CalendarObject>('calendarObjects', {
  sequence: 'calendarObject',
  record: s.object({
    id: s.int(),
    calendarId: s.int(),
    uri: s.string(),
    data: s.string(),
    component: s.string(),
    uid: s.string(),
    classification: s.literal('public', 'private', 'confidential'),
    modifiedAt: s.int(),
    deletedAt: s.nullable(s.int()),
  }),
})

/** What is read out of an iCalendar object before it is kept. */
export type ReadObject = Pick<CalendarObject, 'data' | 'component' | 'uid' | 'classification'>

const addressOf = ({ calendarId, uri }: Pick<CalendarObject, 'calendarId' | 'uri'>) => `${calendarId}/${uri}`

export const objectKeysOf = (world: World, calendarId: number): string[] =>
  world
    .table(calendarObjectsTable)
    .index('calendar', (object) => String(object.calendarId))
    .keysOf(String(calendarId))

/** With quotes. */
export const etagOf = ({ data }: Pick<CalendarObject, 'data'>): string => `"${md5(data)}"`

export const sizeOf = ({ data }: Pick<CalendarObject, 'data'>): number => new TextEncoder().encode(data).length

export const find = (world: World, id: number): CalendarObject | undefined =>
  world.table(calendarObjectsTable).get(String(id))

/** What has a name in a calendar, in the trash or not. */
export function findByUri(world: World, calendarId: number, uri: string): CalendarObject | undefined {
  const [key] = world.table(calendarObjectsTable).index('address', addressOf).keysOf(addressOf({ calendarId, uri }))
  return key === undefined ? undefined : world.table(calendarObjectsTable).get(key)
}

/** What is in a calendar, the oldest first, without its trash. */
export const listOf = (world: World, calendarId: number): CalendarObject[] =>
  allOf(world, calendarId).filter((object) => object.deletedAt === null)

export const trashOf = (world: World, calendarId: number): CalendarObject[] =>
  allOf(world, calendarId).filter((object) => object.deletedAt !== null)

function allOf(world: World, calendarId: number): CalendarObject[] {
  const table = world.table(calendarObjectsTable)
  return objectKeysOf(world, calendarId)
    .map((key) => table.get(key)!)
    .sort((a, b) => a.id - b.id)
}

/** Put something new into a calendar, whose UID nothing else there has. */
export function add(
  world: World,
  calendarId: number,
  uri: string,
  read: ReadObject,
): CalendarObject | 'uid-exists' | 'uid-in-trash' {
  const same = allOf(world, calendarId).filter((object) => object.uid === read.uid)
  if (same.some((object) => object.deletedAt === null)) return 'uid-exists'
  if (same.length > 0) return 'uid-in-trash'
  const object: CalendarObject = {
    id: world.nextId('calendarObject'),
    calendarId,
    uri,
    ...read,
    modifiedAt: world.clock.seconds(),
    deletedAt: null,
  }
  world.table(calendarObjectsTable).set(String(object.id), object)
  touch(world, calendarId, { uri, operation: 'added' })
  world.emit({ type: 'calendar-object.created', object })
  return object
}

/** Whether something else in the calendar of an object has a UID, in the trash or not. */
export const isUidTaken = (world: World, { id, calendarId }: CalendarObject, uid: string): boolean =>
  allOf(world, calendarId).some((object) => object.uid === uid && object.id !== id)

export function replace(world: World, before: CalendarObject, read: ReadObject): CalendarObject {
  const object = { ...before, ...read, modifiedAt: world.clock.seconds() }
  world.table(calendarObjectsTable).set(String(object.id), object)
  touch(world, object.calendarId, { uri: object.uri, operation: 'modified' })
  world.emit({ type: 'calendar-object.changed', object, before })
  return object
}

/** Bring it into another calendar, or under another name. */
export function move(
  world: World,
  { id, calendarId: from, uri: oldUri }: CalendarObject,
  to: number,
  uri: string,
): void {
  world.table(calendarObjectsTable).patch(String(id), { calendarId: to, uri })
  touch(world, from, { uri: oldUri, operation: 'deleted' })
  touch(world, to, { uri, operation: 'added' })
  world.emit({ type: 'calendar-object.moved', object: find(world, id)!, from })
}

/** The name that something has while it waits in the trash. */
function trashName(uri: string): string {
  const dot = uri.lastIndexOf('.')
  return dot < 0 || dot === uri.length - 1
    ? `${uri.replace(/\.$/, '')}-deleted`
    : `${uri.slice(0, dot)}-deleted${uri.slice(dot)}`
}

/** Put something into the trash, or delete it where there is none. Its name there must not be taken. */
export function remove(
  world: World,
  object: CalendarObject,
  isForGood = false,
): 'removed' | { readonly taken: string } {
  const { id, calendarId, uri } = object
  if (isForGood || retention(world) === 0) {
    world.table(calendarObjectsTable).delete(String(id))
    world.emit({ type: 'calendar-object.deleted', object })
  } else {
    const taken = trashName(uri)
    if (findByUri(world, calendarId, taken)) return { taken }
    world.table(calendarObjectsTable).patch(String(id), { deletedAt: world.clock.seconds(), uri: taken })
    world.emit({ type: 'calendar-object.trashed', object })
  }
  if (findCalendar(world, calendarId)) touch(world, calendarId, { uri, operation: 'deleted' })
  return 'removed'
}

/** Bring something back from the trash, under the name that it had. */
export function restore(
  world: World,
  { id, calendarId, uri }: CalendarObject,
): 'restored' | { readonly taken: string } {
  const wanted = uri.replaceAll('-deleted.ics', '.ics')
  if (findByUri(world, calendarId, wanted)) return { taken: wanted }
  world.table(calendarObjectsTable).patch(String(id), { deletedAt: null, uri: wanted })
  touch(world, calendarId, { uri: wanted, operation: 'added' })
  world.emit({ type: 'calendar-object.restored', object: find(world, id)! })
  return 'restored'
}
