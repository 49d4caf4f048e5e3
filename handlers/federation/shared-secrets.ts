import { defineEndpoint, type EndpointDefinition, p, s } from '#app/index.ts'
import * as trusted from '#world/sharing/trusted-servers.ts'

const input = { url: p.string().describe('The server that asks'), token: p.string().secret() }
type Shared = Pick<
  EndpointDefinition<string, typeof input, { readonly 403: '' }>,
  'app' | 'access' | 'csrf' | 'input' | 'failures' | 'probe'
>

/** Only servers that this one trusts get anywhere. */
const fromTrusted: Shared = {
  app: 'federation',
  access: 'public',
  csrf: false,
  input,
  failures: { 403: '' },
  probe: { url: 'https://unknown.invalid', token: 'abc' },
}

const REQUEST = { summary: 'Another server wants to agree on a secret', output: s.empty(), method: 'POST' } as const
const GET = {
  summary: 'The secret for a server that proves itself with the token it was sent',
  output: s.object({ sharedSecret: s.string() }),
  method: 'GET',
} as const

export const requestSharedSecret = defineEndpoint({
  ...fromTrusted,
  ...REQUEST,
  id: 'federation-ocs_authapi-request-shared-secret',
  path: '/cloud/shared-secret',
  handle: ({ input, world, ok, fail }) => (trusted.isTrusted(world, input.url) ? ok() : fail(403)),
})

export const requestSharedSecretLegacy = defineEndpoint({
  ...fromTrusted,
  ...REQUEST,
  id: 'federation-ocs_authapi-request-shared-secret-legacy',
  path: '/apps/federation/api/v1/request-shared-secret',
  handle: ({ input, world, ok, fail }) => (trusted.isTrusted(world, input.url) ? ok() : fail(403)),
})

export const getSharedSecret = defineEndpoint({
  ...fromTrusted,
  ...GET,
  id: 'federation-ocs_authapi-get-shared-secret',
  path: '/cloud/shared-secret',
  handle: ({ input, world, ok, fail }) =>
    ok({ sharedSecret: trusted.agreeOnSecret(world, input.url, input.token) ?? fail(403) }),
})

export const getSharedSecretLegacy = defineEndpoint({
  ...fromTrusted,
  ...GET,
  id: 'federation-ocs_authapi-get-shared-secret-legacy',
  path: '/apps/federation/api/v1/shared-secret',
  handle: ({ input, world, ok, fail }) =>
    ok({ sharedSecret: trusted.agreeOnSecret(world, input.url, input.token) ?? fail(403) }),
})
