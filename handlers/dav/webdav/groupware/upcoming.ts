import { type Component, componentsOf, propertyOf, readComponent, textOf } from '#lib/icalendar/component.ts'
import { type Occurrence, occurrencesOf, TooManyOccurrences } from '#lib/icalendar/recurrence.ts'
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
  readonly summary: string | null
  readonly location: string | null
}

const DAY = 86_400
const SHOWN = 3

/** The next events of an account within a month, the earliest first. */
export function upcoming(world: World, userId: string, location: string | null): UpcomingEvent[] {
  const wanted = location?.toLowerCase() ?? ''
  return viewsOf(world, userId)
    .filter(({ calendar }) => calendar.deletedAt === null)
    .flatMap(({ calendar, uri }) =>
      objects
        .listOf(world, calendar.id)
        .filter(({ component }) => component === 'VEVENT')
        .flatMap((object) => {
          const events = componentsOf(readComponent(object.data)).filter(({ name }) => name === 'VEVENT')
          const next = nextOf(events, world.clock.seconds())
          if (!next) return []
          const event = next.exception ?? events[0]!
          const place = textOf(event, 'LOCATION') ?? null
          if (location !== null && !place?.toLowerCase().includes(wanted)) return []
          return [
            {
              uri: object.uri,
              calendar: uri,
              start: next.start,
              summary: textOf(event, 'SUMMARY') ?? null,
              location: place,
            },
          ]
        }),
    )
    .sort((a, b) => a.start - b.start)
    .slice(0, SHOWN)
}

/** When an event takes place next, within a month. */
function nextOf(events: readonly Component[], now: number): Occurrence | null {
  if (!events.some((event) => propertyOf(event, 'DTSTART'))) return null
  try {
    for (const one of occurrencesOf(events)) {
      if (one.start >= now + 30 * DAY) return null
      if (one.end > now - 60) return one
    }
  } catch (error) {
    if (!(error instanceof CalendarValueError || error instanceof TooManyOccurrences)) throw error
  }
  return null
}
