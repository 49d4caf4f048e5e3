import { defineApp } from '#app/index.ts'
import { clientStates } from './initial-state.ts'

export const app = defineApp('firstrunwizard', { initialStates: [clientStates] })
