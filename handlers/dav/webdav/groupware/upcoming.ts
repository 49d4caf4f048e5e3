import { base64 } from '#lib/base64.ts'
import { type Component, componentsOf, propertyOf, readComponent, textOf } from '#lib/icalendar/component.ts'
import { isRecurring, type Occurrence, occurrencesOf, TooManyOccurrences } from '#lib/icalendar/recurrence.ts'
import { CalendarValueError } from '#lib/icalendar/time.ts'
import * as objects from '#world/groupware/calendar-objects.ts'
import type { World } from '#world/world.ts'
import { viewsOf } from './calendar-view.ts'

/** One event of somebody's calendars. */
export interface UpcomingEvent {
  readonly uri: string
  readonly calendar: string
  /** Seconds since 1970. */
  readonly start: number
  /** Which time of a series it is. */
  readonly recurrenceId: number | null
  readonly summary: string | null
  readonly location: string | null
}

const SHOWN = 3

/**
 * The next events of an account within a month: of each of its calendars three at most, the oldest records, and of
 * these the earliest first. A calendar in the trash is still one of them (Nextcloud 34.0.1, asked).
 */
export function upcoming(world: World, userId: string, location: string | null): UpcomingEvent[] {
  const wanted = location?.toLowerCase()
  return viewsOf(world, userId).flatMap(({ calendar, uri }) =>
    objects
      .listOf(world, calendar.id)
      .flatMap((object) => nextTime(world, object, uri) ?? [])
      .filter((event) => wanted === undefined || event.location?.toLowerCase().includes(wanted))
      .slice(0, SHOWN)
      .sort((a, b) => a.start - b.start),
  )
}

/** Where the app of calendars shows an object, by its address in the home of who looks. */
export function calendarAppUrl(baseUrl: string, userId: string, calendar: string, uri: string): string {
  const root = new URL(baseUrl).pathname.replace(/\/$/, '')
  const address = `${root}/remote.php/dav/calendars/${userId}/${calendar}/${uri}`
  return `${baseUrl}/index.php/apps/calendar/edit/${base64(address)}`
}

function nextTime(world: World, object: objects.CalendarObject, calendar: string): UpcomingEvent | null {
  if (object.component !== 'VEVENT') return null
  const events = componentsOf(readComponent(object.data), 'VEVENT')
  const next = nextOf(events, world.clock.seconds())
  if (!next) return null
  const event = next.exception ?? events[0]!
  if (textOf(event, 'STATUS') === 'CANCELLED') return null
  return {
    uri: object.uri,
    calendar,
    start: next.start,
    recurrenceId: events.some(isRecurring) ? next.start : null,
    summary: textOf(event, 'SUMMARY') ?? null,
    location: textOf(event, 'LOCATION') ?? null,
  }
}

/** The same moment of the next month, in seconds since 1970. */
function monthAfter(seconds: number): number {
  const date = new Date(seconds * 1000)
  return date.setUTCMonth(date.getUTCMonth() + 1) / 1000
}

/** When an event takes place next, within a month. */
function nextOf(events: readonly Component[], now: number): Occurrence | null {
  if (!events.some((event) => propertyOf(event, 'DTSTART'))) return null
  try {
    for (const one of occurrencesOf(events)) {
      if (one.start >= monthAfter(now)) return null
      if (one.end > now - 60) return one
    }
  } catch (error) {
    if (!(error instanceof CalendarValueError || error instanceof TooManyOccurrences)) throw error
  }
  return null
}
