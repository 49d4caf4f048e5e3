import { webPushTable } from '#handlers/notifications/state.ts'
import { ensureKey, identityKeysTable, toBase64 } from '#world/accounts/identity-keys.ts'
import * as tokens from '#world/accounts/tokens.ts'
import { setApp } from '#world/settings/config.ts'
import { World } from '#world/world.ts'
import { directly, expect, it, type Way } from '../../support/ways.ts'

const BASE = '/apps/notifications/api/v2'
const SEED = { users: [{ id: 'alice' }] }
const PASSWORD = { as: 'alice:alice' }
const HASH = 'a'.repeat(128)

/** A key with the outside of a real one of 2048 bits. */
const KEY = `-----BEGIN PUBLIC KEY-----\n${Array(6).fill('M'.repeat(64)).join('\n')}\n${'M'.repeat(8)}\n-----END PUBLIC KEY-----`

/** Making a key takes a while, so all tests share one. */
const IDENTITY = await ensureKey(new World(), 'alice')

const withToken = (way: Way) => {
  way.ocs.world.table(identityKeysTable).set('alice', IDENTITY)
  const { token } = tokens.create(way.ocs.world, {
    userId: 'alice',
    loginName: 'alice',
    name: 'phone',
    type: 'app-password',
  })
  return { as: `alice:${token}` }
}

directly('a device', SEED, (way) => {
  const register = (ask: { as: string }, more: Record<string, string> = {}) =>
    way.ask('POST', `${BASE}/push`, {
      ...ask,
      form: { pushTokenHash: HASH, devicePublicKey: KEY, proxyServer: 'https://push.example.org/', ...more },
    })

  way.inEveryWay('is registered with a signature of its identifier, and later renewed', async () => {
    const phone = withToken(way)
    const answer = await register(phone)
    expect(answer.code).toBe(201)
    if (answer.isJson) await expectSigned(answer.data as Record<string, string>, way, answer.text)
    expect((await register(phone)).code).toBe(200)
  })

  it.each([
    [{ pushTokenHash: 'short' }, 'INVALID_PUSHTOKEN_HASH'],
    [{ devicePublicKey: 'x' }, 'INVALID_DEVICE_KEY'],
    [{ devicePublicKey: `${KEY}\n\n` }, 'INVALID_DEVICE_KEY'],
    [{ proxyServer: 'nourl' }, 'INVALID_PROXY_SERVER'],
    [{ proxyServer: 'http://push.example.org/' }, 'INVALID_PROXY_SERVER'],
    [{ proxyServer: 'https://10.1.2.3/' }, 'INVALID_PROXY_SERVER'],
    [{ proxyServer: `https://push.example.org/${'x'.repeat(256)}` }, 'INVALID_PROXY_SERVER'],
  ])('with %o is refused', async (more, message) => {
    const answer = await register(withToken(way), more as Record<string, string>)
    expect(answer.code).toBe(400)
    answer.expectData({ message })
  })

  it('that logged in with a password has nothing to be known by', async () => {
    for (const answer of [await register(PASSWORD), await way.ask('DELETE', `${BASE}/push`, PASSWORD)]) {
      expect(answer.code).toBe(400)
      answer.expectData({ message: 'INVALID_SESSION_TOKEN' })
    }
  })

  way.inEveryWay('is removed once', async () => {
    const phone = withToken(way)
    await register(phone)
    expect((await way.ask('DELETE', `${BASE}/push`, phone)).code).toBe(202)
    expect((await way.ask('DELETE', `${BASE}/push`, phone)).code).toBe(200)
  })
})

