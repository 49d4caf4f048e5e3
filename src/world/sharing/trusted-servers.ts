import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'

declare module '#world/events.ts' {
  interface WorldEvents {
    'trusted-server.removed': { readonly url: string }
  }
}

/** Another server whose accounts may be looked up and whose shares may be accepted by themselves. */
export interface TrustedServer {
  readonly id: number
  /** With its scheme, as it was added. */
  readonly url: string
  readonly status: 'ok' | 'pending' | 'failure' | 'revoked'
  /** Sent to the other server to begin; it proves itself by sending it back. */
  readonly token: string
  readonly sharedSecret: string | null
}

/** Trusted servers by {@link keyOf} of their address. */
export const trustedServersTable = defineTable<TrustedServer>('trustedServers', {
  sequence: 'trustedServer',
  record: s.object({
    id: s.int(),
    url: s.string(),
    status: s.literal('ok', 'pending', 'failure', 'revoked'),
    token: s.string(),
    sharedSecret: s.nullable(s.string()),
  }),
})

/** An address without its scheme and the slash at its end: both spellings are one server. */
export function keyOf(url: string): string {
  return url
    .trim()
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '')
}

export function all(world: World): TrustedServer[] {
  return [...world.table(trustedServersTable).values()].sort((a, b) => a.id - b.id)
}

export function find(world: World, url: string): TrustedServer | undefined {
  return world.table(trustedServersTable).get(keyOf(url))
}

export const isTrusted = (world: World, url: string): boolean => find(world, url) !== undefined

/** Trust a server. Whether there is one at the address is the caller's business. */
export function add(world: World, url: string): TrustedServer {
  const server: TrustedServer = {
    id: world.nextId('trustedServer'),
    url: /^https?:\/\//.test(url) ? url : `https://${url}`,
    status: 'pending',
    token: world.random.token(16),
    sharedSecret: null,
  }
  world.table(trustedServersTable).set(keyOf(url), server)
  return server
}

export function remove(world: World, id: number): 'not-found' | 'removed' {
  const server = all(world).find((known) => known.id === id)
  if (!server) return 'not-found'
  world.table(trustedServersTable).delete(keyOf(server.url))
  world.emit({ type: 'trusted-server.removed', url: server.url })
  return 'removed'
}

/** Agree on a secret with a server that sent back its token; `null`: it did not. */
export function agreeOnSecret(world: World, url: string, token: string): string | null {
  const server = find(world, url)
  if (!server || token === '' || server.token !== token) return null
  const sharedSecret = world.random.token(32)
  world.table(trustedServersTable).set(keyOf(url), { ...server, sharedSecret })
  return sharedSecret
}
