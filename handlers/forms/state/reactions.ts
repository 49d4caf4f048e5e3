import { defineReactions } from '#app/index.ts'
import { formsTable, removeForm } from './records.ts'

/** Forms go with the account that they belong to. */
export const formReactions = defineReactions({
  'user.deleted': (world, { userId }) => {
    for (const { id, ownerId } of [...world.table(formsTable).values()]) if (ownerId === userId) removeForm(world, id)
  },
})
