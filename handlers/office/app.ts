import { defineApp } from '#app/index.ts'
import { getIndex } from './api.ts'

export const app = defineApp('office', {
  endpoints: [getIndex],
})
