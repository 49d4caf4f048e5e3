import type { Grant } from '#dav/acl.ts'
import { requirePrivilege } from '#dav/acl.ts'
import { invalidResourceType } from '#dav/mkcol.ts'
import type { ReadElement } from '#dav/read-xml.ts'
import type { DavContext, NewCollection, Resource } from '#dav/resource.ts'
import { d, element, oc } from '#dav/xml.ts'
import { readComponent } from '#lib/icalendar/component.ts'
import { writeComponent } from '#lib/icalendar/write.ts'
import type { Answer } from '#line/call.ts'
import { badRequest, DavError, forbidden, notFound, unexpected } from '#line/dav-exit.ts'
import * as users from '#world/accounts/users.ts'
import { syncUser } from '#world/groupware/birthdays.ts'
import * as objects from '#world/groupware/calendar-objects.ts'
import { removeCalendar } from '#world/groupware/calendar-removal.ts'
import * as calendars from '#world/groupware/calendars.ts'
import { changesSince } from '#world/groupware/changes.ts'
import { findPublic, leave, publish } from '#world/groupware/shares.ts'
import * as subscriptions from '#world/groupware/subscriptions.ts'
import { setUser } from '#world/settings/config.ts'
import * as properties from '../../state/file-properties.ts'
import type { Changes } from './answers.ts'
import { createObject, findObject, type TakesObjects, visibleObjects } from './calendar-object.ts'
import { CALENDAR_PROPERTIES, calendarProperty, readChanges } from './calendar-properties.ts'
import { asDavError, readRange } from './calendar-query.ts'
import { isFound, reportObjects } from './calendar-reports.ts'
import { expandSearch } from './calendar-search.ts'
import { accessOf, type CalendarView, displayNameOf, findView, isShared, viewsOf } from './calendar-view.ts'
import { groupwareResource, notHere } from './collections.ts'
import { zoneOfCalendar } from './expand.ts'
import { exportCalendar } from './export.ts'
import { freeBusy, freeBusyElsewhere } from './free-busy.ts'
import { findMessage, inboxResource } from './inbox.ts'
import { apple, cal, cs, ncCom, reportsOf, SYNC } from './names.ts'
import { outboxResource } from './outbox.ts'
import { applyShare, done, postedDocument, readShare } from './share-request.ts'
import { createSubscription, subscriptionResource } from './subscription.ts'
import { reportSync, type SyncRequest } from './sync.ts'
import { findInTrash, isRestoring, trashbin } from './trashbin.ts'

const RESERVED = [calendars.BIRTHDAYS, 'trashbin']

/** `calendars/alice` and everything below it. */
export function findCalendar(dav: DavContext, [owner, name, ...rest]: string[]): Resource {
  const user = users.find(dav.world, owner!)
  if (!user) throw notFound(`Principal with name ${owner} not found`)
  if (name === undefined) return home(dav, user.id)
  const [uri] = rest
  if (name === 'trashbin') return findInTrash(dav, user.id, rest)
  if (name === 'inbox') return uri === undefined ? inboxResource(dav, user.id) : findMessage(dav, user.id, uri)
  if (name === 'outbox' && uri === undefined) return outboxResource(dav, user.id)
  const view = findView(dav.world, user.id, name)
  if (!view) {
    const subscription = subscriptions.findByUri(dav.world, user.id, name)
    if (subscription && uri === undefined) return subscriptionResource(dav, user.id, subscription)
    throw notFound(`Node with name '${name}' could not be found`)
  }
  const path = `calendars/${user.id}/${view.uri}`
  if (uri === undefined) return calendarResource(dav, view, path)
  const object = findObject(dav, view, path, uri)
  if (rest.length > 1) throw notFound(`File not found: ${rest[1]} in '${uri}'`)
  return object
}

