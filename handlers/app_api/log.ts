import { defineEndpoint, p, s } from '#app/index.ts'

/** Levels of the log, from debugging to fatal errors. */
const MAX_LEVEL = 4

export const log = defineEndpoint({
  id: 'app_api-ocs_api-log',
  app: 'app_api',
  method: 'POST',
  path: '/apps/app_api/api/v1/log',
  access: 'app-api',
  csrf: false,
  summary: 'Write a line into the log of the server',
  input: { level: p.int(), message: p.string() },
  output: s.empty(),
  failures: { 400: 'Invalid log level' },
  notImplemented: ['Nothing is logged'],
  handle: ({ input, ok, fail }) => (input.level < 0 || input.level > MAX_LEVEL ? fail(400) : ok()),
})
