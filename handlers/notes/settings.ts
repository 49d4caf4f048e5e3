import { defineEndpoint, p, s } from '#app/index.ts'
import { API, BASE, HEADERS } from './notes.ts'
import { changeSettings, settingsOf } from './state.ts'

const schema = s.object({ notesPath: s.string(), fileSuffix: s.string(), noteMode: s.string() })

export const getSettings = defineEndpoint({
  ...BASE,
  id: 'notes-notes_api-get-settings',
  method: 'GET',
  path: `${API}/settings`,
  summary: 'How the caller keeps notes',
  output: schema,
  probe: { apiVersion: 'v1' },
  handle: ({ me, world, ok }) => ok({ ...settingsOf(world, me) }, { headers: HEADERS }),
})

export const setSettings = defineEndpoint({
  ...BASE,
  id: 'notes-notes_api-set-settings',
  method: 'PUT',
  path: `${API}/settings`,
  summary: 'Change how the caller keeps notes',
  input: { notesPath: p.string().orNull(), fileSuffix: p.string().orNull(), noteMode: p.string().orNull() },
  output: schema,
  handle: ({ input, me, world, ok }) => {
    const { notesPath, fileSuffix, noteMode } = input
    const sent = Object.entries({ notesPath, fileSuffix, noteMode }).filter(([, value]) => value !== null)
    return ok({ ...changeSettings(world, me, Object.fromEntries(sent)) }, { headers: HEADERS })
  },
})
