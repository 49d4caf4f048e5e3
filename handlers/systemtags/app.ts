import { defineApp } from '#app/index.ts'
import { capabilities } from './capabilities.ts'
import { tagSearch } from './search.ts'

export const app = defineApp('systemtags', {
  capabilities: [capabilities],
  searchProviders: [tagSearch],
})
