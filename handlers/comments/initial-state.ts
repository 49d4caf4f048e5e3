import { apps, defineInitialState } from '#app/index.ts'

/** How many names are suggested where one is mentioned. */
export const mentionStates = defineInitialState({
  public: true,
  provide: () => ({ maxAutoCompleteResults: 10 }),
})

export const commentTabStates = defineInitialState({
  pages: ['files'],
  provide: ({ world }) => ({
    'max-message-length': 1000,
    activityEnabled: apps.isEnabled(world, 'activity'),
  }),
})
