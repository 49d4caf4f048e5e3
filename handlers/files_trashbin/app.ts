import { defineApp } from '#app/index.ts'
import { trashReactions } from '#world/files/trash.ts'
import { capabilities } from './capabilities.ts'
import { trashStates } from './initial-state.ts'
import { trashCommands } from './occ.ts'
import { ofOwncloud } from './owncloud/capabilities.ts'
import { preview } from './preview.ts'

export const app = defineApp('files_trashbin', {
  routes: [preview],
  capabilities: [capabilities, ofOwncloud],
  commands: trashCommands,
  reactions: [trashReactions],
  initialStates: [trashStates],
})
