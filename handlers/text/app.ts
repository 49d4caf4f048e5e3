import { defineApp } from '#app/index.ts'
import { editorStates } from './initial-state.ts'
import { textCommands } from './occ.ts'
import { textStories } from './stories.ts'
import { editWorkspace, getPublicWorkspace, getWorkspace } from './workspace.ts'

export const app = defineApp('text', {
  endpoints: [getWorkspace, getPublicWorkspace, editWorkspace],
  stories: textStories,
  commands: textCommands,
  initialStates: [editorStates],
})
