import { defineApp } from '#app/index.ts'
import { addAttachment, getAttachment } from './attachments.ts'
import { capabilities } from './capabilities.ts'
import { anythingElse, create, destroy, get, index, update } from './notes.ts'
import { pages } from './pages.ts'
import { noteSearch } from './search.ts'
import { seededNotes } from './seed.ts'
import { getSettings, setSettings } from './settings.ts'
import { noteReactions, noteTimesTable } from './state.ts'
import { noteWidget } from './widget.ts'

export const app = defineApp('notes', {
  name: 'Notes',
  version: '6.0.2',
  summary: 'Notes that are files',
  inStore: true,
  endpoints: [index, get, create, update, destroy, getSettings, setSettings, addAttachment],
  routes: [anythingElse, getAttachment, ...pages],
  capabilities: [capabilities],
  tables: [noteTimesTable],
  reactions: [noteReactions],
  searchProviders: [noteSearch],
  widgets: [noteWidget],
  seed: [seededNotes],
})
