import { defineRoute } from '#app/index.ts'
import { PRODUCTS } from '#lib/releases.ts'
import { jsonAnswer } from '#line/call.ts'

export const cron = defineRoute({
  id: 'core-cron',
  products: PRODUCTS,
  app: 'core',
  methods: ['*'],
  path: '/cron.php',
  identify: false,
  summary: 'Runs background jobs',
  handle: () => jsonAnswer(200, { status: 'success' }),
})
