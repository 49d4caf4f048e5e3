import { bare } from '#line/call.ts'
import { defineRoute } from '#line/endpoint.ts'

export const heartbeat = defineRoute({
  id: 'core-heartbeat',
  app: 'core',
  methods: ['*'],
  path: '/index.php/heartbeat',
  identify: false,
  summary: 'Keeps a browser’s session alive',
  handle: () => bare(200),
})
