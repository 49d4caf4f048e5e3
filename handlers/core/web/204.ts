import { defineRoute } from '#app/index.ts'
import { bare } from '#line/call.ts'

/** What clients ask to find out whether a network wants them to log in first. */
export const noContent = defineRoute({
  id: 'core-walled_garden-get',
  app: 'core',
  methods: ['GET'],
  path: '/index.php/204',
  identify: true,
  summary: 'Nothing, so that clients see whether they reach the server',
  handle: () => bare(204),
})
