import { defineApp } from '#app/index.ts'
import { capabilities } from './capabilities.ts'

export const app = defineApp('sharebymail', {
  capabilities: [capabilities],
})
