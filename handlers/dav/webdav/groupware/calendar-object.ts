import type { DavContext, Headers, Resource } from '#dav/resource.ts'
import { d } from '#dav/xml.ts'
import { httpDate } from '#lib/http-date.ts'
import { type Component, componentsOf, property, readComponent } from '#lib/icalendar/component.ts'
import { jsonText, toJcal } from '#lib/icalendar/jcal.ts'
import { writeComponent } from '#lib/icalendar/write.ts'
import { badRequest, DavError, forbidden, notFound } from '#line/dav-exit.ts'
import { contentFrom } from '#world/files/content.ts'
import * as objects from '#world/groupware/calendar-objects.ts'
import { reportObjects } from './calendar-reports.ts'
import { accessOf, type CalendarView, isShared } from './calendar-view.ts'
import { groupwareResource } from './collections.ts'
import { freeBusyElsewhere } from './free-busy.ts'
import { cal, reportsOf } from './names.ts'
import { acceptObject, describeObject } from './read-object.ts'
import { schedule } from './scheduling.ts'

const encoder = new TextEncoder()

/** What is in a calendar as somebody sees it: private things are not there for others. */
export const visibleObjects = ({ world }: DavContext, view: CalendarView): objects.CalendarObject[] =>
  objects
    .listOf(world, view.calendar.id)
    .filter((object) => isVisible(view, object))
    .sort((a, b) => (a.uri < b.uri ? -1 : 1))

const isVisible = (view: CalendarView, { classification }: objects.CalendarObject): boolean =>
  classification !== 'private' || view.access === 'own'

/** @throws DavError 404 */
export function findObject(dav: DavContext, view: CalendarView, path: string, uri: string): Resource {
  const object = objects.findByUri(dav.world, view.calendar.id, uri)
  if (!object || !isVisible(view, object)) throw notFound('Calendar object not found')
  return objectResource(dav, view, path, object)
}

/** What others see of an object: busy, where it is confidential, and never its alarms if they may only read. */
export function shownData(view: CalendarView, object: objects.CalendarObject): string {
  if (view.access === 'own' || view.access === 'read-write') return object.data
  const document = readComponent(object.data)
  for (const component of componentsOf(document)) {
    component.children = component.children.filter(({ name }) => name !== 'VALARM')
    if (object.classification === 'confidential') hide(component)
  }
  return writeComponent(document)
}

const STAYS: ReadonlySet<string> = new Set([
  ...['CREATED', 'DTSTART', 'RRULE', 'RECURRENCE-ID', 'RDATE', 'DURATION', 'DTEND', 'CLASS', 'EXRULE', 'EXDATE', 'UID'],
])

function hide(component: Component): void {
  if (!['VEVENT', 'VTODO', 'VJOURNAL'].includes(component.name)) return
  const isNamed = component.children.some(({ name }) => name === 'SUMMARY')
  component.children = component.children
    .filter(({ name }) => STAYS.has(name) || name === 'SUMMARY')
    .map((child) => (child.name === 'SUMMARY' ? property('SUMMARY', 'Busy') : child))
  if (!isNamed) component.children.push(property('SUMMARY', 'Busy'))
}

export const objectType = ({ component }: Pick<objects.CalendarObject, 'component'>): string =>
  `text/calendar; charset=utf-8; component=${component.toLowerCase()}`

/** A calendar object as a download: as JSON for who wants it so. */
export function objectDownload({ call }: DavContext, data: string, type: string, name: string) {
  const isJson = /application\/calendar\+json/.test(call.header('accept'))
  const bytes = encoder.encode(isJson ? jsonText(toJcal(readComponent(data))) : data)
  return {
    content: contentFrom(bytes),
    size: bytes.length,
    type: isJson ? 'application/calendar+json' : type,
    headers: [['Content-Disposition', attachment(name)]] as const,
  }
}

