import { bare, jsonAnswer } from '../../../src/call.ts'
import { defineRoute } from '../../../src/endpoint.ts'
import * as tokens from '../../../src/world/tokens.ts'

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

/** Whether the device that logs in with this token is to wipe itself. */
export const checkWipe = defineRoute({
  id: 'core-wipe-check-wipe',
  app: 'core',
  methods: ['POST'],
  path: '/index.php/core/wipe/check',
  identify: false,
  summary: 'Ask whether this device is to wipe what it holds',
  handle: async ({ world, parameters }) => {
    const { token } = await parameters()
    if (typeof token !== 'string') return bare(400)
    return tokens.find(world, token)?.wipe ? jsonAnswer(200, { wipe: true }) : jsonAnswer(404, [])
  },
})

/** The token is gone with what the device held. */
export const wipeDone = defineRoute({
  id: 'core-wipe-wipe-done',
  app: 'core',
  methods: ['POST'],
  path: '/index.php/core/wipe/success',
  identify: false,
  summary: 'Say that this device has wiped what it held',
  handle: async ({ world, parameters }) => {
    const { token } = await parameters()
    if (typeof token !== 'string') return bare(400)
    if (!tokens.find(world, token)?.wipe) return jsonAnswer(404, [])
    tokens.revoke(world, token)
    return jsonAnswer(200, [])
  },
})
