import type { DavContext } from '#dav/resource.ts'
import {
  type Component,
  componentsOf,
  copyOf,
  type Property,
  propertiesOf,
  property,
  propertyOf,
  readComponent,
  textOf,
} from '#lib/icalendar/component.ts'
import { utcText } from '#lib/icalendar/time.ts'
import { PRODID } from '#lib/icalendar/validate.ts'
import { writeComponent } from '#lib/icalendar/write.ts'
import * as users from '#world/accounts/users.ts'
import * as objects from '#world/groupware/calendar-objects.ts'
import * as calendars from '#world/groupware/calendars.ts'
import * as inbox from '#world/groupware/inbox.ts'
import { getUser } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import { describeObject } from './read-object.ts'

/** Nobody sends mail: what was not delivered here has failed (Nextcloud 34.0.1 without a mail server, asked). */
const FAILED = '5.0'

type Method = 'REQUEST' | 'CANCEL' | 'REPLY'

const addressIn = ({ value }: Property): string => value.toLowerCase()
const ownAddress = (world: World, userId: string): string | null => {
  const email = users.find(world, userId)?.email ?? null
  return email === null ? null : `mailto:${email.toLowerCase()}`
}

/** The account that an address means. */
export function accountOf(world: World, address: string): users.User | undefined {
  const mail = /^mailto:(.*)$/i.exec(address)?.[1]
  if (mail !== undefined) return users.findByEmail(world, mail)[0]
  const name = /principals\/users\/([^/]+)\/?$/.exec(address)?.[1]
  return name === undefined ? undefined : users.find(world, decodeURIComponent(name))
}

const masterOf = (document: Component): Component | undefined => {
  const events = componentsOf(document, 'VEVENT')
  return events.find((event) => !propertyOf(event, 'RECURRENCE-ID')) ?? events[0]
}

/**
 * Tell those who take part in an appointment that it was made, changed or deleted, or its organiser who comes.
 * @param before `null`: it is new
 * @param after `null`: it is deleted
 * @returns the object with what became of its messages; `null`: it is not changed
 */
export function schedule(dav: DavContext, userId: string, before: string | null, after: string | null): string | null {
  if (dav.call.header('schedule-reply').toUpperCase() === 'F') return null
  const { world } = dav
  const own = ownAddress(world, userId)
  const document = readComponent(after ?? before!)
  const event = masterOf(document)
  const organizer = event && propertyOf(event, 'ORGANIZER')
  if (!event || !organizer || own === null) return null
  if (addressIn(organizer) === own) return tellAttendees(world, own, before, document, after !== null)
  const isAttending = propertiesOf(event, 'ATTENDEE').some((attendee) => addressIn(attendee) === own)
  return isAttending ? tellOrganizer(world, own, before, document, after !== null) : null
}

function tellAttendees(
  world: World,
  own: string,
  before: string | null,
  document: Component,
  isThere: boolean,
): string | null {
  const old = before === null ? undefined : masterOf(readComponent(before))
  const others = (event: Component | undefined) =>
    event ? propertiesOf(event, 'ATTENDEE').filter((attendee) => addressIn(attendee) !== own) : []
  const invited = isThere ? others(masterOf(document)) : []
  const gone = others(old).filter((attendee) => !invited.some((one) => addressIn(one) === addressIn(attendee)))
  for (const attendee of gone)
    deliver(world, attendee.value, 'CANCEL', isThere && before !== null ? readComponent(before) : document)
  for (const attendee of invited) deliver(world, attendee.value, 'REQUEST', document)
  if (invited.length === 0) return null
  for (const event of componentsOf(document, 'VEVENT')) {
    for (const attendee of others(event)) attendee.params.set('SCHEDULE-STATUS', [FAILED])
  }
  return writeComponent(document)
}

/** Put a message into the inbox of an account, and what it says into its calendar. */
function deliver(world: World, address: string, method: Method, document: Component): void {
  const user = accountOf(world, address)
  if (!user) return
  const message = messageOf(method, document)
  const uri = `sabredav-${world.random.uuid()}.ics`
  inbox.add(world, user.id, uri, writeComponent(message))
  const uid = textOf(masterOf(message)!, 'UID') ?? ''
  const known = findByUid(world, user.id, uid)
  if (method === 'CANCEL') {
    if (known) cancel(world, known, message)
    return
  }
  const calendar = defaultCalendar(world, user.id)
  if (known) replaceEvents(world, known, message)
  else if (calendar) {
    const header = [property('VERSION', '2.0'), property('PRODID', PRODID), property('CALSCALE', 'GREGORIAN')]
    const made: Component = { name: 'VCALENDAR', children: [...header, ...componentsOf(message)] }
    objects.add(world, calendar.id, uri, describeObject(writeComponent(made), made))
  }
}

/** The calendar that invitations come into. */
export function defaultCalendar(world: World, userId: string): calendars.Calendar | undefined {
  const wanted = getUser(world, userId, 'dav', 'defaultCalendar', calendars.PERSONAL)
  const mine = calendars
    .listOf(world, userId)
    .filter(({ deletedAt, uri }) => deletedAt === null && uri !== calendars.BIRTHDAYS)
  return mine.find(({ uri }) => uri === wanted) ?? mine.find(({ components }) => components.includes('VEVENT'))
}

function findByUid(world: World, userId: string, uid: string): objects.CalendarObject | undefined {
  return calendars
    .listOf(world, userId)
    .flatMap(({ id }) => objects.listOf(world, id))
    .find((object) => object.uid === uid)
}