export const attachment = (name: string): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(name)}; filename="${encodeURIComponent(name)}"`

function objectResource(dav: DavContext, view: CalendarView, path: string, object: objects.CalendarObject): Resource {
  const { world } = dav
  const data = shownData(view, object)
  // Of its own kind are only what concerns the calendar as a whole, and how that is called.
  const { more: _more, kind: _kind, ...access } = accessOf(dav.world, view)
  const resource: Resource = groupwareResource(dav, {
    path: `${path}/${object.uri}`,
    collection: false,
    etag: objects.etagOf(object),
    lastModified: object.modifiedAt,
    acl: access,
    reports: reportsOf({ middle: [cal('calendar-multiget'), cal('calendar-query')] }),
    property(name) {
      switch (name) {
        case d('resourcetype'):
          return []
        case d('getcontenttype'):
          return objectType(object)
        case d('getlastmodified'):
          return httpDate(object.modifiedAt)
        case d('getcontentlength'):
          return isShared(view) ? undefined : objects.sizeOf(object)
        case cal('calendar-data'):
          return data.replaceAll('\r', '')
        default:
          return undefined
      }
    },
    // Properties are taken, and forgotten.
    patch: (_name, value) => (value === null ? 204 : 200),
    download: () => objectDownload(dav, data, objectType(object), object.uri),
    report: (root) => reportObjects(dav, resource, root, null) ?? freeBusyElsewhere(root),
    put: (body) => replaceObject(dav, view, object, body),
    remove() {
      schedule(dav, view.viewer, object.data, null)
      const outcome = objects.remove(world, object)
      if (outcome === 'removed') return
      const kept = `in calendar ${object.calendarId}, therefore this object can't be moved into the trashbin`
      throw forbidden(`A calendar object with URI ${outcome.taken} already exists ${kept}`)
    },
    async move(target) {
      const moveIn = (target.parent as Partial<TakesObjects>).takeObject
      if (target.parent.path === path) throw forbidden('Permission denied to rename file')
      if (moveIn && !target.existing) return moveIn(object, target.name)
      if (moveIn && target.existing) {
        await target.existing.remove?.()
        return moveIn(object, target.name)
      }
      const headers = await target.parent.createFile?.(target.name, encoder.encode(object.data))
      objects.remove(world, object)
      return headers ?? []
    },
    async copy(target) {
      await target.existing?.remove?.()
      if (!target.parent.createFile) throw forbidden(`Permission denied to create file (filename ${target.name})`)
      await target.parent.createFile(target.name, encoder.encode(object.data))
      return []
    },
  })
  return resource
}

/** A calendar, as what is moved into it sees it. */
export interface TakesObjects {
  takeObject(object: objects.CalendarObject, uri: string): Headers
}

const entityTag = (object: objects.CalendarObject): Headers => [
  ['ETag', objects.etagOf(object)],
  ['OC-ETag', objects.etagOf(object)],
]

/** Put something new into a calendar. */
export function createObject(dav: DavContext, view: CalendarView, name: string, body: Uint8Array): Headers {
  const accepted = acceptObject(dav, body, view.calendar.components)
  const sent = schedule(dav, view.viewer, null, accepted.data)
  const data = sent ?? accepted.data
  const document = sent === null ? accepted.document : readComponent(sent)
  const made = objects.add(dav.world, view.calendar.id, name, describeObject(data, document))
  if (made === 'uid-exists') {
    throw badRequest('Calendar object with uid already exists in this calendar collection.')
  }
  if (made === 'uid-in-trash') throw new DavError(500, 'OC\\DB\\Exceptions\\DbalException', UID_TAKEN)
  return [...accepted.headers, ...(accepted.isChanged || sent !== null ? [] : entityTag(made))]
}

/** The database counts what is in the trash (SQLite; Nextcloud 34.0.1, asked). */
const UID_TAKEN =
  'An exception occurred while executing a query: SQLSTATE[23000]: Integrity constraint violation: 19 UNIQUE ' +
  'constraint failed: oc_calendarobjects.calendarid, oc_calendarobjects.calendartype, oc_calendarobjects.uid'

function replaceObject(dav: DavContext, view: CalendarView, before: objects.CalendarObject, body: Uint8Array): Headers {
  const accepted = acceptObject(dav, body, view.calendar.components)
  const uid = describeObject(accepted.data, accepted.document).uid
  if (objects.isUidTaken(dav.world, before, uid))
    throw new DavError(500, 'OC\\DB\\Exceptions\\DbalException', UID_TAKEN)
  const sent = schedule(dav, view.viewer, before.data, accepted.data)
  const data = sent ?? accepted.data
  const document = sent === null ? accepted.document : readComponent(sent)
  const made = objects.replace(dav.world, before, describeObject(data, document))
  return [...accepted.headers, ...(accepted.isChanged || sent !== null ? [] : entityTag(made))]
}
