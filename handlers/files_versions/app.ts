import { defineApp } from '#app/index.ts'
import { capabilities } from './capabilities.ts'
import { versionCommands } from './occ.ts'
import { ofOwncloud } from './owncloud/capabilities.ts'

export const app = defineApp('files_versions', {
  capabilities: [capabilities, ofOwncloud],
  commands: versionCommands,
})