/** `public-calendars/TOKEN` and what is in it. */
export function findPublicCalendar(dav: DavContext, [token, uri]: string[]): Resource {
  const share = findPublic(dav.world, 'calendar', token!)
  const calendar = share && calendars.find(dav.world, share.collectionId)
  if (!calendar) throw notFound(`Node with name '${token}' could not be found`)
  const view: CalendarView = { calendar, uri: token!, viewer: calendar.owner, access: 'public' }
  const path = `public-calendars/${token}`
  return uri === undefined ? calendarResource(dav, view, path) : findObject(dav, view, path, uri)
}

function home(dav: DavContext, owner: string): Resource {
  const { world } = dav
  const principal = `principals/users/${owner}`
  const path = `calendars/${owner}`
  const grant = (who: string, privilege: string): Grant => ({ principal: who, privilege: d(privilege) })
  return groupwareResource(dav, {
    path,
    collection: true,
    acl: {
      owner: principal,
      grants: [
        grant(principal, 'read'),
        grant(principal, 'write'),
        grant(`${principal}/calendar-proxy-write`, 'read'),
        grant(`${principal}/calendar-proxy-write`, 'write'),
        grant(`${principal}/calendar-proxy-read`, 'read'),
      ],
    },
    reports: reportsOf({ middle: [d('sync-collection')], late: [ncCom('calendar-search')] }),
    property: (name) => (name === d('resourcetype') ? [element(d('collection'))] : undefined),
    members: () => [
      ...viewsOf(world, owner).map((view) => calendarResource(dav, view, `${path}/${view.uri}`, true)),
      inboxResource(dav, owner),
      outboxResource(dav, owner),
      trashbin(dav, owner),
      ...subscriptions.listOf(world, owner).map((one) => subscriptionResource(dav, owner, one)),
    ],
    createCollection: (made) => createCalendar(dav, owner, made),
    createFile(name) {
      throw notHere(dav, `${path}/${name}`, 'Creating new files in this collection is not supported')
    },
    createFolder(name) {
      throw notHere(dav, `${path}/${name}`, 'Creating new collections in this collection is not supported')
    },
    remove() {
      throw forbidden('')
    },
    report: (root) =>
      reportObjects(dav, homeOf(owner), root, null) ??
      expandSearch(dav, root, () => viewsOf(world, owner).map((view) => [view, `${path}/${view.uri}`] as const)) ??
      freeBusyElsewhere(root) ??
      reportSync(dav, homeOf(owner), root, undefined),
    post: (body) => enableBirthdays(dav, owner, body),
  })
}

/** The home as reports name it. */
const homeOf = (owner: string): Resource => ({
  path: `calendars/${owner}`,
  collection: true,
  property: () => undefined,
})

function createCalendar(dav: DavContext, owner: string, { name, types, properties }: NewCollection): void {
  const { world } = dav
  if (RESERVED.includes(name) || name.startsWith('app-generated')) {
    throw notHere(dav, `calendars/${owner}/${name}`, 'The resource you tried to create has a reserved name')
  }
  const isCalendar = types.includes(cal('calendar'))
  const isSubscription = types.includes(cs('subscribed'))
  const unknown = types.find((type) => ![d('collection'), cal('calendar'), cs('subscribed')].includes(type))
  if (unknown !== undefined) throw invalidResourceType(`Unknown resourceType: ${unknown}`)
  if (isSubscription) {
    createSubscription(dav, owner, { name, types, properties })
    return
  }
  if (!isCalendar) throw invalidResourceType('You can only create calendars and subscriptions in this collection')
  if (name.length > 255) {
    throw unexpected('OCP\\Calendar\\Exceptions\\CalendarException', 'URI too long. Calendar not created')
  }
  const components = properties.get(cal('supported-calendar-component-set'))
  const names = components?.children
    .filter((child) => child.name === cal('comp'))
    .map(({ attributes }) => attributes.name ?? '')
  if (names?.length === 0) {
    throw badRequest('supported-calendar-component-set must have at least one CALDAV:comp element')
  }
  const { properties: given } = readChanges(properties)
  calendars.create(world, owner, name, { ...given, ...(names ? { components: names } : {}) })
}

