import { defineApp } from '#app/index.ts'
import { previewStates } from './initial-state.ts'

export const app = defineApp('viewer', { initialStates: [previewStates] })
