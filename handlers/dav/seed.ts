import { inPlace, SeedError } from '#lib/errors.ts'
import {
  type Component,
  ComponentError,
  componentsOf,
  escapeText,
  readComponent,
  textOf,
} from '#lib/icalendar/component.ts'
import { writeComponent } from '#lib/icalendar/write.ts'
import { type Infer, s } from '#lib/schema.ts'
import * as groups from '#world/accounts/groups.ts'
import { seededAccount } from '#world/accounts/seed.ts'
import * as users from '#world/accounts/users.ts'
import * as books from '#world/groupware/address-books.ts'
import { makeBook, makeCalendar } from '#world/groupware/beginnings.ts'
import * as objects from '#world/groupware/calendar-objects.ts'
import * as calendars from '#world/groupware/calendars.ts'
import type { CollectionKind } from '#world/groupware/changes.ts'
import * as shares from '#world/groupware/shares.ts'
import { defineSeedMember } from '#world/seed.ts'
import type { World } from '#world/world.ts'

const text = (what: string) => s.optional(s.described(what, s.string()))

/** Whom something is shared with. */
const shareSeedSchema = s.object({
  user: s.optional(s.string()),
  group: s.optional(s.string()),
  write: s.optional(s.described('default: no', s.bool())),
})

const eventSeedSchema = s.object({
  uid: text('default: made up'),
  summary: text('what it is called'),
  start: text('`2026-12-10T10:00:00Z`, or a day: `2026-12-10`'),
  end: text('likewise; default: an hour or a day later'),
  location: text('where it is'),
  description: text('more about it'),
  rule: text('how it comes back: `FREQ=WEEKLY`'),
  ics: text('instead of all this, an iCalendar object'),
})

const calendarSeedSchema = s.object({
  user: s.described('whose calendar it is', s.string()),
  uri: s.described('its name in addresses: `personal`', s.string()),
  displayName: text('default: the name in addresses'),
  color: text('`#rrggbb`'),
  description: text('more about it'),
  components: s.optional(
    s.described('default: events, tasks and journals', s.list(s.literal('VEVENT', 'VTODO', 'VJOURNAL'))),
  ),
  sharedWith: s.optional(s.list(shareSeedSchema)),
  events: s.optional(s.list(eventSeedSchema)),
})

const contactSeedSchema = s.object({
  uid: text('default: made up'),
  name: text('what somebody is called'),
  emails: s.optional(s.list(s.string())),
  phone: text('a telephone number'),
  organisation: text('where somebody works'),
  birthday: text('`1990-05-17`'),
  vcard: text('instead of all this, a vCard'),
})

const bookSeedSchema = s.object({
  user: s.described('whose address book it is', s.string()),
  uri: s.described('its name in addresses: `contacts`', s.string()),
  displayName: text('default: the name in addresses'),
  description: text('more about it'),
  sharedWith: s.optional(s.list(shareSeedSchema)),
  contacts: s.optional(s.list(contactSeedSchema)),
})

export const seededCalendars = defineSeedMember({
  name: 'calendars',
  schema: s.described('calendars of accounts and what is in them', s.list(calendarSeedSchema)),
  after: ['users', 'groups', 'config'],
  read: (world, list) => {
    for (const [i, seed] of list.entries()) inPlace(i, () => seedCalendar(world, seed))
  },
})

export const seededBooks = defineSeedMember({
  name: 'addressBooks',
  schema: s.described('address books of accounts and who is in them', s.list(bookSeedSchema)),
  after: ['users', 'groups', 'config'],
  read: (world, list) => {
    for (const [i, seed] of list.entries()) inPlace(i, () => seedBook(world, seed))
  },
})

/** Who has a calendar of another name has the first one too. */
function seedCalendar(world: World, seed: Infer<typeof calendarSeedSchema>): void {
  const owner = seededAccount(world, seed.user).id
  if (calendars.listOf(world, owner).length === 0) makeCalendar(world, owner)
  const { displayName, color, description, components } = seed
  const properties = Object.fromEntries(
    Object.entries({ displayName, color, description, components }).filter(([, value]) => value !== undefined),
  )
  const known = calendars.findByUri(world, owner, seed.uri)
  if (known && Object.keys(properties).length > 0) calendars.change(world, known, properties)
  const calendar = known ?? calendars.create(world, owner, seed.uri, properties)
  shareWith(world, 'calendar', calendar.id, seed.sharedWith)
  seed.events?.forEach((event, i) => {
    inPlace('events', () => inPlace(i, () => seedEvent(world, calendar.id, event)))
  })
}

function seedBook(world: World, seed: Infer<typeof bookSeedSchema>): void {
  const owner = seededAccount(world, seed.user).id
  if (books.listOf(world, owner).length === 0) makeBook(world, owner)
  const { displayName, description } = seed
  const properties = Object.fromEntries(
    Object.entries({ displayName, description }).filter(([, value]) => value !== undefined),
  )
  const known = books.findByUri(world, owner, seed.uri)
  if (known && Object.keys(properties).length > 0) books.change(world, known, properties)
  const book = known ?? books.create(world, owner, seed.uri, properties)
  shareWith(world, 'addressbook', book.id, seed.sharedWith)
  seed.contacts?.forEach((contact, i) => {
    inPlace('contacts', () => inPlace(i, () => seedContact(world, book.id, contact)))
  })
}

