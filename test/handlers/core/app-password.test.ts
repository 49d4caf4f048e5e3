import * as tokens from '#world/accounts/tokens.ts'
import { Browser } from '../../support/browser.ts'
import { directly, expect, it, type OcsAnswer } from '../../support/ways.ts'

const ALICE = { as: 'alice:secret' }
const passwordIn = (answer: OcsAnswer) => /[A-Za-z0-9]{72}/.exec(answer.text)?.[0] ?? ''

directly('app passwords', { users: [{ id: 'alice', password: 'secret' }] }, (way) => {
  const made = async () => passwordIn(await way.ask('GET', '/core/getapppassword', ALICE))
  const works = async (password: string, login = 'alice') =>
    (await way.ask('GET', '/cloud/user/fields', { as: `${login}:${password}` })).code === 200

  it('are made from a password, for its login name in any case', async () => {
    const password = await made()
    expect(password).toHaveLength(72)
    expect([await works(password), await works(password, 'ALICE'), await works(password, 'admin')]).toEqual([
      true,
      true,
      false,
    ])
    expect((await way.ask('GET', '/core/getapppassword')).code).toBe(997)
  })

  it('are good as bearer tokens too', async () => {
    const headers = { Authorization: `Bearer ${await made()}` }
    expect((await way.ask('GET', '/cloud/user/fields', { headers, ocs: false })).code).toBe(200)
  })

  way.inEveryWay('are not made from app passwords, nor where the administrator forbids them', async () => {
    const as = `alice:${await made()}`
    const first = await way.ask('GET', '/core/getapppassword', { as })
    expect([first.code, first.message]).toEqual([403, 'Password confirmation is required'])

    const browser = new Browser(way)
    const headers = { 'OCS-APIRequest': 'true', Authorization: `Basic ${btoa(as)}` }
    const confirm = `/ocs/v${way.version}.php/core/apppassword/confirm`
    await browser.open('PUT', confirm, { password: 'secret' }, headers)
    const second = await browser.open('GET', '/ocs/v2.php/core/getapppassword?format=json', undefined, headers)
    expect((await second.json()).ocs.meta.message).toBe('You cannot request an new apppassword with an apppassword')

    way.ocs.reset({ config: { system: { auth_can_create_app_token: false } } })
    expect((await way.ask('GET', '/core/getapppassword', ALICE)).code).toBe(403)
  })

  way.inEveryWay('are rotated and revoked by those who use them', async () => {
    const password = await made()
    const rotated = passwordIn(await way.ask('POST', '/core/apppassword/rotate', { as: `alice:${password}` }))
    expect([await works(password), await works(rotated)]).toEqual([false, true])
    expect((await way.ask('DELETE', '/core/apppassword', { as: `alice:${rotated}` })).code).toBe(200)
    expect(await works(rotated)).toBe(false)
  })

  it('cannot be rotated or revoked with a password', async () => {
    for (const [method, path] of [
      ['POST', '/core/apppassword/rotate'],
      ['DELETE', '/core/apppassword'],
    ] as const) {
      const answer = await way.ask(method, path, ALICE)
      expect([answer.code, answer.message]).toEqual([403, 'no app password in use'])
    }
  })

  way.inEveryWay('come from one-time passwords, which are good for nothing else', async () => {
    const oneTime = () =>
      tokens.create(way.ocs.world, { userId: 'alice', loginName: 'alice', name: 'QR', type: 'one-time' }).token
    const token = oneTime()
    const answer = await way.ask('GET', '/core/getapppassword-onetime', { as: `alice:${token}` })
    expect(await works(passwordIn(answer))).toBe(true)
    expect((await way.ask('GET', '/core/getapppassword-onetime', { as: `alice:${token}` })).code).toBe(997)
    expect(await works(oneTime())).toBe(false)
    const wrong = await way.ask('GET', '/core/getapppassword-onetime', ALICE)
    expect([wrong.code, wrong.message]).toEqual([403, 'could not get one-time app password'])
  })

  way.inEveryWay('confirm with the account’s password only', async () => {
    const ask = (password: string) => way.ask('PUT', '/core/apppassword/confirm', { ...ALICE, form: { password } })
    expect((await ask('wrong')).code).toBe(403)
    expect((await ask('secret')).code).toBe(200)
  })

  it('go with the account', async () => {
    const password = await made()
    await way.ask('DELETE', '/cloud/users/alice', { as: 'admin:admin' })
    expect(tokens.find(way.ocs.world, password)).toBeUndefined()
  })

  it('tell a device that it is to wipe itself', async () => {
    const token = await made()
    const ask = (path: string) =>
      way.fetch(`/index.php/core/wipe/${path}`, { method: 'POST', body: new URLSearchParams({ token }) })
    expect((await ask('check')).status).toBe(404)
    await way.ask('POST', '/cloud/users/alice/wipe', { as: 'admin:admin' })
    expect(await (await ask('check')).json()).toEqual({ wipe: true })
    expect((await ask('success')).status).toBe(200)
    expect((await ask('success')).status).toBe(404)
  })
})
