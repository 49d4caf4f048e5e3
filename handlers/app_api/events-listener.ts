import { defineEndpoint, s } from '#app/index.ts'

/** Routes without a controller: AppAPI gave up its events, and the real server fails over what is left of them. */
const eventsListener = (method: 'POST' | 'DELETE' | 'GET', action: string) =>
  ({
    id: `app_api-events_listener-${action}-listener`,
    app: 'app_api',
    method,
    path: '/apps/app_api/api/v1/events_listener',
    access: 'public',
    csrf: false,
    summary: 'What is left of the events that AppAPI once had: an internal error',
    output: s.empty(),
  }) as const

export const registerListener = defineEndpoint({
  ...eventsListener('POST', 'register'),
  handle: ({ crash }) => crash(),
})
export const unregisterListener = defineEndpoint({
  ...eventsListener('DELETE', 'unregister'),
  handle: ({ crash }) => crash(),
})
export const getListener = defineEndpoint({
  ...eventsListener('GET', 'get'),
  handle: ({ crash }) => crash(),
})
