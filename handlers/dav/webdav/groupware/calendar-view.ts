import type { AccessControl, Grant } from '#dav/acl.ts'
import { d } from '#dav/xml.ts'
import { byRelease } from '#lib/releases.ts'
import * as users from '#world/accounts/users.ts'
import * as calendars from '#world/groupware/calendars.ts'
import { ownAccess, receivedBy } from '#world/groupware/shares.ts'
import type { World } from '#world/world.ts'
import { cal } from './names.ts'

/** A calendar as somebody sees it: its owner, whom it is shared with, or anybody by its public address. */
export interface CalendarView {
  readonly calendar: calendars.Calendar
  /** Its name in the viewer's home, or its public one. */
  readonly uri: string
  /** The account in whose home it is seen; its owner where it is public. */
  readonly viewer: string
  readonly access: 'own' | 'read' | 'read-write' | 'public'
}

export const isShared = ({ access }: CalendarView): boolean => access === 'read' || access === 'read-write'

/** Whether an account may change what is in it. */
export const isWritable = ({ access, calendar }: CalendarView): boolean =>
  access === 'read-write' || (access === 'own' && calendar.uri !== calendars.BIRTHDAYS)

const own = (calendar: calendars.Calendar): CalendarView => ({
  calendar,
  uri: calendar.uri,
  viewer: calendar.owner,
  access: 'own',
})

/** All calendars in an account's home: its own, then those that others share with it. */
export const viewsOf = (world: World, userId: string): CalendarView[] => [
  ...calendars.listOf(world, userId).map(own),
  ...receivedViews(world, userId),
]

function receivedViews(world: World, userId: string): CalendarView[] {
  return receivedBy(world, 'calendar', userId).flatMap(({ collectionId, access }): CalendarView[] => {
    const calendar = calendars.find(world, collectionId)
    if (!calendar || calendar.owner === userId) return []
    const uri = `${calendar.uri}_shared_by_${calendar.owner}`
    return [{ calendar, uri, viewer: userId, access: access === 'read-write' ? 'read-write' : 'read' }]
  })
}

export function findView(world: World, userId: string, uri: string): CalendarView | undefined {
  const calendar = calendars.findByUri(world, userId, uri)
  return calendar ? own(calendar) : receivedViews(world, userId).find((view) => view.uri === uri)
}

/** What it is called; in others' homes with the name of its owner. */
export function displayNameOf(world: World, { calendar, access }: CalendarView): string | null {
  const { displayName, owner } = calendar
  if (access === 'own') return displayName
  // Strangers are told the id of the account (Nextcloud 34.0.1, asked).
  if (access === 'public') return `${displayName ?? ''} (${owner})`
  const ownerName = users.find(world, owner)?.displayName ?? owner
  return `${displayName ?? ''} (${ownerName})`
}

/** Whether those who act for somebody may also do so with what others share with them (source of 33.0.0 and 34.0.1). */
const REACHES_DELEGATES = byRelease(false, { 34: true })

const user = (id: string) => `principals/users/${id}`

export function accessOf(world: World, view: CalendarView): AccessControl {
  const { calendar, viewer, access } = view
  const owner = user(calendar.owner)
  const change = calendar.uri === calendars.BIRTHDAYS ? 'write-properties' : 'write'
  const grant = (principal: string, name: string): Grant => ({ principal, privilege: d(name) })
  const grants = [
    grant(owner, 'read'),
    grant(`${owner}/calendar-proxy-write`, 'read'),
    grant(`${owner}/calendar-proxy-read`, 'read'),
    grant(owner, change),
    grant(`${owner}/calendar-proxy-write`, change),
    grant(`${owner}/calendar-proxy-read`, 'write-properties'),
  ]
  const may = access === 'read-write' ? 'write' : 'write-properties'
  if (isShared(view)) {
    const other = user(viewer)
    const direct = ownAccess(world, 'calendar', calendar.id, viewer)
    grants.push(
      grant(other, 'read'),
      ...(REACHES_DELEGATES.at(world.release)
        ? [grant(`${other}/calendar-proxy-read`, 'read'), grant(`${other}/calendar-proxy-write`, 'read')]
        : []),
      grant(other, may),
      ...(REACHES_DELEGATES.at(world.release) ? [grant(`${other}/calendar-proxy-write`, may)] : []),
      ...(direct
        ? [grant(other, 'read'), grant(other, direct.access === 'read-write' ? 'write' : 'write-properties')]
        : []),
    )
  }
  if (access === 'public') grants.push(grant('principals/system/public', 'read'), grant(d('authenticated'), 'read'))
  const kind = access === 'public' ? {} : { kind: 'Calendar' }
  return { owner, grants, ...kind, more: { read: [{ name: cal('read-free-busy') }] } }
}
