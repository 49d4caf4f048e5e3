import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import { getApp } from '../settings/config.ts'
import type { World } from '../world.ts'
import { noteChange } from './changes.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'calendar.created': { readonly calendar: Calendar }
    'calendar.changed': { readonly calendar: Calendar; readonly properties: readonly string[] }
    'calendar.trashed': { readonly calendar: Calendar }
    'calendar.restored': { readonly calendar: Calendar }
    'calendar.deleted': { readonly calendar: Calendar }
  }
}

/** A calendar of an account. */
export interface Calendar {
  readonly id: number
  /** The id of the account. */
  readonly owner: string
  /** Its name in addresses, unique among the owner's. */
  readonly uri: string
  readonly displayName: string | null
  readonly color: string | null
  readonly order: number
  readonly description: string | null
  /** An iCalendar object with a `VTIMEZONE`. */
  readonly timezone: string | null
  /** What may be in it: `VEVENT`, `VTODO` … */
  readonly components: readonly string[]
  /** Whether it leaves its owner free. */
  readonly transparent: boolean
  /** Seconds from a moment to its alarm, for new events with a time and for those of whole days. */
  readonly alarmPartDay: number | null
  readonly alarmFullDay: number | null
  /** Grows with every change. */
  readonly token: number
  /** Seconds since 1970; it waits in the trash. */
  readonly deletedAt: number | null
}

/** Calendars by id. */
export const calendarsTable = defineTable<Calendar>('calendars', {
  sequence: 'calendar',
  record: s.object({
    id: s.int(),
    owner: s.string(),
    uri: s.string(),
    displayName: s.nullable(s.string()),
    color: s.nullable(s.string()),
    order: s.int(),
    description: s.nullable(s.string()),
    timezone: s.nullable(s.string()),
    components: s.list(s.string()),
    transparent: s.bool(),
    alarmPartDay: s.nullable(s.int()),
    alarmFullDay: s.nullable(s.int()),
    token: s.int(),
    deletedAt: s.nullable(s.int()),
  }),
})

export const PERSONAL = 'personal'
export const BIRTHDAYS = 'contact_birthdays'
export const COMPONENTS = ['VEVENT', 'VTODO', 'VJOURNAL'] as const

/** What can be said of a calendar that is made or changed. */
export type CalendarProperties = Partial<Omit<Calendar, 'id' | 'owner' | 'uri' | 'token' | 'deletedAt'>>

const addressOf = ({ owner, uri }: Pick<Calendar, 'owner' | 'uri'>) => `${owner}/${uri}`
const byAddress = (world: World) => world.table(calendarsTable).index('address', addressOf)

export const find = (world: World, id: number): Calendar | undefined => world.table(calendarsTable).get(String(id))

/** An account's own calendar. */
export function findByUri(world: World, owner: string, uri: string): Calendar | undefined {
  const [key] = byAddress(world).keysOf(addressOf({ owner, uri }))
  return key === undefined ? undefined : world.table(calendarsTable).get(key)
}

/** An account's own calendars in the order in which it sees them; what is in the trash comes after its neighbours. */
export function listOf(world: World, owner: string): Calendar[] {
  const table = world.table(calendarsTable)
  const all = table.index('owner', (calendar) => calendar.owner).keysOf(owner)
  return all
    .map((key) => table.get(key)!)
    .sort((a, b) => a.order - b.order || (a.deletedAt ?? 0) - (b.deletedAt ?? 0) || a.id - b.id)
}

export function create(world: World, owner: string, uri: string, properties: CalendarProperties = {}): Calendar {
  const calendar: Calendar = {
    id: world.nextId('calendar'),
    owner,
    uri,
    displayName: uri,
    color: null,
    order: 0,
    description: null,
    timezone: null,
    components: COMPONENTS,
    transparent: false,
    alarmPartDay: null,
    alarmFullDay: null,
    token: 1,
    deletedAt: null,
    ...properties,
  }
  world.table(calendarsTable).set(String(calendar.id), calendar)
  world.emit({ type: 'calendar.created', calendar })
  return calendar
}

/** Change what is said of a calendar. Clients hear of it as of any other change. */
export function change(world: World, { id }: Calendar, properties: CalendarProperties): void {
  world.table(calendarsTable).patch(String(id), properties)
  touch(world, id, { uri: '', operation: 'modified' })
  world.emit({ type: 'calendar.changed', calendar: find(world, id)!, properties: Object.keys(properties) })
}

/** Make a calendar another account's, which has none of that name. */
export const give = (world: World, { id }: Calendar, owner: string, uri: string): void =>
  world.table(calendarsTable).patch(String(id), { owner, uri })

/** Let a calendar's token grow over a change of something in it. */
export function touch(world: World, id: number, what: Parameters<typeof noteChange>[4]): void {
  const { token } = find(world, id)!
  noteChange(world, 'calendar', id, token, what)
  world.table(calendarsTable).patch(String(id), { token: token + 1 })
}

/** Seconds that things stay in the trash; 0: there is none. */
export const retention = (world: World): number =>
  Math.max(0, Number.parseInt(getApp(world, 'dav', 'calendarRetentionObligation', '2592000'), 10) || 0)

export function restore(world: World, { id }: Calendar): void {
  world.table(calendarsTable).patch(String(id), { deletedAt: null })
  world.emit({ type: 'calendar.restored', calendar: find(world, id)! })
}
