import { defineEndpoint, p, s } from '#app/index.ts'
import { isEnabledFor } from '#world/settings/apps.ts'

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
  async handle({ input: { location }, me, world, request, ok }) {
    const { upcoming, calendarAppUrl } = await import('./webdav/groupware/upcoming.ts')
    const isShown = isEnabledFor(world, 'calendar', me)
    return ok({
      events: upcoming(world, me, location).map(({ uri, calendar, start, recurrenceId, summary, location: place }) => ({
        uri,
        recurrenceId,
        calendarUri: calendar,
        start,
        summary,
        location: place,
        calendarAppUrl: isShown ? calendarAppUrl(request.baseUrl, me, calendar, uri) : null,
      })),
    })
  },
})
