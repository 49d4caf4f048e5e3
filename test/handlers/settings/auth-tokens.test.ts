import { tokensOf } from '#world/accounts/tokens.ts'
import { Browser } from '../../support/browser.ts'
import { ask } from '../../support/dav.ts'
import { directly, expect, it } from '../../support/ways.ts'

const seed = { users: [{ id: 'alice', password: 'secret' }] }
const PATH = '/index.php/settings/personal/authtokens'
const basic = (password: string) => ({ Authorization: `Basic ${btoa(`alice:${password}`)}`, 'OCS-APIRequest': 'true' })

directly('app passwords in the personal settings', seed, (way) => {
  const send = (method: string, path: string, body: object | undefined, password = 'secret', cookies = '') =>
    way.fetch(PATH + path, {
      method,
      headers: { ...basic(password), 'Content-Type': 'application/json', ...(cookies ? { Cookie: cookies } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const make = async (body: object) => {
    const browser = new Browser(way)
    await browser.logIn('alice', 'secret')
    return send('POST', '', body, 'secret', [...browser.cookies].map((pair) => pair.join('=')).join('; '))
  }
  const made = async (name = 'Phone') =>
    (await (await make({ name })).json()) as { token: string; deviceToken: { id: number; name: string } }
  const heard = async () => {
    const told = await way.ask('GET', '/apps/activity/api/v2/activity/security', { as: 'alice:secret' })
    return (told.data as { subject: string }[]).map(({ subject }) => subject)
  }

  it('are made for a device, in five groups that people can type', async () => {
    const answer = await make({ name: 'Phone' })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({
      token: expect.stringMatching(/^(?:\w{5}-){4}\w{5}$/),
      loginName: 'alice',
      deviceToken: {
        id: expect.any(Number),
        name: 'Phone',
        lastActivity: expect.any(Number),
        type: 1,
        scope: { filesystem: true },
        canDelete: true,
        canRename: true,
      },
    })
  })

  it('are made from a browser that gives the password once more', async () => {
    const browser = new Browser(way)
    await browser.logIn('alice', 'secret')
    const form = { name: 'Laptop', requesttoken: await browser.requestToken() }
    const refused = await browser.open('POST', PATH, form)
    expect([refused.status, await refused.json()]).toEqual([403, { message: 'Required authorization header missing' }])
    expect((await browser.open('POST', PATH, form, { Authorization: `Basic ${btoa('alice:no')}` })).status).toBe(403)
    expect((await browser.open('POST', PATH, form, { Authorization: `Basic ${btoa('alice:secret')}` })).status).toBe(
      200,
    )
    expect((await browser.open('POST', PATH, { name: 'Laptop' })).status).toBe(412)
  })

  it('are not made by whoever came with one, nor without a name, nor where that is off', async () => {
    const { token } = await made()
    const refused = await send('POST', '', { name: 'Other' }, token)
    expect([refused.status, await refused.json()]).toEqual([403, { message: 'Password confirmation is required' }])
    expect((await send('DELETE', '/1', undefined, token)).status).toBe(403)
    expect((await make({})).status).toBe(503)
    expect((await send('POST', '', { name: 'Phone' })).status).toBe(503)
    await way.ocs.occ(['config:system:set', 'auth_can_create_app_token', '--type=boolean', '--value=false'])
    expect((await make({ name: 'Phone' })).status).toBe(503)
  })

  it('have names of at most 128 letters', async () => {
    expect((await made('n'.repeat(129))).deviceToken.name).toBe(`${'n'.repeat(120)}…`)
  })

  it('are made for a QR code, to be exchanged once', async () => {
    const once = await (await make({ qrcodeLogin: true })).json()
    expect(once.deviceToken).toMatchObject({ name: 'One time login', type: 3 })
    await way.ocs.occ(['config:app:set', 'settings', 'qrcode_onetime', '--value=0'])
    const lasting = await (await make({ qrcodeLogin: true })).json()
    expect(lasting.deviceToken).toMatchObject({ name: 'QR Code login', type: 1 })
  })

  it('are named anew and kept from files: then there are none', async () => {
    const { token, deviceToken } = await made()
    const change = { name: 'Old phone', scope: { filesystem: false } }
    expect((await send('PUT', `/${deviceToken.id}`, change)).status).toBe(200)
    const listed = await ask(way, 'PROPFIND', '/remote.php/dav/files/alice/', { as: `alice:${token}` })
    expect([listed.status, listed.text.match(/<d:response>/g)]).toEqual([207, ['<d:response>']])
    const read = await ask(way, 'GET', '/remote.php/files/welcome.txt', { as: `alice:${token}` })
    expect(read.status).toBe(404)
    expect((await ask(way, 'GET', '/remote.php/files/welcome.txt', { as: 'alice:secret' })).status).toBe(200)
    expect((await heard()).slice(0, 2)).toEqual([
      'You renamed app password "Phone" to "Old phone"',
      'You revoked filesystem access from app password "Phone"',
    ])
  })

  it('are taken away, also while their device is to wipe itself', async () => {
    const [first, second] = [await made(), await made('Tablet')]
    expect((await send('POST', `/wipe/${second.deviceToken.id}`, undefined)).status).toBe(200)
    for (const { deviceToken } of [first, second])
      expect((await send('DELETE', `/${deviceToken.id}`, undefined)).status).toBe(200)
    expect(tokensOf(way.ocs.world, 'alice').filter(({ type }) => type !== 'session')).toEqual([])
    expect((await heard()).slice(0, 2)).toEqual([
      'You deleted app password "Tablet" and cancelled its pending remote wipe',
      'You deleted app password "Phone"',
    ])
    expect((await send('DELETE', '/99', undefined)).status).toBe(404)
  })

  it('let a page that is opened with one be used on', async () => {
    const { token } = await made()
    const browser = new Browser(way)
    await browser.open('GET', '/index.php/apps/files', undefined, basic(token))
    expect((await browser.open('GET', '/remote.php/files/welcome.txt')).status).toBe(200)
  })
})
