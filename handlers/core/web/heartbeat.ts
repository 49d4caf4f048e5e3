import { defineRoute } from '#app/index.ts'
import { bare, jsonAnswer } from '#line/call.ts'

/** What clients ask to find out whether a network wants them to log in first. */
export const noContent = defineRoute({
  id: 'core-walled_garden-get',
  app: 'core',
  methods: ['GET'],
  path: '/index.php/204',
  identify: false,
  summary: 'Nothing, so that clients see whether they reach the server',
  handle: () => bare(204),
})

export const heartbeat = defineRoute({
  id: 'core-heartbeat',
  app: 'core',
  methods: ['*'],
  path: '/index.php/heartbeat',
  identify: false,
  summary: 'Keeps a browser’s session alive',
  handle: () => bare(200),
})

export const cron = defineRoute({
  id: 'core-cron',
  app: 'core',
  methods: ['*'],
  path: '/cron.php',
  identify: false,
  summary: 'Runs background jobs',
  handle: () => jsonAnswer(200, { status: 'success' }),
})
