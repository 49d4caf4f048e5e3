import { defineApp } from '#app/index.ts'
import { tagProvider } from './activity.ts'
import { capabilities } from './capabilities.ts'
import { tagStates } from './initial-state.ts'
import { getLastUsedTags } from './last-used.ts'
import { tagCommands } from './occ.ts'
import { tagSearch } from './search.ts'
import { seededTags } from './seed.ts'
import { lastUsedReactions } from './state/last-used.ts'
import { tagActivities } from './state/tag-activities.ts'

export const app = defineApp('systemtags', {
  seed: [seededTags],
  capabilities: [capabilities],
  commands: tagCommands,
  searchProviders: [tagSearch],
  initialStates: [tagStates],
  reactions: [lastUsedReactions, tagActivities],
  routes: [getLastUsedTags],
  activityProviders: [tagProvider],
})
