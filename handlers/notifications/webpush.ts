import { defineEndpoint, p, s } from '#app/index.ts'
import { toBool } from '#lib/php.ts'
import type { Actor } from '#line/identify.ts'
import { toBase64 } from '#world/accounts/identity-keys.ts'
import { getApp, setApp } from '#world/settings/config.ts'
import { isAllowedRemoteHost } from '#world/settings/remote-hosts.ts'
import type { World } from '#world/world.ts'
import * as pushDevices from './state.ts'
import { hostOfUrl } from './urls.ts'

const PATH = '/apps/notifications/api/{apiVersion:(v2)}/webpush'
const problem = s.object({ message: s.string() })
const DISABLED = { message: 'WEBPUSH_DISABLED' }

const isOn = (world: World, key: string) => toBool(getApp(world, 'notifications', key))
const appToken = (actor: Actor) => (actor.token?.type === 'app-password' ? actor.token : undefined)

/** Browsers, which have a session and no app password, need a setting of their own. */
const mayUse = (world: World, actor: Actor) =>
  isOn(world, 'webpush_enabled') && (appToken(actor) !== undefined || isOn(world, 'webpush_browsers_enabled'))

const MAX_ENDPOINT_BYTES = 765
const MAX_TYPES_BYTES = 256

function isPushServer(world: World, url: string): boolean {
  const host = url.length <= MAX_ENDPOINT_BYTES && /^https:/i.test(url) ? hostOfUrl(url) : null
  return host !== null && isAllowedRemoteHost(world, host)
}

/** An uncompressed point of P-256 in base64url: 65 bytes that begin with 4. */
const isP256Point = (key: string) => /^B[A-P][A-Za-z0-9_-]{85}=*$/.test(key)
/** 16 bytes in base64url. */
const isAuthSecret = (auth: string) => /^[A-Za-z0-9_-]{22}=*$/.test(auth)

/** The server's own public key, made where there is none. */
async function ensureVapidKey(world: World): Promise<string> {
  const known = getApp(world, 'notifications', 'webpush_vapid_pubkey')
  if (known !== '') return known
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const raw = toBase64(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)))
  const { d = '' } = await crypto.subtle.exportKey('jwk', pair.privateKey)
  const made = raw.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  setApp(world, 'notifications', 'webpush_vapid_pubkey', made, { type: 'string' })
  setApp(world, 'notifications', 'webpush_vapid_privkey', d, { type: 'string', sensitive: true })
  return made
}

export const getVapid = defineEndpoint({
  id: 'notifications-web_push-get-vapid',
  app: 'notifications',
  method: 'GET',
  path: `${PATH}/vapid`,
  since: 34,
  access: 'user',
  summary: 'Public key with which this server identifies itself to push servers',
  output: s.object({ vapid: s.string() }),
  probe: { apiVersion: 'v2' },
  handle: async ({ world, ok }) => ok({ vapid: await ensureVapidKey(world) }),
})

export const registerWebPush = defineEndpoint({
  id: 'notifications-web_push-registerwp',
  app: 'notifications',
  method: 'POST',
  path: PATH,
  since: 34,
  access: 'user',
  summary: 'Subscribe to web push; the subscription counts once it is activated',
  input: { endpoint: p.string(), uaPublicKey: p.string(), auth: p.string(), appTypes: p.string() },
  output: s.empty(),
  responses: { 201: s.empty(), 400: problem, 403: problem },
  probe: { apiVersion: 'v2', endpoint: 'none', uaPublicKey: 'none', auth: 'none', appTypes: 'all' },
  notImplemented: ['pushing the activation token to the endpoint'],
  handle: ({ input: { endpoint, uaPublicKey, auth, appTypes }, me, actor, world, respond }) => {
    const refuse = (message: string) => respond(400, { message })
    if (!isOn(world, 'webpush_enabled')) return respond(403, DISABLED)
    if (!isP256Point(uaPublicKey)) return refuse('INVALID_P256DH')
    if (!isAuthSecret(auth)) return refuse('INVALID_AUTH')
    if (!isPushServer(world, endpoint)) return refuse('INVALID_ENDPOINT')
    if (appTypes.length > MAX_TYPES_BYTES) return refuse('TOO_MANY_APP_TYPES')
    if (!mayUse(world, actor)) return respond(403, DISABLED)
    const tokenId = pushDevices.tokenIdOf(appToken(actor))
    const wanted = { userId: me, tokenId, endpoint, uaPublicKey, auth, appTypes }
    const outcome = pushDevices.subscribe(world, wanted, () => world.random.uuid())
    return respond(outcome === 'created' ? 201 : 200)
  },
})

export const activateWebPush = defineEndpoint({
  id: 'notifications-web_push-activatewp',
  app: 'notifications',
  method: 'POST',
  path: `${PATH}/activate`,
  since: 34,
  access: 'user',
  summary: 'Activate a subscription with the token that was pushed to it',
  input: { activationToken: p.string() },
  output: s.empty(),
  responses: { 202: s.empty(), 400: problem, 403: problem, 404: problem },
  probe: { apiVersion: 'v2', activationToken: 'none' },
  handle: ({ input: { activationToken }, me, actor, world, ok, respond }) => {
    if (!mayUse(world, actor)) return respond(403, DISABLED)
    switch (pushDevices.activate(world, me, pushDevices.tokenIdOf(appToken(actor)), activationToken)) {
      case 'activated':
        return respond(202)
      case 'already':
        return ok()
      case 'wrong-token':
        return respond(400, { message: 'INVALID_ACTIVATION_TOKEN' })
      case 'no-subscription':
        return respond(404, { message: 'NO_PUSH_SUBSCRIPTION' })
    }
  },
})

export const removeWebPush = defineEndpoint({
  id: 'notifications-web_push-removewp',
  app: 'notifications',
  method: 'DELETE',
  path: PATH,
  since: 34,
  access: 'user',
  summary: 'End the web push subscription of the login that calls; 202 where there was one',
  output: s.empty(),
  probe: { apiVersion: 'v2' },
  handle: ({ me, actor, world, respond }) =>
    respond(pushDevices.unsubscribe(world, me, pushDevices.tokenIdOf(actor.token)) ? 202 : 200),
})
