import { type Component, readComponent, textOf } from '#lib/icalendar/component.ts'
import type { Json } from '#lib/json.ts'
import * as users from '#world/accounts/users.ts'
import type { AddressBook, Card } from '#world/groupware/address-books.ts'
import * as books from '#world/groupware/address-books.ts'
import type { CalendarObject } from '#world/groupware/calendar-objects.ts'
import * as calendars from '#world/groupware/calendars.ts'
import { membersOf, seersOf } from '#world/groupware/shares.ts'
import * as activities from '#world/notices/activities.ts'
import { defineReactions, mapReactions, type ReactionMap } from '#world/reactions.ts'
import type { World } from '#world/world.ts'

interface Told {
  readonly type: string
  readonly author: string
  readonly objectType: 'calendar' | 'addressbook'
  readonly objectId: number
  readonly parameters: Readonly<Record<string, Json>>
}

function add(world: World, userId: string, subject: string, { parameters, ...told }: Told): void {
  if (!users.find(world, userId)) return
  activities.add(world, { userId, app: 'dav', subject, ...told, parameters: { actor: told.author, ...parameters } })
}

/** What one account did, in the streams of all who see it. */
function tell(world: World, seers: readonly string[], subject: string, told: Told): void {
  for (const userId of seers) add(world, userId, userId === told.author ? `${subject}_self` : subject, told)
}

const calendarNamed = ({ id, uri, displayName }: calendars.Calendar) => ({ id, uri, name: displayName ?? '' })

const ofCalendar = (
  calendar: calendars.Calendar,
  by: string | undefined,
  parameters: Told['parameters'] = {},
): Told => ({
  type: 'calendar',
  author: by || calendar.owner,
  objectType: 'calendar',
  objectId: calendar.id,
  parameters: { calendar: calendarNamed(calendar), ...parameters },
})

const seersOfCalendar = (world: World, { id, owner }: calendars.Calendar) => [
  ...new Set([...seersOf(world, 'calendar', id), owner]),
]

function tellCalendar(world: World, calendar: calendars.Calendar, by: string | undefined, verb: string): void {
  tell(world, seersOfCalendar(world, calendar), `calendar_${verb}`, ofCalendar(calendar, by))
}

/** What others see of a calendar; changes of anything else are told to its owner alone. */
const VISIBLE: readonly string[] = ['displayName', 'color']

function tellChange(
  world: World,
  {
    calendar,
    properties,
    by,
  }: { calendar: calendars.Calendar; properties: readonly string[]; by?: string | undefined },
): void {
  const isVisible = properties.some((name) => VISIBLE.includes(name))
  const seers = isVisible ? seersOfCalendar(world, calendar) : [calendar.owner]
  tell(world, seers, 'calendar_update', ofCalendar(calendar, by))
}

/** What an event or a task is called; `null` for anything else. */
function readObject({
  data,
  component,
}: CalendarObject): { name: string; kind: 'event' | 'todo'; status: string } | null {
  const found = readComponent(data).children.find((child): child is Component => child.name === component)
  if (!found || (component !== 'VEVENT' && component !== 'VTODO')) return null
  const isEvent = component === 'VEVENT'
  return {
    name: textOf(found, 'SUMMARY') ?? (isEvent ? 'Untitled event' : ''),
    kind: isEvent ? 'event' : 'todo',
    status: textOf(found, 'STATUS') ?? '',
  }
}

const TASK_STATES: Readonly<Record<string, string>> = { COMPLETED: '_completed', 'NEEDS-ACTION': '_needs_action' }

function tellObject(world: World, object: CalendarObject, by: string | undefined, verb: string): void {
  const calendar = calendars.find(world, object.calendarId)
  const read = readObject(object)
  if (!calendar || !read) return
  const state = read.kind === 'todo' && verb === 'update' ? (TASK_STATES[read.status] ?? '') : ''
  const told = ofCalendar(calendar, by)
  tellSeers(world, object, calendar, seersOfCalendar(world, calendar), `object_${verb}_${read.kind}${state}`, told)
}

/** What became of an object, to those who may know of it; others than its owner may hear less. */
function tellSeers(
  world: World,
  object: CalendarObject,
  { owner }: calendars.Calendar,
  seers: readonly string[],
  subject: string,
  told: Told,
): void {
  const { name, kind } = readObject(object)!
  for (const userId of seers) {
    const isOwn = userId === owner
    if (object.classification === 'private' && !isOwn) continue
    const shown = object.classification === 'confidential' && !isOwn ? 'Busy' : name
    const parameters = { ...told.parameters, object: { id: object.uid, name: shown } }
    tell(world, [userId], subject, { ...told, type: `calendar_${kind}`, parameters })
  }
}

/** Into another account's calendar, an object is deleted here and made there (Nextcloud 34.0.1, asked). */
function tellMove(
  world: World,
  { object, from, by }: { object: CalendarObject; from: number; by?: string | undefined },
): void {
  const [source, target] = [from, object.calendarId].map((id) => calendars.find(world, id))
  const read = readObject(object)
  if (!source || !target || !read) return
  if (source.owner !== target.owner) {
    tellObject(world, { ...object, calendarId: from }, by, 'delete')
    tellObject(world, object, by, 'add')
    return
  }
  const before = seersOfCalendar(world, source)
  const seers = seersOfCalendar(world, target).filter((userId) => before.includes(userId))
  const { parameters: _, ...told } = ofCalendar(target, by)
  const parameters = { sourceCalendar: calendarNamed(source), targetCalendar: calendarNamed(target) }
  tellSeers(world, object, target, seers, `object_move_${read.kind}`, { ...told, parameters })
}