/** Bring back the calendar of birthdays, which somebody deleted. */
function enableBirthdays(dav: DavContext, owner: string, body: Uint8Array): Answer | undefined {
  const root = postedDocument(dav, body)
  if (!root) return undefined
  // Whoever reads the body next finds it read to its end (Nextcloud 34.0.1, asked).
  if (root.name !== ncCom('enable-birthday-calendar')) {
    throw unexpected('Sabre\\Xml\\ParseException', 'The input element to parse is empty. Do not attempt to parse')
  }
  if (dav.userId !== owner) throw new DavError(403, 'Sabre\\DAV\\Exception\\Forbidden', '')
  setUser(dav.world, owner, 'dav', 'generateBirthdayCalendar', 'yes')
  syncUser(dav.world, owner)
  return { status: 204, headers: [['Content-type', 'text/html; charset=UTF-8']], body: '' }
}

/** A calendar; `isListed`: it is shown among others, and then says whose it is. */
function calendarResource(
  dav: DavContext,
  view: CalendarView,
  path: string,
  isListed = false,
): Resource & TakesObjects {
  const { world } = dav
  const { calendar } = view
  const members = () => visibleObjects(dav, view).map(({ uri }) => findObject(dav, view, path, uri))
  const resource: Resource = groupwareResource(dav, {
    path,
    collection: true,
    acl: accessOf(world, view),
    reports: reportsOf({
      sync: true,
      middle: [cal('calendar-multiget'), cal('calendar-query'), cal('free-busy-query')],
    }),
    properties: CALENDAR_PROPERTIES,
    property(name) {
      if (name === oc('owner-principal')) {
        return isListed || view.access !== 'own' ? `principals/users/${calendar.owner}` : undefined
      }
      const own =
        KEPT_BY_SHAREES.has(name) && isShared(view) ? properties.find(world, dav.userId, path, name) : undefined
      return own ?? calendarProperty(view, dav, name)
    },
    members,
    createFile: (name, body) => storing(() => createObject(dav, view, name, body)),
    createFolder(name) {
      throw notHere(dav, `${path}/${name}`, 'Creating collections in calendar objects is not allowed')
    },
    patchAll(changes) {
      if (isShared(view)) return new Map()
      const { properties: given, statuses } = readChanges(changes)
      if (statuses.size > 0) calendars.change(world, calendar, given)
      return statuses
    },
    remove() {
      if (isShared(view)) return leave(world, 'calendar', calendar.id, view.viewer)
      if (calendar.uri === calendars.BIRTHDAYS) setUser(world, calendar.owner, 'dav', 'generateBirthdayCalendar', 'no')
      removeCalendar(world, calendar, dav.call.header('x-nc-caldav-no-trashbin') === '1')
    },
    move(target) {
      if (!isRestoring(target.parent)) throw notHere(dav, path, 'Renaming calendars is not yet supported')
      calendars.restore(world, calendar)
      return []
    },
    copy() {
      throw notHere(dav, path, 'Creating new collections in this collection is not supported')
    },
    report: (root) =>
      reportObjects(dav, resource, root, { timezone: calendar.timezone, objects: members }) ??
      reportFreeBusy(dav, view, root, members) ??
      reportSync(dav, resource, root, (request) => changesOf(dav, view, path, request)),
    post: (body) => post(dav, view, resource, body),
  })
  const exported = () => ({
    name: view.uri,
    displayName: displayNameOf(world, view),
    color: calendar.color,
    timezone: calendar.timezone,
    objects: members(),
  })
  return {
    ...resource,
    getInstead: () => (new URLSearchParams(dav.call.query).has('export') ? exportCalendar(dav, exported()) : undefined),
    takeObject(object, uri) {
      const isTaken = objects.listOf(world, calendar.id).some((one) => one.uid === object.uid && one.id !== object.id)
      if (isTaken) throw badRequest('Calendar object with uid already exists in this calendar collection.')
      objects.move(world, object, calendar.id, uri)
      return []
    },
  }
}

