import { defineEndpoint, p, s } from '#app/index.ts'
import { isAllowedRemoteHost } from '#world/settings/remote-hosts.ts'
import * as trusted from '#world/sharing/trusted-servers.ts'
import type { World } from '#world/world.ts'

const STATUSES = { ok: 1, pending: 2, failure: 3, revoked: 4 } as const

export const listTrustedServers = defineEndpoint({
  id: 'federation-settings-get-servers',
  app: 'federation',
  method: 'GET',
  path: '/apps/federation/trusted-servers',
  since: 32,
  access: 'delegated',
  summary: 'Servers that this one trusts',
  output: s.list(s.object({ url: s.string(), id: s.int(), status: s.literal(1, 2, 3, 4) })),
  handle: ({ world, ok }) =>
    ok(trusted.all(world).map(({ url, id, status }) => ({ url, id, status: STATUSES[status] }))),
})

export const addTrustedServer = defineEndpoint({
  id: 'federation-settings-add-server',
  app: 'federation',
  method: 'POST',
  path: '/apps/federation/trusted-servers',
  since: 32,
  access: 'delegated',
  summary: 'Trust a server',
  input: { url: p.string().describe('Its address') },
  output: s.object({ url: s.string(), id: s.int(), message: s.string() }),
  failures: { 404: 'No server to federate with found', 409: 'Server is already in the list of trusted servers.' },
  probe: { url: 'https://unknown.invalid' },
  notImplemented: ['servers other than this one are never found'],
  handle: ({ input, world, request, ok, fail }) => {
    const url = input.url.trim()
    if (trusted.isTrusted(world, url)) fail(409)
    if (!isReachable(world, url, request.baseUrl)) fail(404)
    const { id } = trusted.add(world, url)
    return ok({ url: input.url, id, message: 'Added to the list of trusted servers' })
  },
})

/** Nothing is asked over the network: the only server that is found is this one, where it may ask itself. */
function isReachable(world: World, url: string, ownUrl: string): boolean {
  const host = /^https?:\/\/([^/:]+)/.exec(url)?.[1]
  return host !== undefined && trusted.keyOf(url) === trusted.keyOf(ownUrl) && isAllowedRemoteHost(world, host)
}

export const removeTrustedServer = defineEndpoint({
  id: 'federation-settings-remove-server',
  app: 'federation',
  method: 'DELETE',
  path: '/apps/federation/trusted-servers/{id:\\d+}',
  since: 32,
  access: 'delegated',
  summary: 'Trust a server no longer',
  input: { id: p.int() },
  output: s.object({ id: s.int() }),
  failures: { 404: 'No server found with ID: 1' },
  probe: { id: '999999' },
  handle: ({ input, world, ok, fail }) => {
    if (trusted.remove(world, input.id) === 'not-found') fail(404, `No server found with ID: ${input.id}`)
    return ok({ id: input.id })
  },
})
