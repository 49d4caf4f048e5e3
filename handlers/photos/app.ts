import { defineApp } from '#app/index.ts'
import { onThisDayWidget } from './widget.ts'

export const app = defineApp('photos', {
  widgets: [onThisDayWidget],
})