/** What somebody with whom a calendar is shared can call and colour in another way. */
const KEPT_BY_SHAREES: ReadonlySet<string> = new Set([
  d('displayname'),
  apple('calendar-color'),
  apple('calendar-order'),
  cal('schedule-calendar-transp'),
])

function storing<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw asDavError(error)
  }
}

function changesOf(dav: DavContext, view: CalendarView, path: string, { token, limit }: SyncRequest): Changes {
  const { calendar } = view
  const uris = visibleObjects(dav, view).map(({ uri }) => uri)
  const known = new Set(uris)
  const current = SYNC + calendar.token
  const found = (list: readonly string[]) => list.map((uri) => findObject(dav, view, path, uri))
  const cut = <T>(list: readonly T[]) => (limit === null ? list : list.slice(0, limit))
  if (!/^\d+$/.test(token)) {
    if (limit !== null && limit > 0) {
      throw new DavError(507, 'OCA\\DAV\\Exception\\UnsupportedLimitOnInitialSyncException', '', {
        details: ['<d:number-of-matches-within-limits/>'],
      })
    }
    return { token: current, present: found(uris), gone: [] }
  }
  const changes = [...changesSince(dav.world, 'calendar', calendar.id, Number(token), true)]
  const sorted = cut(changes.filter(([uri]) => uri !== '').sort(([a], [b]) => (a < b ? -1 : 1)))
  const present = sorted.filter(([uri, operation]) => operation !== 'deleted' && known.has(uri))
  const gone = sorted.filter(([, operation]) => operation === 'deleted')
  return { token: current, present: found(present.map(([uri]) => uri)), gone: gone.map(([uri]) => uri) }
}

function reportFreeBusy(
  dav: DavContext,
  { calendar }: CalendarView,
  root: ReadElement,
  members: () => readonly Resource[],
): Answer | undefined {
  if (root.name !== cal('free-busy-query')) return undefined
  return storing(() => {
    const range = readRange(root.children.find(({ name }) => name === cal('time-range')))
    if (!range) throw badRequest('The freebusy report must have a time-range element')
    const start = range.start ?? 0
    if (range.end === null) {
      throw unexpected('Sabre\\VObject\\InvalidDataException', 'The supplied iCalendar datetime value is incorrect: 1')
    }
    const filter = { isNotDefined: false, properties: [], components: [] }
    const events = { ...filter, name: 'VEVENT', range: { start, end: range.end } }
    const found = members().filter((one) =>
      isFound(one, { ...filter, name: 'VCALENDAR', range: null, components: [events] }, true),
    )
    const documents = found.map((one) => readComponent(String(one.property(cal('calendar-data')))))
    const zone = zoneOfCalendar(calendar.timezone)
    const body = writeComponent(freeBusy(documents, start, range.end, dav.world.clock.seconds(), { zone }))
    return { status: 200, headers: [['Content-type', 'text/calendar;charset=UTF-8']], body }
  })
}

function post(dav: DavContext, view: CalendarView, resource: Resource, body: Uint8Array): Answer | undefined {
  const root = postedDocument(dav, body)
  const { world } = dav
  const { calendar } = view
  switch (root?.name) {
    case oc('share'): {
      const change = readShare(world, root, calendar.owner)
      requirePrivilege(dav, resource, d('write'))
      if (isShared(view)) throw forbidden('')
      applyShare(world, 'calendar', calendar.id, change)
      return done(200)
    }
    case cs('publish-calendar'):
      requirePrivilege(dav, resource, d('write'))
      publish(world, 'calendar', calendar.id, view.viewer, true)
      return done(202)
    case cs('unpublish-calendar'):
      requirePrivilege(dav, resource, d('write'))
      publish(world, 'calendar', calendar.id, view.viewer, false)
      return done(200)
    default:
      return undefined
  }
}
