import { defineInitialState } from '#app/index.ts'
import { getAppBool } from '#world/settings/config.ts'

export const tagStates = defineInitialState({
  pages: ['files'],
  provide: ({ world }) => ({
    restrictSystemTagsCreationToAdmin: getAppBool(world, 'systemtags', 'restrict_creation_to_admin', false),
  }),
})
