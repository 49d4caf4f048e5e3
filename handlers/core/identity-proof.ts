import { defineEndpoint, s } from '#app/index.ts'
import { byRelease } from '#lib/releases.ts'
import { ensureKey } from '#world/accounts/identity-keys.ts'
import * as users from '#world/accounts/users.ts'

/** Asked: Nextcloud 27.1.10, 32.0.2. */
const NOBODY = byRelease('User not found', { 28: 'Account not found' })

export const getIdentityProof = defineEndpoint({
  id: 'core-ocs-get-identity-proof',
  app: 'core',
  method: 'GET',
  path: '/identityproof/key/{cloudId}',
  access: 'public',
  summary: 'The public key with which an account proves who it is',
  output: s.object({ public: s.string() }),
  responses: { 404: s.list(s.string()) },
  probe: { cloudId: '$me' },
  handle: async ({ input, world, ok, respond }) => {
    const user = users.find(world, input.cloudId)
    return user ? ok({ public: (await ensureKey(world, user.id)).publicKey }) : respond(404, [NOBODY.at(world.release)])
  },
})
