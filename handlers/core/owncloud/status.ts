import { defineRoute } from '#app/index.ts'
import { jsonAnswer } from '#line/call.ts'
import { statusOf } from './capabilities.ts'

/** What clients ask first: is this an ownCloud, which one, and does it work. */
export const status = defineRoute({
  id: 'owncloud-status',
  products: ['owncloud'],
  app: 'core',
  methods: ['GET'],
  path: '/status.php',
  identify: false,
  summary: 'Whether the server is installed, which version it is, and whether it is under maintenance',
  handle: ({ world, profile }) => ({
    ...jsonAnswer(200, statusOf(world, profile)),
    headers: [
      ['Content-Type', 'application/json'],
      ['Access-Control-Allow-Origin', '*'],
    ],
  }),
})