function shareWith(
  world: World,
  kind: CollectionKind,
  id: number,
  list: readonly Infer<typeof shareSeedSchema>[] = [],
): void {
  list.forEach(({ user, group, write }, i) => {
    inPlace('sharedWith', () =>
      inPlace(i, () => {
        if ((user === undefined) === (group === undefined)) throw new SeedError([], 'it needs a "user" or a "group".')
        const found = user === undefined ? groups.find(world, group!) : users.find(world, user)
        if (!found) throw new SeedError([], `there is no ${user === undefined ? 'group' : 'account'} of this name.`)
        const principal =
          user === undefined ? `principals/groups/${encodeURIComponent(found.id)}` : `principals/users/${found.id}`
        shares.share(world, kind, id, principal, write ? 'read-write' : 'read')
      }),
    )
  })
}

function parsed(member: string, given: string): Component {
  return inPlace(member, () => {
    try {
      return readComponent(given)
    } catch (error) {
      if (error instanceof ComponentError) throw new SeedError([], `it cannot be read: ${error.message}.`)
      throw error
    }
  })
}

/** `2026-12-10T10:00:00Z` as `:20261210T100000Z`, a day as `;VALUE=DATE:20261210`. */
function timeText(member: string, given: string): string {
  const compact = given.replace(/[-:]|\.\d+/g, '')
  if (/^\d{8}$/.test(compact)) return `;VALUE=DATE:${compact}`
  if (/^\d{8}T\d{6}Z?$/.test(compact)) return `:${compact}`
  throw new SeedError([member], `"${given}" is no day and no time. Write 2026-12-10 or 2026-12-10T10:00:00Z.`)
}

function seedEvent(world: World, calendarId: number, seed: Infer<typeof eventSeedSchema>): void {
  const document = seed.ics === undefined ? eventOf(world, seed) : parsed('ics', seed.ics)
  const component = componentsOf(document).find(({ name }) => name !== 'VTIMEZONE')
  const uid = component && textOf(component, 'UID')
  if (!component || uid === undefined) throw new SeedError(['ics'], 'it needs a component with a UID.')
  const data = writeComponent(document)
  const secrecy = textOf(component, 'CLASS')?.toLowerCase()
  const classification = secrecy === 'private' || secrecy === 'confidential' ? secrecy : 'public'
  const added = objects.add(world, calendarId, `${uid}.ics`, { data, component: component.name, uid, classification })
  if (typeof added === 'string') throw new SeedError(['uid'], `"${uid}" is in this calendar already.`)
}

function eventOf(world: World, seed: Infer<typeof eventSeedSchema>): Component {
  if (seed.start === undefined) throw new SeedError(['start'], 'an event has a beginning.')
  const stamp = new Date(world.clock.seconds() * 1000).toISOString().replace(/[-:]|\.\d{3}/g, '')
  const start = timeText('start', seed.start)
  const line = (name: string, value: string | undefined) =>
    value === undefined ? [] : [`${name}:${escapeText(value)}`]
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Sabre//Sabre VObject 4.5.6//EN', 'BEGIN:VEVENT'],
    ...line('UID', seed.uid ?? world.random.uuid()),
    `DTSTAMP:${stamp}`,
    `DTSTART${start}`,
    ...(seed.end === undefined
      ? [start.startsWith(':') ? 'DURATION:PT1H' : 'DURATION:P1D']
      : [`DTEND${timeText('end', seed.end)}`]),
    ...(seed.rule === undefined ? [] : [`RRULE:${seed.rule}`]),
    ...line('SUMMARY', seed.summary),
    ...line('LOCATION', seed.location),
    ...line('DESCRIPTION', seed.description),
    ...['END:VEVENT', 'END:VCALENDAR'],
  ]
  return readComponent(lines.join('\r\n'))
}

function seedContact(world: World, bookId: number, seed: Infer<typeof contactSeedSchema>): void {
  const card = seed.vcard === undefined ? cardOf(world, seed) : parsed('vcard', seed.vcard)
  const uid = textOf(card, 'UID')
  if (uid === undefined) throw new SeedError(['vcard'], 'it needs a UID.')
  const added = books.addCard(world, bookId, `${uid}.vcf`, uid, writeComponent(card))
  if (added === 'uid-exists') throw new SeedError(['uid'], `"${uid}" is in this address book already.`)
}

function cardOf(world: World, seed: Infer<typeof contactSeedSchema>): Component {
  if (seed.name === undefined) throw new SeedError(['name'], 'a contact has a name.')
  const line = (name: string, value: string | undefined) =>
    value === undefined ? [] : [`${name}:${escapeText(value)}`]
  const lines = [
    ...['BEGIN:VCARD', 'VERSION:3.0', 'PRODID:-//Sabre//Sabre VObject 4.5.6//EN'],
    ...line('UID', seed.uid ?? world.random.uuid()),
    ...line('FN', seed.name),
    ...(seed.emails ?? []).flatMap((email) => line('EMAIL', email)),
    ...line('TEL', seed.phone),
    ...line('ORG', seed.organisation),
    ...(seed.birthday === undefined ? [] : [`BDAY:${seed.birthday.replaceAll('-', '')}`]),
    'END:VCARD',
  ]
  return readComponent(lines.join('\r\n'))
}
