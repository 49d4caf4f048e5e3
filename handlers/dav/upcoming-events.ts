import { defineEndpoint, p, s } from '#app/index.ts'
import { exampleEvent } from '#profiles/keys.ts'
import { upcoming } from '#world/accounts/calendars.ts'

export const getUpcomingEvents = defineEndpoint({
  id: 'dav-upcoming_events-get-events',
  app: 'dav',
  method: 'GET',
  path: '/apps/dav/api/v1/events/upcoming',
  since: 32,
  access: 'user',
  summary: "The next three events of the caller's calendars",
  input: { location: p.string().orNull().describe('Only events at this place.') },
  output: s.object({
    events: s.list(
      s.object({
        uri: s.string(),
        recurrenceId: s.nullable(s.int()),
        calendarUri: s.string(),
        start: s.nullable(s.int()),
        summary: s.nullable(s.string()),
        location: s.nullable(s.string()),
        calendarAppUrl: s.nullable(s.string()),
      }),
    ),
  }),
  notImplemented: ['calendars over CalDAV: everyone has the example event of a new account'],
  data: [exampleEvent],
  handle: ({ input: { location }, me, world, profile, ok }) =>
    ok({
      events: upcoming(world, me, exampleEvent.of(profile), location).map((event) => ({
        uri: event.uri,
        recurrenceId: null,
        calendarUri: event.calendar,
        start: event.start,
        summary: event.summary,
        location: event.location,
        calendarAppUrl: null,
      })),
    }),
})
