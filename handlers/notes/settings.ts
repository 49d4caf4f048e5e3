import { defineEndpoint, p, s } from '#app/index.ts'
import { BASE, HEADERS, ROOT } from './notes.ts'
import { changeSettings, settle } from './state.ts'

const schema = s.object({ notesPath: s.string(), fileSuffix: s.string(), noteMode: s.string() })

export const getSettings = defineEndpoint({
  ...BASE,
  id: 'notes-notes_api-get-settings',
  method: 'GET',
  path: `${ROOT}/{apiVersion:v1|v1\\.4}/settings`,
  summary: 'How the caller keeps notes',
  output: schema,
  probe: { apiVersion: 'v1' },
  handle: ({ me, world, ok }) => ok({ ...settle(world, me) }, { headers: HEADERS }),
})

export const setSettings = defineEndpoint({
  ...BASE,
  id: 'notes-notes_api-set-settings',
  method: 'PUT',
  path: `${ROOT}/v1/settings`,
  summary: 'Change how the caller keeps notes',
  input: { notesPath: p.mixed(), fileSuffix: p.mixed(), noteMode: p.mixed() },
  output: schema,
  handle: ({ raw, me, world, ok }) => {
    changeSettings(world, me, raw)
    return ok({ ...settle(world, me) }, { headers: HEADERS })
  },
})
