import type { AccessControl, Privilege } from '#dav/acl.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d, element } from '#dav/xml.ts'
import { httpDate } from '#lib/http-date.ts'
import { forbidden, notFound } from '#line/dav-exit.ts'
import { contentFrom } from '#world/files/content.ts'
import * as inbox from '#world/groupware/inbox.ts'
import { attachment } from './calendar-object.ts'
import { OBJECT_CONTAINER } from './calendar-properties.ts'
import { reportObjects } from './calendar-reports.ts'
import { groupwareResource } from './collections.ts'
import { cal, partsOf, reportsOf } from './names.ts'
import { reportSync } from './sync.ts'

const DELIVER: Privilege = {
  name: cal('schedule-deliver'),
  parts: partsOf('schedule-deliver-invite', 'schedule-deliver-reply', 'schedule-query-freebusy'),
}
/** Where messages about appointments come in. */
export function inboxResource(dav: DavContext, owner: string): Resource {
  const path = `calendars/${owner}/inbox`
  const principal = `principals/users/${owner}`
  const access: AccessControl = {
    owner: principal,
    grants: [
      { principal: d('authenticated'), privilege: d('read') },
      { principal, privilege: d('write-properties') },
      { principal, privilege: d('unbind') },
      { principal: `${principal}/calendar-proxy-write`, privilege: d('unbind') },
      { principal: d('authenticated'), privilege: cal('schedule-deliver') },
    ],
    more: { all: [DELIVER] },
  }
  const members = () => inbox.listOf(dav.world, owner).map((message) => messageResource(dav, path, message))
  const resource: Resource = groupwareResource(dav, {
    path,
    collection: true,
    acl: access,
    reports: reportsOf({ middle: [cal('calendar-multiget'), cal('calendar-query')] }),
    property: (name) =>
      name === d('resourcetype')
        ? [element(d('collection')), element(cal('schedule-inbox'))]
        : OBJECT_CONTAINER.get(name),
    members,
    report: (root) =>
      reportObjects(dav, resource, root, { timezone: null, objects: members }) ??
      reportSync(dav, resource, root, undefined),
  })
  return resource
}

export function findMessage(dav: DavContext, owner: string, uri: string): Resource {
  const found = inbox.listOf(dav.world, owner).find((message) => message.uri === uri)
  if (!found) throw notFound('')
  return messageResource(dav, `calendars/${owner}/inbox`, found)
}

function messageResource(dav: DavContext, path: string, message: inbox.SchedulingMessage): Resource {
  const principal = `principals/users/${message.owner}`
  const bytes = new TextEncoder().encode(message.data)
  const type = 'text/calendar; charset=utf-8'
  return groupwareResource(dav, {
    path: `${path}/${message.uri}`,
    collection: false,
    etag: inbox.etagOf(message),
    lastModified: message.modifiedAt,
    acl: {
      owner: principal,
      grants: [
        { principal: d('owner'), privilege: d('all') },
        { principal: `${principal}/calendar-proxy-write`, privilege: d('all') },
        { principal: `${principal}/calendar-proxy-read`, privilege: d('read') },
      ],
    },
    reports: reportsOf({ middle: [cal('calendar-multiget'), cal('calendar-query')] }),
    property(name) {
      if (name === d('resourcetype')) return []
      if (name === d('getcontenttype')) return type
      if (name === d('getlastmodified')) return httpDate(message.modifiedAt)
      if (name === d('getcontentlength')) return bytes.length
      return name === cal('calendar-data') ? message.data.replaceAll('\r', '') : undefined
    },
    download: () => ({
      content: contentFrom(bytes),
      size: bytes.length,
      type,
      headers: [['Content-Disposition', attachment(message.uri)]],
    }),
    put: () => {
      throw forbidden('Updating scheduling objects is not allowed')
    },
    remove: () => {
      inbox.remove(dav.world, message)
    },
  })
}
