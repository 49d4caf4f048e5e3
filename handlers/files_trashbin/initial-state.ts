import { defineInitialState } from '#app/index.ts'
import { getSystemBool } from '#world/settings/config.ts'

export const trashStates = defineInitialState({
  pages: ['files'],
  provide: ({ world }) => ({ config: { allow_delete: getSystemBool(world, 'files.trash.delete', true) } }),
})
