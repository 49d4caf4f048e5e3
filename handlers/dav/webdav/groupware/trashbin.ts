import type { Grant } from '#dav/acl.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d, element } from '#dav/xml.ts'
import { atomDate } from '#lib/http-date.ts'
import { forbidden, notFound, notImplemented } from '#line/dav-exit.ts'
import * as objects from '#world/groupware/calendar-objects.ts'
import * as calendars from '#world/groupware/calendars.ts'
import { objectDownload, objectType } from './calendar-object.ts'
import { OBJECT_CONTAINER } from './calendar-properties.ts'
import { reportObjects } from './calendar-reports.ts'
import { type CalendarView, viewsOf } from './calendar-view.ts'
import { groupwareResource } from './collections.ts'
import { cal, ncCom, reportsOf } from './names.ts'

const user = (id: string) => `principals/users/${id}`

/** The trash of an account's calendars. */
export function trashbin(dav: DavContext, owner: string): Resource {
  const principal = user(owner)
  const refuse = (message: string) => () => {
    throw forbidden(message)
  }
  return groupwareResource(dav, {
    path: `calendars/${owner}/trashbin`,
    collection: true,
    acl: {
      owner: principal,
      grants: [
        { principal, privilege: d('all') },
        { principal: `${principal}/calendar-proxy-write`, privilege: d('all') },
        { principal: `${principal}/calendar-proxy-read`, privilege: d('read') },
      ],
    },
    reports: reportsOf({}),
    property(name) {
      if (name === d('resourcetype')) return [element(d('collection')), element(ncCom('trash-bin'))]
      return name === ncCom('trash-bin-retention-duration') ? calendars.retention(dav.world) : undefined
    },
    members: () => [restoreTarget(dav, owner), trashedObjects(dav, owner)],
    createFile: refuse('Permission denied to create files in the trashbin'),
    createFolder: refuse('Permission denied to create a directory in the trashbin'),
    remove: refuse('Permission denied to delete the trashbin'),
  })
}

/** What is moved into this comes back to where it was. */
export interface Restores {
  readonly isRestoring: true
}

function restoreTarget(dav: DavContext, owner: string): Resource & Restores {
  const resource = groupwareResource(dav, {
    path: `calendars/${owner}/trashbin/restore`,
    collection: true,
    acl: { owner: null, grants: [{ principal: d('authenticated'), privilege: d('all') }] },
    reports: reportsOf({}),
    property: (name) => (name === d('resourcetype') ? [element(d('collection'))] : undefined),
    members: () => [],
    remove: () => {
      throw forbidden('')
    },
    createFile: () => {
      throw forbidden('')
    },
  })
  return { ...resource, isRestoring: true }
}

export const isRestoring = (resource: Resource): boolean => 'isRestoring' in resource

function trashedObjects(dav: DavContext, owner: string): Resource {
  const principal = user(owner)
  const own = (name: string, ...privileges: readonly string[]): Grant[] =>
    privileges.map((privilege) => ({ principal: principal + name, privilege: d(privilege) }))
  const resource: Resource = groupwareResource(dav, {
    path: `calendars/${owner}/trashbin/objects`,
    collection: true,
    acl: {
      owner: principal,
      grants: [
        ...own('', 'read', 'unbind'),
        ...own('/calendar-proxy-write', 'read', 'unbind'),
        ...own('/calendar-proxy-read', 'read'),
      ],
    },
    reports: reportsOf({ middle: [cal('calendar-multiget'), cal('calendar-query')] }),
    property: (name) => (name === d('resourcetype') ? [element(d('collection'))] : OBJECT_CONTAINER.get(name)),
    members: () => {
      throw notImplemented('')
    },
    remove: () => {
      throw forbidden('')
    },
    createFile: () => {
      throw forbidden('')
    },
    report: (root) =>
      reportObjects(dav, resource, root, {
        timezone: null,
        isUnfiltered: true,
        objects: () =>
          viewsOf(dav.world, owner)
            .flatMap((view) => objects.trashOf(dav.world, view.calendar.id).map((object) => ({ view, object })))
            .sort((a, b) => a.object.id - b.object.id)
            .map(({ view, object }) => trashedObject(dav, owner, view, object)),
      }),
  })
  return resource
}

function trashedObject(dav: DavContext, owner: string, view: CalendarView, object: objects.CalendarObject): Resource {
  const { world } = dav
  const principal = user(owner)
  const mayChange = view.access === 'own' || view.access === 'read-write'
  const grants: Grant[] = ['', '/calendar-proxy-write', '/calendar-proxy-read'].map((name) => ({
    principal: principal + name,
    privilege: d('read'),
  }))
  return groupwareResource(dav, {
    path: `calendars/${owner}/trashbin/objects/${object.id}.ics`,
    collection: false,
    etag: objects.etagOf(object),
    acl: {
      owner: principal,
      grants: [...grants, ...(mayChange ? [{ principal, privilege: d('unbind') }] : [])],
    },
    reports: reportsOf({ middle: [cal('calendar-multiget'), cal('calendar-query')] }),
    property(name) {
      switch (name) {
        case d('resourcetype'):
          return []
        case d('getcontenttype'):
          return objectType(object)
        case d('getcontentlength'):
          return objects.sizeOf(object)
        case cal('calendar-data'):
          return object.data.replaceAll('\r', '')
        case ncCom('deleted-at'):
          return atomDate(object.deletedAt!)
        case ncCom('calendar-uri'):
          return view.uri
        case ncCom('source-calendar-uri'):
          return view.calendar.uri
        case ncCom('calendar-owner-principal-uri'):
          return user(view.calendar.owner)
        default:
          return undefined
      }
    },
    download: () => objectDownload(dav, object.data, objectType(object), `${object.id}.ics`),
    put: () => {
      throw forbidden('')
    },
    remove() {
      if (!mayChange) throw forbidden('Read-only sharees cannot permanently delete trashbin entries')
      objects.remove(world, object, true)
    },
    move(target) {
      if (!isRestoring(target.parent)) throw forbidden('Permission denied to move node')
      if (!mayChange) throw forbidden('Read-only sharees cannot restore trashbin entries')
      const outcome = objects.restore(world, object)
      if (outcome === 'restored') return []
      throw forbidden(
        `Can not restore calendar ${object.id} because a calendar object with the URI ${outcome.taken} already exists`,
      )
    },
  })
}

/** `trashbin/objects/8.ics` and what is above it. */
export function findInTrash(dav: DavContext, owner: string, [kind, name, ...rest]: string[]): Resource {
  if (kind === undefined) return trashbin(dav, owner)
  if (kind === 'restore' && name === undefined) return restoreTarget(dav, owner)
  if (kind !== 'objects') throw notFound('')
  if (name === undefined) return trashedObjects(dav, owner)
  const id = /(\d+)\.ics/.exec(name)?.[1]
  for (const view of id === undefined || rest.length > 0 ? [] : viewsOf(dav.world, owner)) {
    const object = objects.trashOf(dav.world, view.calendar.id).find((one) => one.id === Number(id))
    if (object) return trashedObject(dav, owner, view, object)
  }
  throw notFound('')
}