const ofBook = ({ id, uri, owner, displayName }: AddressBook, by: string | undefined, parameters = {}): Told => ({
  type: 'contacts',
  author: by || owner,
  objectType: 'addressbook',
  objectId: id,
  parameters: { addressbook: { id, uri, name: displayName ?? '' }, ...parameters },
})

const seersOfBook = (world: World, { id, owner }: AddressBook) => [
  ...new Set([...seersOf(world, 'addressbook', id), owner]),
]

function tellBook(world: World, book: AddressBook, by: string | undefined, verb: string): void {
  tell(world, seersOfBook(world, book), `addressbook_${verb}`, ofBook(book, by))
}

function tellCard(world: World, card: Card, book: AddressBook, by: string | undefined, verb: string): void {
  const name = textOf(readComponent(card.data), 'FN') ?? ''
  tell(world, seersOfBook(world, book), `card_${verb}`, ofBook(book, by, { card: { id: card.uid, name } }))
}

/** Sharing with somebody, or no longer: those who may see it hear of it, the owner, and who did it. */
function tellShare(
  world: World,
  {
    kind,
    id,
    principal,
    by,
  }: { kind: 'calendar' | 'addressbook'; id: number; principal: string; by?: string | undefined },
  verb: 'share' | 'unshare',
): void {
  const calendar = kind === 'calendar' ? calendars.find(world, id) : undefined
  const book = kind === 'addressbook' ? books.find(world, id) : undefined
  const owner = calendar?.owner ?? book?.owner
  const told = calendar ? ofCalendar(calendar, by) : book && ofBook(book, by)
  if (owner === undefined || !told) return
  const [, principals, name = ''] = principal.split('/')
  const isGroup = principals === 'groups'
  const who = isGroup ? { group: decodeURIComponent(name) } : { user: name }
  const subject = `${kind}_${isGroup ? 'group' : 'user'}_${verb}`
  const { author } = told
  const more = { ...told, parameters: { ...told.parameters, ...who } }
  if (!isGroup && verb === 'unshare' && name === author) {
    add(world, author, `${kind}_delete_self`, told)
    add(world, owner, `${kind}_user_unshare_self`, more)
    return
  }
  add(world, owner, `${subject}_${author === owner ? 'you' : 'by'}`, more)
  if (author !== owner) add(world, author, `${subject}_you`, more)
  for (const userId of membersOf(world, principal))
    if (userId !== owner && userId !== author) add(world, userId, `${kind}_user_${verb}`, more)
}

function tellPublic(world: World, id: number, by: string | undefined, verb: string): void {
  const calendar = calendars.find(world, id)
  // Nobody hears of it where somebody else than its owner does so (Nextcloud 34.0.1, asked).
  if (calendar && (by || calendar.owner) === calendar.owner)
    tell(world, [calendar.owner], `calendar_${verb}`, ofCalendar(calendar, by))
}

const RULES: ReactionMap = {
  'calendar.created': (world, { calendar, by }) => tellCalendar(world, calendar, by, 'add'),
  'calendar.changed': tellChange,
  'calendar.trashed': (world, { calendar, by }) => tellCalendar(world, calendar, by, 'move_to_trash'),
  'calendar.restored': (world, { calendar, by }) => tellCalendar(world, calendar, by, 'restore'),
  'calendar.deleted': (world, { calendar, by }) => {
    if (calendar.deletedAt === null) tellCalendar(world, calendar, by, 'delete')
  },
  'calendar.published': (world, { id, by }) => tellPublic(world, id, by, 'publish'),
  'calendar.unpublished': (world, { id, by }) => tellPublic(world, id, by, 'unpublish'),
  'calendar-object.created': (world, { object, by }) => tellObject(world, object, by, 'add'),
  'calendar-object.changed': (world, { object, by }) => tellObject(world, object, by, 'update'),
  'calendar-object.moved': tellMove,
  'calendar-object.trashed': (world, { object, by }) => tellObject(world, object, by, 'move_to_trash'),
  'calendar-object.restored': (world, { object, by }) => tellObject(world, object, by, 'restore'),
  'calendar-object.deleted': (world, { object, by }) => {
    if (object.deletedAt === null) tellObject(world, object, by, 'delete')
  },
  'collection.shared': (world, event) => {
    if (event.isNew) tellShare(world, event, 'share')
  },
  'collection.unshared': (world, event) => tellShare(world, event, 'unshare'),
  'address-book.created': (world, { book, by }) => tellBook(world, book, by, 'add'),
  'address-book.changed': (world, { book, by }) => tellBook(world, book, by, 'update'),
  'address-book.deleted': (world, { book, by }) => tellBook(world, book, by, 'delete'),
  'card.created': (world, { card, book, by }) => tellCard(world, card, book, by, 'add'),
  'card.changed': (world, { card, book, by }) => tellCard(world, card, book, by, 'update'),
  'card.deleted': (world, { card, book, by }) => tellCard(world, card, book, by, 'delete'),
}

/** What was only seeded did not happen. */
const unlessSeeded = (rules: ReactionMap): ReactionMap =>
  mapReactions(rules, (rule) => (world, event) => {
    if (!event.seeded) rule(world, event)
  })

/** What accounts hear of calendars and address books. */
export const groupwareActivities = defineReactions(unlessSeeded(RULES), { phase: 'tell', evenIfDisabled: true })
