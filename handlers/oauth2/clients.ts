import { defineEndpoint, p, s } from '#app/index.ts'
import * as clients from '#world/accounts/oauth-clients.ts'

const BASE = { app: 'oauth2', access: 'admin', envelope: false, passwordConfirmation: true } as const
const CLIENTS = '/index.php/apps/oauth2/clients'
export const NO_ADDRESS = 'Your redirect URL needs to be a full URL for example: https://yourdomain.com/path'

export const addClient = defineEndpoint({
  ...BASE,
  id: 'oauth2-settings-add-client',
  method: 'POST',
  path: CLIENTS,
  summary: 'Add a client; its secret is told now and never again',
  input: { name: p.string(), redirectUri: p.string() },
  output: s.object({
    id: s.int(),
    name: s.string(),
    redirectUri: s.string(),
    clientId: s.string(),
    clientSecret: s.string(),
  }),
  responses: { 400: s.object({ message: s.string() }) },
  handle: ({ input, world, ok, respond }) =>
    clients.isAddress(input.redirectUri) ? ok({ ...clients.add(world, input) }) : respond(400, { message: NO_ADDRESS }),
})

export const deleteClient = defineEndpoint({
  ...BASE,
  id: 'oauth2-settings-delete-client',
  method: 'DELETE',
  path: `${CLIENTS}/{id}`,
  summary: 'Remove a client, and what it was granted',
  input: { id: p.int() },
  output: s.empty(),
  handle: ({ input, world, ok, crash }) => {
    const client = clients.find(world, input.id)
    if (!client) return crash()
    clients.remove(world, client)
    return ok([])
  },
})
