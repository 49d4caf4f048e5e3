import { defineApp } from '#app/index.ts'
import { oauthClientsTable, oauthGrantsTable } from '#world/accounts/oauth-clients.ts'
import { authorize } from './authorize.ts'
import { addClient, deleteClient } from './clients.ts'
import { commands } from './occ.ts'
import { seededClients } from './seed.ts'
import { getToken } from './token.ts'

export const app = defineApp('oauth2', {
  endpoints: [addClient, deleteClient],
  routes: [authorize, getToken],
  tables: [oauthClientsTable, oauthGrantsTable],
  seed: [seededClients],
  commands,
})
