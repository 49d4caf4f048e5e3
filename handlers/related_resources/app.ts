import { defineApp } from '#app/index.ts'
import { getRelatedResources } from './related.ts'

export const app = defineApp('related_resources', {
  endpoints: [getRelatedResources],
})
