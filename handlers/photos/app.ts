import { defineApp } from '#app/index.ts'
import { mimeStates } from './initial-state.ts'
import { onThisDayWidget } from './widget.ts'

export const app = defineApp('photos', {
  widgets: [onThisDayWidget],
  initialStates: [mimeStates],
})
