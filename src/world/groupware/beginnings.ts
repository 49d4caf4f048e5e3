import { escapeText, readComponent } from '#lib/icalendar/component.ts'
import { writeComponent } from '#lib/icalendar/write.ts'
import { solidPng } from '#lib/png.ts'
import { byRelease } from '#lib/releases.ts'
import { getApp, getAppBool } from '../settings/config.ts'
import type { World } from '../world.ts'
import * as books from './address-books.ts'
import * as objects from './calendar-objects.ts'
import * as calendars from './calendars.ts'

/** Names of the examples that an account begins with; they differ from account to account. */
export interface ExampleIds {
  readonly event?: string | undefined
  readonly contact?: string | undefined
}

/** Whether there is an example event. */
const HAS_EVENT = byRelease(false, { 32: true })
const BLUE = byRelease('#0082c9', { 30: '#00679e' })
const PRODID = '-//Sabre//Sabre VObject 4.5.6//EN'
const DAY = 86_400
/** When the example event begins on its day, and how long it takes, in hours. */
const AT = 10
const HOURS = 1

/** Make what an account has that comes for the first time: a calendar, an address book, and an example in each. */
export function begin(world: World, userId: string, ids: ExampleIds = {}): void {
  if (calendars.listOf(world, userId).length === 0) {
    const calendar = makeCalendar(world, userId)
    if (HAS_EVENT.at(world.release) && getAppBool(world, 'dav', 'create_example_event', true))
      addEvent(world, calendar, ids.event ?? madeUpName(userId))
  }
  if (books.listOf(world, userId).length > 0) return
  const book = makeBook(world, userId)
  if (getApp(world, 'dav', 'enableDefaultContact', 'yes') === 'yes')
    addContact(world, book, ids.contact ?? madeUpUuid(userId))
}

/** The first calendar of an account. */
export const makeCalendar = (world: World, userId: string): calendars.Calendar =>
  calendars.create(world, userId, calendars.PERSONAL, {
    displayName: 'Personal',
    color: getApp(world, 'theming', 'primary_color', BLUE.at(world.release)),
    components: ['VEVENT'],
  })

/** The first address book of an account. */
export const makeBook = (world: World, userId: string): books.AddressBook =>
  books.create(world, userId, books.CONTACTS, { displayName: 'Contacts' })

const EVENT_TEXT =
  'This event shows what a calendar can hold.\n\nChange it, move it to another day, invite somebody, or delete it.'

/** A week later, at ten o'clock. */
function addEvent(world: World, calendar: calendars.Calendar, uid: string): void {
  const now = world.clock.seconds()
  const start = Math.floor(now / DAY) * DAY + 7 * DAY + AT * 3600
  const data = written([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${PRODID}`,
    'CALSCALE:GREGORIAN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${compact(now)}`,
    'SUMMARY:Example event - open me!',
    `DTSTART:${compact(start)}`,
    `DTEND:${compact(start + HOURS * 3600)}`,
    `DESCRIPTION:${escapeText(EVENT_TEXT)}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ])
  objects.add(world, calendar.id, `${uid}.ics`, { data, component: 'VEVENT', uid, classification: 'public' })
}

function addContact(world: World, book: books.AddressBook, uid: string): void {
  const photo = btoa(String.fromCharCode(...solidPng(8, 8, '#00679e')))
  const data = written([
    'BEGIN:VCARD',
    'VERSION:3.0',
    `PRODID:${PRODID}`,
    `UID:${uid}`,
    'FN:Leon Green',
    'ADR;TYPE=HOME:;;123 Street Street;City;State;;Country',
    'EMAIL;TYPE=HOME:leon@example.com',
    'TEL;TYPE=HOME,VOICE:+999999999999',
    `PHOTO;ENCODING=b;TYPE=PNG:${photo}`,
    'TITLE:Manager',
    'ORG:Company',
    'BDAY;VALUE=DATE:20000101',
    'URL;VALUE=URI:www.nextcloud.com',
    `REV;VALUE=DATE-AND-OR-TIME:${compact(world.clock.seconds())}`,
    'NOTE:This is an example contact',
    'END:VCARD',
  ])
  books.addCard(world, book.id, 'default', uid, data)
}

const written = (lines: readonly string[]) => writeComponent(readComponent(lines.join('\r\n')))

const compact = (seconds: number) => new Date(seconds * 1000).toISOString().replace(/[-:]|\.\d{3}/g, '')

/** 32 letters and digits that stay the same for an account. */
function madeUpName(userId: string): string {
  let state = 7
  let id = ''
  while (id.length < 32) {
    for (const char of `${userId}/${id.length}`) state = (state * 31 + char.charCodeAt(0)) % 2_147_483_647
    id += state.toString(36)
  }
  return id.slice(0, 32)
}

/** Always the same id for the same account. */
function madeUpUuid(userId: string): string {
  let hash = 0x811c9dc5
  let digits = ''
  for (let round = 0; digits.length < 32; round++) {
    for (const char of `${round}${userId}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193)
    digits += (hash >>> 0).toString(16).padStart(8, '0')
  }
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5')
}
