import { defineRoute } from '#app/index.ts'
import { PRODUCTS } from '#lib/releases.ts'
import { bare } from '#line/call.ts'

export const heartbeat = defineRoute({
  id: 'core-heartbeat',
  products: PRODUCTS,
  app: 'core',
  methods: ['*'],
  path: '/index.php/heartbeat',
  identify: false,
  summary: 'Keeps a browser’s session alive',
  handle: () => ({ ...bare(200), speaker: 'script' }),
})
