import { defineApp } from '#app/index.ts'
import { relatedCommands } from './occ.ts'
import { getRelatedResources } from './related.ts'

export const app = defineApp('related_resources', {
  commands: relatedCommands,
  endpoints: [getRelatedResources],
})
