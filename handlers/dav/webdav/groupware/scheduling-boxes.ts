import type { AccessControl, Privilege } from '#dav/acl.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d, element, writeXml } from '#dav/xml.ts'
import { httpDate } from '#lib/http-date.ts'
import {
  ComponentError,
  componentsOf,
  propertiesOf,
  property,
  propertyOf,
  readComponent,
} from '#lib/icalendar/component.ts'
import { momentAt, timeOf } from '#lib/icalendar/time.ts'
import { writeComponent } from '#lib/icalendar/write.ts'
import type { Answer } from '#line/call.ts'
import { badRequest, forbidden, notFound, notImplemented } from '#line/dav-exit.ts'
import { contentFrom } from '#world/files/content.ts'
import * as objects from '#world/groupware/calendar-objects.ts'
import * as calendars from '#world/groupware/calendars.ts'
import * as inbox from '#world/groupware/inbox.ts'
import { attachment } from './calendar-object.ts'
import { OBJECT_CONTAINER } from './calendar-properties.ts'
import { reportObjects } from './calendar-reports.ts'
import { groupwareResource } from './collections.ts'
import { freeBusy } from './free-busy.ts'
import { cal, reportsOf } from './names.ts'
import { accountOf } from './scheduling.ts'
import { reportSync } from './sync.ts'

const parts = (...names: readonly string[]): Privilege[] => names.map((name) => ({ name: cal(name) }))

const DELIVER: Privilege = {
  name: cal('schedule-deliver'),
  parts: parts('schedule-deliver-invite', 'schedule-deliver-reply', 'schedule-query-freebusy'),
}
const SEND: Privilege = {
  name: cal('schedule-send'),
  parts: parts('schedule-send-invite', 'schedule-send-reply', 'schedule-send-freebusy', 'schedule-post-vevent'),
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

/** Where clients send what is to be delivered; only questions about when others are busy are. */
export function outboxResource(dav: DavContext, owner: string): Resource {
  const principal = `principals/users/${owner}`
  return groupwareResource(dav, {
    path: `calendars/${owner}/outbox`,
    collection: true,
    acl: {
      owner: principal,
      grants: [
        { principal, privilege: d('read') },
        { principal: `${principal}/calendar-proxy-read`, privilege: d('read') },
        { principal: `${principal}/calendar-proxy-write`, privilege: d('read') },
        { principal, privilege: cal('schedule-send') },
        { principal: `${principal}/calendar-proxy-write`, privilege: cal('schedule-send') },
      ],
      more: { all: [SEND] },
    },
    reports: reportsOf({}),
    methods: ['POST'],
    property: (name) =>
      name === d('resourcetype') ? [element(d('collection')), element(cal('schedule-outbox'))] : undefined,
    members: () => [],
    post: (body) => answerOutbox(dav, body),
  })
}

function answerOutbox(dav: DavContext, body: Uint8Array): Answer | undefined {
  if (!dav.call.header('content-type').startsWith('text/calendar')) return undefined
  const question = read(new TextDecoder().decode(body))
  const method = propertyOf(question, 'METHOD')?.value.toUpperCase()
  if (method === undefined) throw badRequest('A METHOD property must be specified in iTIP messages')
  const [asked] = componentsOf(question, 'VFREEBUSY')
  if (!asked || method !== 'REQUEST') throw notImplemented('We only support VFREEBUSY (REQUEST) on this endpoint')
  const responses = propertiesOf(asked, 'ATTENDEE').map((attendee) => {
    const data = busyTimes(dav, asked, attendee.value)
    return element(cal('response'), [
      element(cal('recipient'), [element(d('href'), attendee.value)]),
      element(cal('request-status'), data === null ? '3.7;Could not find principal' : '2.0;Success'),
      ...(data === null ? [] : [element(cal('calendar-data'), data)]),
    ])
  })
  const document = writeXml(element(cal('schedule-response'), responses), dav.server.namespaces, '  ')
  return {
    status: 200,
    headers: [['Content-Type', 'application/xml']],
    body: document.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-8"?>'),
  }
}

function read(text: string) {
  try {
    return readComponent(text)
  } catch (error) {
    if (!(error instanceof ComponentError)) throw error
    throw badRequest(`The request body must be a valid iCalendar object. Parse error: ${error.message}`)
  }
}

type Asked = ReturnType<typeof componentsOf>[number]

/** When an account is busy, as it tells others; `null`: it is none of this server. */
function busyTimes({ world }: DavContext, asked: Asked, address: string): string | null {
  const user = accountOf(world, address)
  if (!user) return null
  const moment = (name: string) => momentAt(timeOf(propertyOf(asked, name) ?? property(name, '19700101T000000Z')))
  const mine = calendars
    .listOf(world, user.id)
    .filter(({ transparent, deletedAt }) => !transparent && deletedAt === null)
    .flatMap(({ id }) => objects.listOf(world, id))
    .map(({ data }) => readComponent(data))
  const uid = propertyOf(asked, 'UID')
  const organizer = propertyOf(asked, 'ORGANIZER')
  const answer = freeBusy(mine, moment('DTSTART'), moment('DTEND'), world.clock.seconds(), {
    method: 'REPLY',
    properties: [property('ATTENDEE', address), ...(uid ? [uid] : []), ...(organizer ? [organizer] : [])],
  })
  return writeComponent(answer).replaceAll('\r', '')
}
