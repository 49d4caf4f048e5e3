import { defineApp } from '#app/index.ts'
import { mimeStates } from './initial-state.ts'
import { photoCommands } from './occ.ts'
import { albumReactions, albumsTable } from './state.ts'
import { onThisDayWidget } from './widget.ts'

export const app = defineApp('photos', {
  tables: [albumsTable],
  reactions: [albumReactions],
  widgets: [onThisDayWidget],
  commands: photoCommands,
  initialStates: [mimeStates],
})
