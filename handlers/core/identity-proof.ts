import { defineEndpoint, s } from '../../src/endpoint.ts'
import { keyOf } from '../../src/world/identity-keys.ts'
import * as users from '../../src/world/users.ts'

/** With this key other servers check what an account signed. */
export const getIdentityProof = defineEndpoint({
  id: 'core-ocs-get-identity-proof',
  app: 'core',
  method: 'GET',
  path: '/identityproof/key/{cloudId}',
  access: 'public',
  summary: 'The public key of an account',
  output: s.object({ public: s.string() }),
  responses: { 404: s.list(s.string()) },
  probe: { cloudId: '$me' },
  handle: async ({ input, world, ok, respond }) => {
    const user = users.find(world, input.cloudId)
    return user ? ok({ public: (await keyOf(world, user.id)).publicKey }) : respond(404, ['Account not found'])
  },
})
