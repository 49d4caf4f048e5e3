import type { PropertyValue } from '#dav/multistatus.ts'
import type { ReadElement } from '#dav/read-xml.ts'
import type { DavContext } from '#dav/resource.ts'
import { d, element, oc } from '#dav/xml.ts'
import { atomDate } from '#lib/http-date.ts'
import { toInt } from '#lib/php.ts'
import * as users from '#world/accounts/users.ts'
import * as calendars from '#world/groupware/calendars.ts'
import type { CollectionKind } from '#world/groupware/changes.ts'
import { invitesOf, principalName, publicUriOf } from '#world/groupware/shares.ts'
import type { World } from '#world/world.ts'
import { type CalendarView, displayNameOf, isShared } from './calendar-view.ts'
import { apple, COLLATIONS, cal, cs, MAX_RESOURCE_SIZE, ncCom, SYNC, sabre } from './names.ts'

type Getter = (view: CalendarView, dav: DavContext) => PropertyValue | undefined

const optional = (value: string | number | null): PropertyValue | undefined => value ?? undefined

/** What every collection of calendar objects says. */
export const OBJECT_CONTAINER: ReadonlyMap<string, PropertyValue> = new Map<string, PropertyValue>([
  [cal('max-resource-size'), MAX_RESOURCE_SIZE],
  [
    cal('supported-calendar-data'),
    [
      { name: cal('calendar-data'), attributes: { 'content-type': 'text/calendar', version: '2.0' } },
      { name: cal('calendar-data'), attributes: { 'content-type': 'application/calendar+json' } },
    ],
  ],
  [cal('supported-collation-set'), COLLATIONS.map((name) => element(cal('supported-collation'), name))],
])

const GETTERS: ReadonlyMap<string, Getter> = new Map<string, Getter>([
  [d('resourcetype'), (view) => typesOf(view)],
  [cs('getctag'), ({ calendar }) => SYNC + calendar.token],
  [sabre('sync-token'), ({ calendar }) => calendar.token],
  [d('sync-token'), ({ calendar }) => SYNC + calendar.token],
  [
    cal('supported-calendar-component-set'),
    ({ calendar }) => calendar.components.map((name) => ({ name: cal('comp'), attributes: { name } })),
  ],
  [
    cal('schedule-calendar-transp'),
    (view) => [element(cal(view.calendar.transparent || isShared(view) ? 'transparent' : 'opaque'))],
  ],
  [d('displayname'), (view, { world }) => optional(displayNameOf(world, view))],
  [cal('calendar-description'), ({ calendar }) => optional(calendar.description)],
  [cal('calendar-timezone'), ({ calendar }) => optional(calendar.timezone)],
  [apple('calendar-order'), ({ calendar }) => calendar.order],
  [apple('calendar-color'), ({ calendar }) => optional(calendar.color)],
  [ncCom('deleted-at'), ({ calendar }) => optional(calendar.deletedAt === null ? null : atomDate(calendar.deletedAt))],
  [ncCom('default-alarm-part-day'), ({ calendar }) => optional(calendar.alarmPartDay)],
  [ncCom('default-alarm-full-day'), ({ calendar }) => optional(calendar.alarmFullDay)],
  [
    ncCom('owner-displayname'),
    ({ calendar }, { world }) => users.find(world, calendar.owner)?.displayName ?? calendar.owner,
  ],
  [oc('read-only'), (view) => (view.access === 'public' ? 1 : isShared(view) ? view.access === 'read' : undefined)],
  [oc('public'), ({ access }) => (access === 'public' ? 1 : undefined)],
  [
    oc('invite'),
    (view, { world }) => (view.access === 'own' ? inviteElements(world, 'calendar', view.calendar.id) : []),
  ],
  [cs('allowed-sharing-modes'), (view) => sharingModes(view)],
  [cs('publish-url'), (view, dav) => publishUrl(view, dav)],
])

