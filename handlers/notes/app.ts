import { defineApp } from '#app/index.ts'
import { addAttachment, getAttachment } from './attachments.ts'
import { capabilities } from './capabilities.ts'
import { anythingElse, create, destroy, get, index, update } from './notes.ts'
import { seededNotes } from './seed.ts'
import { getSettings, setSettings } from './settings.ts'
import { noteReactions, noteTimesTable } from './state.ts'

export const app = defineApp('notes', {
  name: 'Notes',
  version: '6.0.2',
  summary: 'Notes that are files',
  inStore: true,
  endpoints: [index, get, create, update, destroy, getSettings, setSettings, addAttachment],
  routes: [anythingElse, getAttachment],
  capabilities: [capabilities],
  tables: [noteTimesTable],
  reactions: [noteReactions],
  seed: [seededNotes],
})
