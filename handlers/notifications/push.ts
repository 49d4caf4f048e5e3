import { defineEndpoint, p, s } from '#app/index.ts'
import * as identityKeys from '#world/accounts/identity-keys.ts'
import { isAllowedRemoteHost } from '#world/settings/remote-hosts.ts'
import type { World } from '#world/world.ts'
import * as pushDevices from './state.ts'
import { hostOfUrl } from './urls.ts'

const problem = s.object({ message: s.string() })

const KEY_BEGINS = '-----BEGIN PUBLIC KEY-----\n'
const KEY_ENDS = '\n-----END PUBLIC KEY-----'
/** Where a key of 2048 bits ends, with and without a line feed behind it. */
const KEY_END_AT = 425
const KEY_LENGTHS: readonly number[] = [450, 451]

function isDeviceKey(key: string): boolean {
  return (
    key.startsWith(KEY_BEGINS) &&
    KEY_LENGTHS.includes(key.length) &&
    key.indexOf(KEY_ENDS) === KEY_END_AT &&
    (key.length === 450 || key.endsWith('\n'))
  )
}

/** Proxies speak HTTPS; plain HTTP only on names that never leave a network. */
const PROXY = /^(?:https:\/\/|http:\/\/(?:localhost|[a-z0-9.-]*\.(?:internal|local))(?::\d{0,5})?\/)/
const MAX_PROXY_BYTES = 256

function isProxy(world: World, url: string): boolean {
  const host = url.length <= MAX_PROXY_BYTES && PROXY.test(url) ? hostOfUrl(url) : null
  return host !== null && isAllowedRemoteHost(world, host)
}

const TALK = /^Mozilla\/5\.0 \((?:Android|iOS)\) Nextcloud-Talk v/
const FILES = /^Mozilla\/5\.0 \((?:Android\) (?:ownCloud|Nextcloud)-android|iOS\) (?:ownCloud|Nextcloud)-iOS)\//

const appTypeOf = (userAgent: string) =>
  TALK.test(userAgent) ? 'talk' : FILES.test(userAgent) ? 'nextcloud' : 'unknown'

export const registerDevice = defineEndpoint({
  id: 'notifications-push-register-device',
  app: 'notifications',
  method: 'POST',
  path: '/apps/notifications/api/{apiVersion:(v2)}/push',
  access: 'user',
  summary: 'Register a device, which must have logged in with an app password, with a push proxy',
  input: { pushTokenHash: p.string().secret(), devicePublicKey: p.string().secret(), proxyServer: p.string() },
  output: s.object({ publicKey: s.secret(), deviceIdentifier: s.secret(), signature: s.secret() }),
  responses: { 400: problem },
  probe: { apiVersion: 'v2', pushTokenHash: 'none', devicePublicKey: 'none', proxyServer: 'none' },
  handle: async ({ input, me, actor, world, request, respond }) => {
    const { pushTokenHash, devicePublicKey, proxyServer } = input
    const refuse = (message: string) => respond(400, { message })
    if (!/^[a-f0-9]{128}$/.test(pushTokenHash)) return refuse('INVALID_PUSHTOKEN_HASH')
    if (!isDeviceKey(devicePublicKey)) return refuse('INVALID_DEVICE_KEY')
    if (!isProxy(world, proxyServer)) return refuse('INVALID_PROXY_SERVER')
    if (!actor.token) return refuse('INVALID_SESSION_TOKEN')

    const key = await identityKeys.ensureKey(world, me)
    const cloudId = `${me}@${request.baseUrl.replace(/^https?:\/\//, '')}`
    const identifier = JSON.stringify([cloudId, actor.token.id]).replaceAll('/', '\\/')
    const device = { userId: me, tokenId: actor.token.id, pushTokenHash, devicePublicKey, proxyServer }
    const deviceIdentifier = await identityKeys.sha512(identifier)
    const appType = appTypeOf(request.header('user-agent'))
    const outcome = pushDevices.register(world, { ...device, deviceIdentifier, appType })
    const signature = await identityKeys.sign(key, identifier)
    return respond(outcome === 'created' ? 201 : 200, { publicKey: key.publicKey, deviceIdentifier, signature })
  },
})

export const removeDevice = defineEndpoint({
  id: 'notifications-push-remove-device',
  app: 'notifications',
  method: 'DELETE',
  path: '/apps/notifications/api/{apiVersion:(v2)}/push',
  access: 'user',
  summary: 'Forget the device that calls; 202 where it was registered',
  output: s.empty(),
  responses: { 400: problem },
  probe: { apiVersion: 'v2' },
  handle: ({ me, actor, world, respond }) => {
    if (!actor.token) return respond(400, { message: 'INVALID_SESSION_TOKEN' })
    return respond(pushDevices.remove(world, me, actor.token.id) ? 202 : 200)
  },
})
