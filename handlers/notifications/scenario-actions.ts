import { defineScenarioAction } from '#app/scenario-action.ts'
import { each, oneOrMore } from '#app/scenario-action-support.ts'
import { notificationSeedSchema, seedNotification } from './seed.ts'

export const notify = defineScenarioAction({
  name: 'notify',
  description: 'send a notification, or several',
  schema: oneOrMore(notificationSeedSchema),
  run: ({ world }, given) => each(given, (one) => seedNotification(world, one)),
})
