import { defineApp } from '#app/index.ts'
import { capabilities } from './capabilities.ts'
import { recommendationCommands } from './occ.ts'
import { always, index } from './recommendations.ts'
import { recommendationWidget } from './widget.ts'

export const app = defineApp('recommendations', {
  endpoints: [index, always],
  capabilities: [capabilities],
  widgets: [recommendationWidget],
  commands: recommendationCommands,
})
