import { fits, s } from '#lib/schema.ts'
import { defineTable } from '../define-table.ts'
import type { World } from '../world.ts'

/** The RSA key with which an account proves who it is, to push proxies and to other servers. */
export interface IdentityKey {
  /** PEM, 2048 bits. */
  readonly publicKey: string
  readonly privateKey: JsonWebKey
}

const isKey = (value: unknown) => fits(s.object({ kty: s.literal('RSA') }, 'allow'), value)

/** Keys by user id, lower case. */
export const identityKeysTable = defineTable<IdentityKey>('identityKeys', {
  record: s.object({
    publicKey: s.string(),
    privateKey: s.form<JsonWebKey>('a JSON Web Key', isKey, { type: 'object' }),
  }),
})

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' } as const
const PARAMETERS = { ...ALGORITHM, modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }

/**
 * The key of an account, made on first use and kept. The key itself is the one thing in a world that its seed
 * does not fix: WebCrypto takes no seed.
 */
export async function ensureKey(world: World, userId: string): Promise<IdentityKey> {
  const name = userId.toLowerCase()
  const known = world.table(identityKeysTable).get(name)
  if (known) return known
  const pair = await crypto.subtle.generateKey(PARAMETERS, true, ['sign', 'verify'])
  const made: IdentityKey = {
    publicKey: toPem(new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))),
    privateKey: await crypto.subtle.exportKey('jwk', pair.privateKey),
  }
  // Somebody else may have asked meanwhile; both must see the same key.
  const first = world.table(identityKeysTable).get(name)
  if (!first) world.table(identityKeysTable).set(name, made)
  return first ?? made
}

/** RSASSA-PKCS1-v1_5 with SHA-512 over a text, as base64. */
export async function sign({ privateKey }: IdentityKey, text: string): Promise<string> {
  const key = await crypto.subtle.importKey('jwk', privateKey, ALGORITHM, false, ['sign'])
  return toBase64(new Uint8Array(await crypto.subtle.sign(ALGORITHM, key, new TextEncoder().encode(text))))
}

/** SHA-512 of a text, as base64. */
export async function sha512(text: string): Promise<string> {
  return toBase64(new Uint8Array(await crypto.subtle.digest('SHA-512', new TextEncoder().encode(text))))
}

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

function toPem(der: Uint8Array): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? []
  return `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`
}