async function expectSigned(data: Record<string, string>, way: Way, text: string): Promise<void> {
  const host = way.name === 'server' ? /^http:\/\/(.*)\/ocs/.exec(text)?.[1] : 'cloud.example.com'
  if (!host) return
  const identifier = `["alice@${host}",1]`
  const digest = await crypto.subtle.digest('SHA-512', new TextEncoder().encode(identifier))
  expect(data.deviceIdentifier).toBe(toBase64(new Uint8Array(digest)))
  const der = Uint8Array.from(atob(data.publicKey!.replace(/-----.*-----|\n/g, '')), (c) => c.charCodeAt(0))
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' }
  const key = await crypto.subtle.importKey('spki', der, algorithm, false, ['verify'])
  const signature = Uint8Array.from(atob(data.signature!), (c) => c.charCodeAt(0))
  expect(await crypto.subtle.verify(algorithm, key, signature, new TextEncoder().encode(identifier))).toBe(true)
}

const P256 = `B${'A'.repeat(86)}`
const AUTH = 'A'.repeat(22)

directly('web push', SEED, (way) => {
  const subscribe = (more: Record<string, string> = {}, ask = PASSWORD) =>
    way.ask('POST', `${BASE}/webpush`, {
      ...ask,
      form: { endpoint: 'https://push.example.org/1', uaPublicKey: P256, auth: AUTH, appTypes: 'all', ...more },
    })
  const activate = (activationToken: string) =>
    way.ask('POST', `${BASE}/webpush/activate`, { ...PASSWORD, form: { activationToken } })
  const enable = (...keys: string[]) => {
    for (const key of keys) setApp(way.ocs.world, 'notifications', key, '1')
  }
  const activationToken = () => way.ocs.world.table(webPushTable).get('alice/-1')!.activationToken

  way.inEveryWay('has a key that everybody may know', async () => {
    const answer = await way.ask('GET', `${BASE}/webpush/vapid`, PASSWORD)
    expect(answer.text).toMatch(/B[\w-]{86}/)
  })

  it('is off, and off for browsers, unless the administration says otherwise', async () => {
    for (const answer of [await subscribe(), await activate('x')]) {
      expect(answer.code).toBe(403)
      answer.expectData({ message: 'WEBPUSH_DISABLED' })
    }
    enable('webpush_enabled')
    expect((await subscribe()).code).toBe(403)
    expect((await subscribe({}, withToken(way))).code).toBe(201)
  })

  it.each([
    [{ uaPublicKey: 'x' }, 'INVALID_P256DH'],
    [{ auth: 'x' }, 'INVALID_AUTH'],
    [{ endpoint: 'http://push.example.org/' }, 'INVALID_ENDPOINT'],
    [{ endpoint: 'https://localhost/' }, 'INVALID_ENDPOINT'],
    [{ appTypes: 'x'.repeat(257) }, 'TOO_MANY_APP_TYPES'],
  ])('refuses %o', async (more, message) => {
    enable('webpush_enabled', 'webpush_browsers_enabled')
    const answer = await subscribe(more as Record<string, string>)
    expect(answer.code).toBe(400)
    answer.expectData({ message })
  })

  way.inEveryWay('counts once it is activated, and is renewed from then on', async () => {
    enable('webpush_enabled', 'webpush_browsers_enabled')
    expect((await activate('x')).code).toBe(404)
    expect((await subscribe()).code).toBe(201)
    const wrong = await activate('x')
    expect(wrong.code).toBe(400)
    wrong.expectData({ message: 'INVALID_ACTIVATION_TOKEN' })
    expect((await activate(activationToken())).code).toBe(202)
    expect((await activate('x')).code).toBe(200)
    expect((await subscribe()).code).toBe(200)
    expect((await subscribe({ endpoint: 'https://push.example.org/2' })).code).toBe(201)
  })

  way.inEveryWay('ends once', async () => {
    enable('webpush_enabled', 'webpush_browsers_enabled')
    await subscribe()
    expect((await way.ask('DELETE', `${BASE}/webpush`, PASSWORD)).code).toBe(202)
    expect((await way.ask('DELETE', `${BASE}/webpush`, PASSWORD)).code).toBe(200)
  })
})
