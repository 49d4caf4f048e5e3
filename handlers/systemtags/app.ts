import { defineApp } from '#app/index.ts'
import { capabilities } from './capabilities.ts'
import { tagStates } from './initial-state.ts'
import { tagSearch } from './search.ts'
import { seededTags } from './seed.ts'

export const app = defineApp('systemtags', {
  seed: [seededTags],
  capabilities: [capabilities],
  searchProviders: [tagSearch],
  initialStates: [tagStates],
})
