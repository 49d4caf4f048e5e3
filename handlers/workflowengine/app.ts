import { defineApp } from '#app/index.ts'
import { building } from './flows.ts'
import {
  createGlobalFlow,
  deleteGlobalFlow,
  listGlobalFlows,
  showGlobalFlows,
  updateGlobalFlow,
} from './global-workflows.ts'
import { workflowCommands } from './occ.ts'
import { flowsTable } from './state.ts'
import { workflowStories } from './stories.ts'
import { createUserFlow, deleteUserFlow, listUserFlows, showUserFlows, updateUserFlow } from './user-workflows.ts'

export const app = defineApp('workflowengine', {
  data: [building],
  endpoints: [
    listGlobalFlows,
    showGlobalFlows,
    createGlobalFlow,
    updateGlobalFlow,
    deleteGlobalFlow,
    listUserFlows,
    showUserFlows,
    createUserFlow,
    updateUserFlow,
    deleteUserFlow,
  ],
  tables: [flowsTable],
  stories: workflowStories,
  commands: workflowCommands,
})