/** What is sent of an appointment: without what only its keeper knows of it. */
function messageOf(method: Method, document: Component): Component {
  const header = document.children.filter(
    (child): child is Property => !('children' in child) && ['VERSION', 'PRODID', 'CALSCALE'].includes(child.name),
  )
  const components = componentsOf(document).map((component) => {
    const copy = copyOf(component)
    if (copy.name !== 'VEVENT') return copy
    for (const attendee of propertiesOf(copy, 'ATTENDEE')) {
      for (const name of attendee.params.keys()) if (name.startsWith('SCHEDULE-')) attendee.params.delete(name)
      if (method === 'REQUEST' && !attendee.params.has('PARTSTAT')) attendee.params.set('PARTSTAT', ['NEEDS-ACTION'])
    }
    const sequence = propertyOf(copy, 'SEQUENCE')
    if (method === 'CANCEL') {
      const next = String((Number.parseInt(sequence?.value ?? '0', 10) || 0) + 1)
      copy.children = copy.children.filter(({ name }) => name !== 'SEQUENCE' && name !== 'STATUS')
      copy.children.push(property('SEQUENCE', next), property('STATUS', 'CANCELLED'))
    } else if (!sequence) copy.children.push(property('SEQUENCE', '0'))
    return copy
  })
  return { name: 'VCALENDAR', children: [...header, property('METHOD', method), ...components] }
}

function replaceEvents(world: World, known: objects.CalendarObject, message: Component): void {
  const document = readComponent(known.data)
  document.children = [...document.children.filter((child) => !('children' in child)), ...componentsOf(message)]
  objects.replace(world, known, describeObject(writeComponent(document), document))
}

function cancel(world: World, known: objects.CalendarObject, message: Component): void {
  const document = readComponent(known.data)
  const sequence = propertyOf(masterOf(message)!, 'SEQUENCE')!.value
  for (const event of componentsOf(document, 'VEVENT')) {
    event.children = event.children.filter(({ name }) => name !== 'SEQUENCE' && name !== 'STATUS')
    event.children.push(property('SEQUENCE', sequence), property('STATUS', 'CANCELLED'))
  }
  objects.replace(world, known, describeObject(writeComponent(document), document))
}

/** Who takes part says whether: the organiser's event knows it then. */
function tellOrganizer(
  world: World,
  own: string,
  before: string | null,
  document: Component,
  isThere: boolean,
): string | null {
  const event = masterOf(document)!
  const answerIn = (component: Component | undefined) =>
    component && propertiesOf(component, 'ATTENDEE').find((attendee) => addressIn(attendee) === own)
  const said = isThere ? (answerIn(event)?.params.get('PARTSTAT')?.[0] ?? 'NEEDS-ACTION') : 'DECLINED'
  const old = before === null ? undefined : masterOf(readComponent(before))
  const known = answerIn(old)?.params.get('PARTSTAT')?.[0] ?? 'NEEDS-ACTION'
  if (said === known || (before === null && said === 'NEEDS-ACTION')) return null
  const organizer = propertyOf(event, 'ORGANIZER')!
  const user = accountOf(world, organizer.value)
  if (user) {
    inbox.add(world, user.id, `sabredav-${world.random.uuid()}.ics`, writeComponent(replyOf(world, event, own, said)))
    const theirs = findByUid(world, user.id, textOf(event, 'UID') ?? '')
    if (theirs) takeReply(world, theirs, own, said)
  }
  if (!isThere) return null
  for (const one of componentsOf(document, 'VEVENT')) {
    propertyOf(one, 'ORGANIZER')?.params.set('SCHEDULE-STATUS', [FAILED])
  }
  return writeComponent(document)
}

function replyOf(world: World, event: Component, own: string, said: string): Component {
  const copied = ['DTSTART', 'DTEND', 'SUMMARY', 'ORGANIZER'].flatMap((name) => propertiesOf(event, name).map(copyOf))
  const attendee = propertiesOf(event, 'ATTENDEE').find((one) => addressIn(one) === own)!
  const name = attendee.params.get('CN')
  const reply: Component = {
    name: 'VEVENT',
    children: [
      property('UID', propertyOf(event, 'UID')?.value ?? ''),
      property('DTSTAMP', utcText(world.clock.seconds())),
      property('SEQUENCE', propertyOf(event, 'SEQUENCE')?.value ?? ''),
      ...copied,
      property('ATTENDEE', attendee.value, [['PARTSTAT', [said]], ...(name ? [['CN', name] as const] : [])]),
    ],
  }
  const header = [property('VERSION', '2.0'), property('PRODID', PRODID), property('CALSCALE', 'GREGORIAN')]
  return { name: 'VCALENDAR', children: [...header, property('METHOD', 'REPLY'), reply] }
}

function takeReply(world: World, theirs: objects.CalendarObject, own: string, said: string): void {
  const document = readComponent(theirs.data)
  for (const event of componentsOf(document, 'VEVENT')) {
    const organizer = propertyOf(event, 'ORGANIZER')
    for (const attendee of propertiesOf(event, 'ATTENDEE')) {
      if (addressIn(attendee) === own) {
        attendee.params.delete('RSVP')
        attendee.params.set('SCHEDULE-STATUS', ['2.0'])
        attendee.params.delete('PARTSTAT')
        attendee.params.set('PARTSTAT', [said])
      } else if (!organizer || addressIn(attendee) !== addressIn(organizer)) {
        attendee.params.set('SCHEDULE-STATUS', ['1.0'])
      }
    }
  }
  objects.replace(world, theirs, describeObject(writeComponent(document), document))
}
