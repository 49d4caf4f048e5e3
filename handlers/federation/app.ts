import { defineApp } from '#app/index.ts'
import { federationCommands } from './occ.ts'
import {
  getSharedSecret,
  getSharedSecretLegacy,
  requestSharedSecret,
  requestSharedSecretLegacy,
} from './shared-secrets.ts'
import { addTrustedServer, listTrustedServers, removeTrustedServer } from './trusted-servers.ts'

export const app = defineApp('federation', {
  endpoints: [
    requestSharedSecret,
    requestSharedSecretLegacy,
    getSharedSecret,
    getSharedSecretLegacy,
    listTrustedServers,
    addTrustedServer,
    removeTrustedServer,
  ],
  commands: federationCommands,
})
