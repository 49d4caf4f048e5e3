import { defineListener } from '#app/index.ts'
import { webhooksTable } from './state.ts'

/** Calls what webhooks registered for. */
export const webhookListener = defineListener({
  isNeeded: (world) => world.table(webhooksTable).size > 0,
  hear: async (event, context) => {
    const time = context.world.clock.seconds()
    const { deliver } = await import('./deliver.ts')
    await deliver(event, time, context)
  },
})
