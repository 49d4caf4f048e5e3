import { type Privilege, requirePrivilege } from '#dav/acl.ts'
import type { DavContext, Resource } from '#dav/resource.ts'
import { d, element, writeXml } from '#dav/xml.ts'
import {
  type Component,
  ComponentError,
  componentsOf,
  type Property,
  propertiesOf,
  property,
  propertyOf,
  readComponent,
  textOf,
} from '#lib/icalendar/component.ts'
import { momentAt, timeOf } from '#lib/icalendar/time.ts'
import { writeComponent } from '#lib/icalendar/write.ts'
import type { Answer } from '#line/call.ts'
import { badRequest, forbidden, notImplemented } from '#line/dav-exit.ts'
import * as properties from '../../state/file-properties.ts'
import { findByEmail } from '../principal-search.ts'
import { findPrincipal } from '../principals.ts'
import { visibleObjects } from './calendar-object.ts'
import { viewsOf } from './calendar-view.ts'
import { groupwareResource } from './collections.ts'
import { zoneOfCalendar } from './expand.ts'
import { freeBusy } from './free-busy.ts'
import { cal, partsOf, reportsOf } from './names.ts'
import { postedDocument } from './share-request.ts'

const SEND_BUSY = cal('schedule-send-freebusy')
const SEND: Privilege = {
  name: cal('schedule-send'),
  parts: [
    ...partsOf('schedule-send-invite', 'schedule-send-reply'),
    { name: SEND_BUSY },
    ...partsOf('schedule-post-vevent'),
  ],
}

/** Where clients send what is to be delivered; only questions about when others are busy are. */
export function outboxResource(dav: DavContext, owner: string): Resource {
  const principal = `principals/users/${owner}`
  const resource: Resource = groupwareResource(dav, {
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
    post(body) {
      postedDocument(dav, body)
      if (!dav.call.header('content-type').startsWith('text/calendar')) return undefined
      const question = read(new TextDecoder().decode(body))
      requireQuestion(question)
      requirePrivilege(dav, resource, SEND_BUSY)
      return answerQuestion(dav, owner, componentsOf(question, 'VFREEBUSY')[0]!)
    },
  })
  return resource
}

function read(text: string): Component {
  try {
    return readComponent(text)
  } catch (error) {
    if (!(error instanceof ComponentError)) throw error
    throw badRequest(`The request body must be a valid iCalendar object. Parse error: ${error.message}`)
  }
}

/** @throws DavError 400, 501 */
function requireQuestion(question: Component): void {
  const first = componentsOf(question).find(({ name }) => name !== 'VTIMEZONE')
  if (!first) throw badRequest('We expected at least one VTODO, VJOURNAL, VFREEBUSY or VEVENT component')
  const method = propertyOf(question, 'METHOD')?.value.toUpperCase() ?? ''
  if (method === '') throw badRequest('A METHOD property must be specified in iTIP messages')
  if (first.name !== 'VFREEBUSY' || method !== 'REQUEST') {
    throw notImplemented('We only support VFREEBUSY (REQUEST) on this endpoint')
  }
}

interface Question {
  readonly start: number
  readonly end: number
  readonly uid: string
  readonly organizer: Property
}

function answerQuestion(dav: DavContext, owner: string, asked: Component): Answer {
  const organizer = propertyOf(asked, 'ORGANIZER')
  if (!organizer || !addressesOf(dav, owner).includes(organizer.value)) {
    throw forbidden('The organizer in the request did not match any of the addresses for the owner of this inbox')
  }
  const attendees = propertiesOf(asked, 'ATTENDEE')
  if (attendees.length === 0) throw badRequest('You must at least specify 1 attendee')
  const [start, end] = [propertyOf(asked, 'DTSTART'), propertyOf(asked, 'DTEND')]
  if (!start || !end) throw badRequest('DTSTART and DTEND must both be specified')
  const question = {
    start: momentAt(timeOf(start)),
    end: momentAt(timeOf(end)),
    uid: textOf(asked, 'UID') ?? '',
    organizer,
  }
  const responses = attendees.map(({ value }) => {
    const email = value.replace(/^mailto:/, '')
    const data = busyTimes(dav, question, email)
    return element(cal('response'), [
      element(cal('recipient'), [element(d('href'), `mailto:${email}`)]),
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

/** What appointments call an account: its mail addresses, and the address of its principal. */
function addressesOf(dav: DavContext, owner: string): string[] {
  const set = findPrincipal(dav, ['users', owner]).property(cal('calendar-user-address-set'))
  return Array.isArray(set) ? set.map(({ content }) => String(content)) : []
}

/** When an account is busy, as it tells others; `null`: whoever asks may find none of that address. */
function busyTimes(dav: DavContext, { start, end, uid, organizer }: Question, email: string): string | null {
  const { world } = dav
  const userId = findByEmail(dav, email)
  if (userId === undefined) return null
  const views = viewsOf(world, userId).filter(({ calendar }) => !calendar.transparent && calendar.deletedAt === null)
  const mine = views.flatMap((view) => visibleObjects(dav, view)).map(({ data }) => readComponent(data))
  const timezone = views.findLast(({ calendar }) => calendar.timezone !== null)?.calendar.timezone ?? null
  const availability = properties.find(world, userId, `calendars/${userId}/inbox`, cal('calendar-availability'))
  const answer = freeBusy(mine, start, end, world.clock.seconds(), {
    method: 'REPLY',
    properties: [property('ATTENDEE', `mailto:${email}`), property('UID', uid), organizer],
    zone: zoneOfCalendar(timezone),
    availability: typeof availability === 'string' ? readComponent(availability) : undefined,
  })
  return writeComponent(answer).replaceAll('\r', '')
}
