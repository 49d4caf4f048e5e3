import { defineApp } from '#app/index.ts'
import { copyConfiguration, create, modify, remove, show, testConfiguration } from './configurations.ts'
import { ldapSettings } from './data.ts'
import { ldapCommands } from './occ.ts'
import { action, clearMappings } from './wizard.ts'

export const app = defineApp('user_ldap', {
  data: [ldapSettings],
  endpoints: [create, copyConfiguration, remove, show, modify, testConfiguration, action, clearMappings],
  commands: [...ldapCommands],
})