/** Properties of a calendar that `allprop` lists, as far as it has them. */
export const CALENDAR_PROPERTIES = [
  cs('getctag'),
  sabre('sync-token'),
  cal('supported-calendar-component-set'),
  cal('schedule-calendar-transp'),
  oc('owner-principal'),
  oc('read-only'),
  oc('public'),
  d('displayname'),
  cal('calendar-description'),
  cal('calendar-timezone'),
  apple('calendar-order'),
  apple('calendar-color'),
  ncCom('deleted-at'),
  ncCom('default-alarm-part-day'),
  ncCom('default-alarm-full-day'),
  ncCom('owner-displayname'),
]

/** A property of a calendar. */
export const calendarProperty = (view: CalendarView, dav: DavContext, name: string): PropertyValue | undefined =>
  GETTERS.get(name)?.(view, dav) ?? OBJECT_CONTAINER.get(name)

function typesOf({ calendar }: CalendarView): PropertyValue {
  if (calendar.deletedAt !== null) return [element(d('collection')), element(ncCom('deleted-calendar'))]
  return [element(d('collection')), element(cal('calendar'))]
}

function sharingModes({ calendar, access }: CalendarView): PropertyValue | undefined {
  if (access !== 'own' && access !== 'read-write') return []
  if (calendar.uri === calendars.BIRTHDAYS) return []
  return [element(cs('can-be-shared')), element(cs('can-be-published'))]
}

function publishUrl({ calendar }: CalendarView, { world, request, server }: DavContext): PropertyValue | undefined {
  const uri = publicUriOf(world, 'calendar', calendar.id)
  if (uri === null) return undefined
  const host = request.baseUrl.replace(/^([a-z]+:\/\/[^/]*).*$/i, '$1')
  return [element(d('href'), `${host}${server.base}public-calendars/${uri}`)]
}

/** With whom something is shared, as its owner sees it. */
export function inviteElements(world: World, kind: CollectionKind, id: number): PropertyValue {
  return invitesOf(world, kind, id).map(({ principal, access }) => {
    const name = principalName(world, principal)
    return element(oc('user'), [
      element(d('href'), `principal:${principal}`),
      ...(name ? [element(oc('common-name'), name)] : []),
      element(oc('invite-accepted')),
      element(oc('access'), [element(oc(access === 'read' ? 'read' : 'read-write'))]),
    ])
  })
}

/** What a PROPPATCH or MKCALENDAR can say of a calendar, in the order in which it is answered. */
const CHANGES = new Map<string, (value: ReadElement | null) => calendars.CalendarProperties>([
  [d('displayname'), (value) => ({ displayName: value?.text ?? null })],
  [cal('calendar-description'), (value) => ({ description: value?.text ?? null })],
  [cal('calendar-timezone'), (value) => ({ timezone: value?.text ?? null })],
  [apple('calendar-order'), (value) => ({ order: toInt(value?.text ?? '') })],
  [apple('calendar-color'), (value) => ({ color: value?.text ?? null })],
  [ncCom('default-alarm-part-day'), (value) => ({ alarmPartDay: value === null ? null : toInt(value.text) })],
  [ncCom('default-alarm-full-day'), (value) => ({ alarmFullDay: value === null ? null : toInt(value.text) })],
  [
    cal('schedule-calendar-transp'),
    (value) => ({ transparent: value?.children.some(({ name }) => name === cal('transparent')) ?? false }),
  ],
])

/** The changes that a calendar knows, and the statuses of their properties. */
export function readChanges(changes: ReadonlyMap<string, ReadElement | null>): {
  readonly properties: calendars.CalendarProperties
  readonly statuses: Map<string, number>
} {
  const statuses = new Map<string, number>()
  let properties: calendars.CalendarProperties = {}
  for (const [name, read] of CHANGES) {
    const value = changes.get(name)
    if (value === undefined) continue
    properties = { ...properties, ...read(value) }
    statuses.set(name, value === null ? 204 : 200)
  }
  return { properties, statuses }
}
