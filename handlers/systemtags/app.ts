import { defineApp } from '#app/index.ts'
import { tagProvider } from './activity.ts'
import { capabilities } from './capabilities.ts'
import { tagStates } from './initial-state.ts'
import { tagCommands } from './occ.ts'
import { tagSearch } from './search.ts'
import { seededTags } from './seed.ts'
import { tagActivities } from './state/tag-activities.ts'

export const app = defineApp('systemtags', {
  seed: [seededTags],
  capabilities: [capabilities],
  commands: tagCommands,
  searchProviders: [tagSearch],
  initialStates: [tagStates],
  reactions: [tagActivities],
  activityProviders: [tagProvider],
})
