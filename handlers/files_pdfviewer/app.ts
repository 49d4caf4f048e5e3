import { defineApp } from '#app/index.ts'
import { viewerStates } from './initial-state.ts'
import { getSettings, setEnableScripting } from './settings.ts'

export const app = defineApp('files_pdfviewer', {
  endpoints: [getSettings, setEnableScripting],
  initialStates: [viewerStates],
})
