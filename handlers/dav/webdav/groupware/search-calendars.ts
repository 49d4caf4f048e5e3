import { paginated, type SearchContext, type SearchEntry, type SearchQuery, type SearchResult } from '#app/index.ts'
import { type Component, componentsOf, propertyOf, readComponent, textOf } from '#lib/icalendar/component.ts'
import { isEndless, isRecurring, occurrencesOf, spanOf } from '#lib/icalendar/recurrence.ts'
import { type CalendarTime, momentAt, readDuration, timeOf } from '#lib/icalendar/time.ts'
import { mediumDate, shortTime } from '#lib/long-date.ts'
import { wallTimeAt } from '#lib/time-zone.ts'
import * as users from '#world/accounts/users.ts'
import * as objects from '#world/groupware/calendar-objects.ts'
import type { World } from '#world/world.ts'
import { isHit } from './calendar-search.ts'
import { type CalendarView, displayNameOf, isShared, viewsOf } from './calendar-view.ts'
import { calendarAppUrl } from './upcoming.ts'

/** Where texts are looked for. */
interface Looked {
  readonly component: 'VEVENT' | 'VTODO'
  readonly properties: readonly string[]
}

const EVENTS: Looked = {
  component: 'VEVENT',
  properties: ['SUMMARY', 'LOCATION', 'DESCRIPTION', 'ATTENDEE', 'ORGANIZER', 'CATEGORIES'],
}
const ATTENDEES: Looked = { component: 'VEVENT', properties: ['ATTENDEE'] }
const TASKS: Looked = { component: 'VTODO', properties: ['SUMMARY', 'DESCRIPTION', 'CATEGORIES'] }
/** People are looked for by their names too, whatever properties are wanted. */
const NAMES = [
  { property: 'ATTENDEE', name: 'CN' },
  { property: 'ORGANIZER', name: 'CN' },
]

interface Hit {
  readonly view: CalendarView
  readonly object: objects.CalendarObject
}

/** Events of all calendars of the caller, each series once, the oldest record first (Nextcloud 34.0.1, asked). */
export function searchEvents(query: SearchQuery, context: SearchContext): SearchResult {
  const { world, me } = context
  const { term, since, until, person } = query.filters
  const isWithin = ({ object }: Hit) => isBetween(object, since, until)
  const page = (text: string, looked: Looked) =>
    paginated(hits(world, me, text, looked).filter(isWithin), query).entries
  const found = term === undefined ? [] : page(String(term), EVENTS)
  const known = new Set(found.map(({ object }) => object.id))
  const name = typeof person === 'object' && 'user' in person ? users.find(world, person.user)?.displayName : undefined
  if (name !== undefined) found.push(...page(name, ATTENDEES).filter(({ object }) => !known.has(object.id)))
  return entriesOf(found, query, (hit) => eventEntry(hit, context))
}

/** Tasks, as {@link searchEvents} finds events. */
export function searchTasks(query: SearchQuery, context: SearchContext): SearchResult {
  const { entries: found } = paginated(hits(context.world, context.me, query.term, TASKS), query)
  return entriesOf(found, query, (hit) => taskEntry(hit, context))
}

/** The cursor counts what was found, not what was looked through. */
function entriesOf(found: readonly Hit[], { cursor }: SearchQuery, entry: (hit: Hit) => SearchEntry): SearchResult {
  return { entries: found.map(entry), cursor: Number.parseInt(String(cursor ?? 0), 10) + found.length }
}

/** Of calendars of others, only what is public is found. */
function hits(world: World, userId: string, text: string, { component, properties }: Looked): Hit[] {
  const params = component === 'VEVENT' ? NAMES : []
  const search = { components: [component], properties, params, term: text.toLowerCase() }
  return viewsOf(world, userId)
    .filter(({ calendar }) => calendar.deletedAt === null)
    .flatMap((view) => objects.listOf(world, view.calendar.id).map((object): Hit => ({ view, object })))
    .filter(
      ({ view, object }) => object.component === component && !(isShared(view) && object.classification !== 'public'),
    )
    .filter(({ object }) => isHit(readComponent(object.data), search))
    .sort((a, b) => a.object.id - b.object.id)
}

