import { s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'
import * as tokens from './tokens.ts'
import { tokensTable } from './tokens.ts'

/** An application that lets people log in with their accounts here. */
export interface OAuthClient {
  readonly id: number
  readonly name: string
  /** Where its users come back to. */
  readonly redirectUri: string
  readonly clientId: string
  readonly clientSecret: string
}

/** What a client was granted by somebody: first an authorization code, then tokens that change hands. */
interface Grant {
  readonly id: number
  readonly client: number
  /** The code, or the refresh token. */
  readonly code: string
  /** The id of the app password that the client has. */
  readonly tokenId: number
  readonly grantedAt: number
  /** Whether the code was exchanged for tokens. */
  readonly isRedeemed: boolean
}

export const oauthClientsTable = defineTable<OAuthClient>('oauth2Clients', {
  sequence: 'oauth2Client',
  record: s.object({
    id: s.int(),
    name: s.string(),
    redirectUri: s.string(),
    clientId: s.string(),
    clientSecret: s.string(),
  }),
})

export const oauthGrantsTable = defineTable<Grant>('oauth2Grants', {
  sequence: 'oauth2Grant',
  refersTo: { client: oauthClientsTable },
  record: s.object({
    id: s.int(),
    client: s.int(),
    code: s.string(),
    tokenId: s.int(),
    grantedAt: s.int(),
    isRedeemed: s.bool(),
  }),
})

const ID_LENGTH = 64
const CODE_LENGTH = 128
/** A code is good for ten minutes, an access token for an hour. */
const CODE_SECONDS = 10 * 60
export const TOKEN_SECONDS = 3600

export const list = (world: World): OAuthClient[] =>
  [...world.table(oauthClientsTable).values()].sort((a, b) => a.id - b.id)

export const find = (world: World, id: number): OAuthClient | undefined =>
  world.table(oauthClientsTable).get(String(id))

export const findByClientId = (world: World, clientId: string): OAuthClient | undefined =>
  list(world).find((client) => client.clientId === clientId)

/** Whether a text is a whole address, as a redirect has to be. */
export function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#]+([/?#]\S*)?$/i.test(text)
}

export function add(
  world: World,
  { name, redirectUri, ...given }: Pick<OAuthClient, 'name' | 'redirectUri'> & Partial<OAuthClient>,
): OAuthClient {
  const clientSecret = given.clientSecret ?? world.random.token(ID_LENGTH)
  const clientId = given.clientId ?? world.random.token(ID_LENGTH)
  const client = { id: world.nextId('oauth2Client'), name, redirectUri, clientId, clientSecret }
  world.table(oauthClientsTable).set(String(client.id), client)
  return client
}

/** Remove a client. Every app password of its name goes with it, but those of devices that are to wipe what they hold. */
export function remove(world: World, { id, name }: OAuthClient): void {
  for (const token of [...world.table(tokensTable).values()])
    if (token.name === name && !token.wipe) tokens.revoke(world, token.token)
  const grants = world.table(oauthGrantsTable)
  for (const grant of [...grants.values()]) if (grant.client === id) grants.delete(String(grant.id))
  world.table(oauthClientsTable).delete(String(id))
}

/** Somebody agreed: the client gets a code that it can exchange for tokens. */
export function grant(world: World, client: OAuthClient, tokenId: number): string {
  const made: Grant = {
    id: world.nextId('oauth2Grant'),
    client: client.id,
    code: world.random.token(CODE_LENGTH),
    tokenId,
    grantedAt: world.clock.seconds(),
    isRedeemed: false,
  }
  world.table(oauthGrantsTable).set(String(made.id), made)
  return made.code
}

export interface Redemption {
  readonly type: 'authorization_code' | 'refresh_token'
  readonly code: string
  readonly clientId: string
  readonly clientSecret: string
}

export interface Redeemed {
  readonly accessToken: string
  readonly refreshToken: string
  readonly userId: string
}

/** Exchange a code or a refresh token, which end by that, for an access token and the next refresh token. */
export function redeem(world: World, wanted: Redemption): Redeemed | 'invalid_request' | 'invalid_client' {
  const grants = world.table(oauthGrantsTable)
  const known = [...grants.values()].find(({ code }) => code === wanted.code)
  if (!known) return 'invalid_request'
  if (wanted.type === 'authorization_code') {
    if (known.isRedeemed) return 'invalid_request'
    if (known.grantedAt < world.clock.seconds() - CODE_SECONDS) {
      grants.delete(String(known.id))
      return 'invalid_request'
    }
  }
  const client = find(world, known.client)
  if (client?.clientId !== wanted.clientId || client.clientSecret !== wanted.clientSecret) return 'invalid_client'
  const token = [...world.table(tokensTable).values()].find(({ id }) => id === known.tokenId)
  if (!token) {
    grants.delete(String(known.id))
    return 'invalid_request'
  }
  const next = tokens.rotate(world, token, world.clock.seconds() + TOKEN_SECONDS)
  const refreshToken = world.random.token(CODE_LENGTH)
  grants.set(String(known.id), { ...known, code: refreshToken, isRedeemed: true })
  return { accessToken: next.token, refreshToken, userId: next.userId }
}
