import { ownMember } from '#lib/own-member.ts'
import { getAppBool } from '../settings/config.ts'
import type { World } from '../world.ts'
import * as users from './users.ts'

/** One event of somebody's calendar. */
export interface CalendarEvent {
  /** Name of its file in the calendar. */
  readonly uri: string
  /** Name of the calendar in addresses. */
  readonly calendar: string
  /** Seconds since 1970. */
  readonly start: number
  readonly summary: string
  readonly location: string | null
}

/** The event that every account starts with. Its name differs from account to account; some are known. */
export interface ExampleEvent {
  readonly summary: string
  readonly ids: Readonly<Record<string, string>>
}

const DAY = 86_400
const SHOWN = 3

/** The next events of an account within a month, the earliest first. */
export function upcoming(
  world: World,
  userId: string,
  example: ExampleEvent,
  location: string | null = null,
): CalendarEvent[] {
  const now = world.clock.seconds()
  const events = exampleOf(world, userId, example)
  return events
    .filter((event) => event.start + 3600 > now - 60 && event.start < now + 30 * DAY)
    .filter((event) => location === null || event.location?.toLowerCase().includes(location.toLowerCase()))
    .slice(0, SHOWN)
}

/** Made when an account logs in for the first time: a week later, at ten o'clock. */
function exampleOf(world: World, userId: string, example: ExampleEvent): CalendarEvent[] {
  const login = users.find(world, userId)?.firstLogin ?? 0
  if (login <= 0 || !getAppBool(world, 'dav', 'create_example_event', true)) return []
  const start = Math.floor(login / DAY) * DAY + 7 * DAY + 10 * 3600
  const uri = `${exampleEventId(example, userId)}.ics`
  return [{ uri, calendar: 'personal', start, summary: example.summary, location: null }]
}

/** What an account's example event is called. */
export const exampleEventId = ({ ids }: ExampleEvent, userId: string): string => ownMember(ids, userId) ?? idFor(userId)

/** 32 letters and digits that stay the same for an account. */
function idFor(userId: string): string {
  let state = 7
  let id = ''
  while (id.length < 32) {
    for (const char of `${userId}/${id.length}`) state = (state * 31 + char.charCodeAt(0)) % 2_147_483_647
    id += state.toString(36)
  }
  return id.slice(0, 32)
}
