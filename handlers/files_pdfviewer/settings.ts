import { defineEndpoint, p, s } from '#app/index.ts'
import { getApp, setApp } from '#world/settings/config.ts'

const APP = 'files_pdfviewer'
const KEY = 'enable_scripting'
const output = s.object({ enableScripting: s.bool() })

export const getSettings = defineEndpoint({
  id: 'files_pdfviewer-settings-get-settings',
  app: APP,
  method: 'GET',
  path: '/apps/files_pdfviewer/api/v1/settings',
  since: 34,
  access: 'admin',
  summary: 'Whether scripts in PDF documents run',
  output,
  handle: ({ world, ok }) => ok({ enableScripting: getApp(world, APP, KEY, 'no') === 'yes' }),
})

export const setEnableScripting = defineEndpoint({
  id: 'files_pdfviewer-settings-set-enable-scripting',
  app: APP,
  method: 'PUT',
  path: '/apps/files_pdfviewer/api/v1/settings/enable-scripting',
  since: 34,
  access: 'admin',
  summary: 'Let scripts in PDF documents run, or not',
  input: { enableScripting: p.bool() },
  output,
  probe: { enableScripting: 'false' },
  handle: ({ input: { enableScripting }, world, ok }) => {
    setApp(world, APP, KEY, enableScripting ? 'yes' : 'no')
    return ok({ enableScripting })
  },
})
