import { type Component, escapeText, propertyOf, readComponent, textOf } from '#lib/icalendar/component.ts'
import { writeComponent } from '#lib/icalendar/write.ts'
import { getApp, getUser } from '../settings/config.ts'
import type { World } from '../world.ts'
import type { AddressBook, Card } from './address-books.ts'
import * as books from './address-books.ts'
import * as objects from './calendar-objects.ts'
import * as calendars from './calendars.ts'
import { receivedBy, seersOf } from './shares.ts'

/** What of a contact comes back every year. */
interface Anniversary {
  readonly field: string
  readonly postfix: string
  title(name: string): string
}

const ANNIVERSARIES: readonly Anniversary[] = [
  { field: 'BDAY', postfix: '', title: (name) => `🎂 ${name}` },
  { field: 'DEATHDATE', postfix: '-death', title: (name) => `Death of ${name}` },
  { field: 'ANNIVERSARY', postfix: '-anniversary', title: (name) => `💍 ${name}` },
]

/** Apple's clients say this year where they do not know it. */
const NO_YEAR = 1604

export const isOn = (world: World, userId: string): boolean =>
  getApp(world, 'dav', 'generateBirthdayCalendar', 'yes') === 'yes' &&
  getUser(world, userId, 'dav', 'generateBirthdayCalendar', 'yes') === 'yes'

/** Whoever sees a card has its birthday in a calendar. */
export function cardChanged(world: World, card: Card, book: AddressBook): void {
  for (const userId of everyone(world, book)) if (isOn(world, userId)) update(world, userId, card, book)
}

export function cardDeleted(world: World, uri: string, book: AddressBook): void {
  for (const userId of everyone(world, book)) {
    if (!isOn(world, userId)) continue
    const calendar = calendarOf(world, userId)
    for (const { postfix } of ANNIVERSARIES) forget(world, calendar, objectUri(book, uri, postfix))
  }
}

/** Make an account's calendar of birthdays anew from all cards that it sees. */
export function syncUser(world: World, userId: string): void {
  const calendar = calendarOf(world, userId)
  for (const object of objects.listOf(world, calendar.id)) objects.remove(world, object, true)
  const seen = [
    ...books.listOf(world, userId),
    ...receivedBy(world, 'addressbook', userId).flatMap(({ collectionId }) => books.find(world, collectionId) ?? []),
  ]
  for (const book of seen) for (const card of books.cardsOf(world, book.id)) update(world, userId, card, book)
}

const everyone = (world: World, book: AddressBook): string[] => [
  ...new Set([...seersOf(world, 'addressbook', book.id), book.owner]),
]

function calendarOf(world: World, userId: string): calendars.Calendar {
  return (
    calendars.findByUri(world, userId, calendars.BIRTHDAYS) ??
    calendars.create(world, userId, calendars.BIRTHDAYS, {
      displayName: 'Contact birthdays',
      color: '#E9D859',
      components: ['VEVENT'],
    })
  )
}

const objectUri = (book: AddressBook, card: string, postfix: string) => `${book.uri}-${card}${postfix}.ics`

function forget(world: World, calendar: calendars.Calendar, uri: string): void {
  const known = objects.findByUri(world, calendar.id, uri)
  if (known) objects.remove(world, known, true)
}

function update(world: World, userId: string, card: Card, book: AddressBook): void {
  const calendar = calendarOf(world, userId)
  const reminder = getUser(world, userId, 'dav', 'birthdayCalendarReminderOffset', 'PT9H')
  for (const anniversary of ANNIVERSARIES) {
    const uri = objectUri(book, card.uri, anniversary.postfix)
    const made = eventOf(world, card.data, anniversary, reminder)
    const known = objects.findByUri(world, calendar.id, uri)
    if (!made) forget(world, calendar, uri)
    else if (known) {
      if (isOther(known.data, made.data)) objects.replace(world, known, made)
    } else {
      const moved = objects.listOf(world, calendar.id).find(({ uid }) => uid === made.uid)
      if (moved) objects.remove(world, moved, true)
      objects.add(world, calendar.id, uri, made)
    }
  }
}

/** Whether it is another day or another name. */
function isOther(before: string, after: string): boolean {
  const [old, made] = [before, after].map((data) => {
    const event = readComponent(data).children.find((child): child is Component => child.name === 'VEVENT')!
    return `${propertyOf(event, 'DTSTART')?.value} ${textOf(event, 'SUMMARY')}`
  })
  return old !== made
}

/** The event of a card; `null`: the card has no such day, or none that anybody can read. */
function eventOf(
  world: World,
  data: string,
  { field, postfix, title }: Anniversary,
  reminder: string,
): objects.ReadObject | null {
  const card = readComponent(data)
  const day = propertyOf(card, field)
  const name = textOf(card, 'FN')
  if (!day || name === undefined || propertyOf(card, 'X-NC-EXCLUDE-FROM-BIRTHDAY-CALENDAR')) return null
  if (day.params.get('VALUE')?.[0]?.toUpperCase() === 'TEXT') return null
  const date = dateOf(day.value, day.params.get('X-APPLE-OMIT-YEAR')?.[0])
  if (!date) return null
  const { year, month, day: dayOfMonth } = date
  const isLeapDay = month === 2 && dayOfMonth === 29
  const firstYear = year ?? (isLeapDay ? 1972 : 1970)
  const summary = title(name) + (year === null ? '' : ` (${year})`)
  const uid = (textOf(card, 'UID') ?? '') + postfix
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    'PRODID:-//IDN nextcloud.com//Birthday calendar//EN',
    'BEGIN:VEVENT',
    `DTSTAMP:${compact(world.clock.seconds())}`,
    `DTSTART;VALUE=DATE:${dayText(firstYear, month, dayOfMonth)}`,
    `DTEND;VALUE=DATE:${dayText(firstYear, month, dayOfMonth + 1)}`,
    `UID:${escapeText(uid)}`,
    `RRULE:FREQ=YEARLY${isLeapDay ? ';BYMONTH=2;BYMONTHDAY=-1' : ''}`,
    `SUMMARY:${escapeText(summary)}`,
    'TRANSP:TRANSPARENT',
    `X-NEXTCLOUD-BC-FIELD-TYPE:${field}`,
    `X-NEXTCLOUD-BC-UNKNOWN-YEAR:${year === null ? 1 : 0}`,
    ...(year === null ? [] : [`X-NEXTCLOUD-BC-YEAR:${year}`]),
    ...(reminder === ''
      ? []
      : [
          'BEGIN:VALARM',
          `TRIGGER;VALUE=DURATION:${reminder}`,
          'ACTION:DISPLAY',
          `DESCRIPTION:${escapeText(summary)}`,
          'END:VALARM',
        ]),
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  const written = writeComponent(readComponent(lines.join('\r\n')))
  return { data: written, component: 'VEVENT', uid, classification: 'public' }
}

const DATE = /^(?:(\d{4})-?|--)(\d{2})-?(\d{2})(?:T.*)?$/

function dateOf(
  value: string,
  omitted: string | undefined,
): { year: number | null; month: number; day: number } | null {
  const [, writtenYear, month, day] = DATE.exec(value) ?? []
  if (month === undefined) return null
  const isOmitted = writtenYear === undefined || writtenYear === omitted || Number(writtenYear) === NO_YEAR
  return { year: isOmitted ? null : Number(writtenYear), month: Number(month), day: Number(day) }
}

const compact = (seconds: number) => new Date(seconds * 1000).toISOString().replace(/[-:]|\.\d{3}/g, '')

function dayText(year: number, month: number, day: number): string {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.toISOString().slice(0, 10).replaceAll('-', '')
}