/** Whether an object takes place after one moment and before another. */
function isBetween(object: objects.CalendarObject, since: unknown, until: unknown): boolean {
  if (since === undefined && until === undefined) return true
  const events = componentsOf(readComponent(object.data), 'VEVENT')
  const first = events[0] && spanOf(events[0])
  if (!first) return false
  const last = (typeof since === 'number' ? lastMoment(events) : null) ?? first.end
  return (typeof since !== 'number' || last > since) && (typeof until !== 'number' || first.start < until)
}

function lastMoment(events: readonly Component[]): number | null {
  if (!events.some(isRecurring)) return null
  if (events.some(isEndless)) return Number.POSITIVE_INFINITY
  return Math.max(...[...occurrencesOf(events)].map(({ end }) => end))
}

/** The series of an object, or what stands for it. */
function primary({ data, component }: objects.CalendarObject): Component {
  const all = componentsOf(readComponent(data), component)
  return all.find((one) => !propertyOf(one, 'RECURRENCE-ID')) ?? all[0]!
}

const inCalendar = (world: World, view: CalendarView): string => {
  const name = displayNameOf(world, view)
  return name ? `(${name})` : ''
}

function eventEntry({ view, object }: Hit, { world, baseUrl }: SearchContext): SearchEntry {
  const event = primary(object)
  const start = propertyOf(event, 'DTSTART')
  return {
    title: textOf(event, 'SUMMARY') ?? 'Untitled event',
    subline: [start ? when(event, timeOf(start)) : '', inCalendar(world, view)].filter((part) => part !== '').join(' '),
    resourceUrl: calendarAppUrl(baseUrl, view.viewer.replaceAll(' ', '%20'), view.uri, object.uri),
    icon: 'icon-calendar-dark',
    ...(start ? { attributes: { createdAt: String(momentAt(timeOf(start))) } } : {}),
  }
}

const isSameDay = (one: CalendarTime, other: CalendarTime) => mediumDate(one) === mediumDate(other)

/** Days or moments, as the clock shows them where the event takes place. */
function when(event: Component, start: CalendarTime): string {
  const end = endOf(event, start)
  if (start.isDate) {
    const last = later(end, -86_400)
    return isSameDay(start, last) ? mediumDate(start) : `${mediumDate(start)} - ${mediumDate(last)}`
  }
  const until = isSameDay(start, end) ? shortTime(end) : `${mediumDate(end)} ${shortTime(end)}`
  return `${mediumDate(start)} ${shortTime(start)} - ${until}`
}

const later = (time: CalendarTime, seconds: number): CalendarTime => ({
  ...time,
  ...wallTimeAt(momentAt(time) + seconds, time.zone),
})

function endOf(event: Component, start: CalendarTime): CalendarTime {
  const end = propertyOf(event, 'DTEND')
  if (end) return timeOf(end)
  const duration = propertyOf(event, 'DURATION')
  if (duration) return later(start, readDuration(duration.value))
  return start.isDate ? later(start, 86_400) : start
}

function taskEntry({ view, object }: Hit, { world, baseUrl }: SearchContext): SearchEntry {
  const task = primary(object)
  return {
    title: textOf(task, 'SUMMARY') ?? 'Untitled task',
    subline: [dueText(task), inCalendar(world, view)].filter((part) => part !== '').join(' '),
    resourceUrl: `${baseUrl}/index.php/apps/tasks/calendars/${view.uri}/tasks/${object.uri}`,
    icon: 'icon-checkmark',
  }
}

function dueText(task: Component): string {
  const completed = propertyOf(task, 'COMPLETED')
  if (completed) return `Completed on ${mediumDate(timeOf(completed))}`
  const due = propertyOf(task, 'DUE')
  if (!due) return ''
  const time = timeOf(due)
  return time.isDate ? `Due on ${mediumDate(time)}` : `Due on ${mediumDate(time)} by ${shortTime(time)}`
}
