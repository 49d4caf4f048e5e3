import { directly, expect, it } from '../../support/ways.ts'

const ADMIN = { as: 'admin:admin' }
const SEED = { users: [{ id: 'alice' }], apps: { enabled: ['twofactor_nextcloud_notification'] } }
const BY_NOTIFICATION = 'twofactor_nextcloud_notification'

directly('second factors', SEED, (way) => {
  const state = (user: string) => way.ask('GET', `/twofactor/state?user=${user}`, ADMIN)
  const toggle = (how: 'enable' | 'disable', id: string, user = 'alice') =>
    way.ask('POST', `/twofactor/${how}`, { ...ADMIN, json: { user, providers: [id] } })
  const login = async () => (await way.ask('GET', '/cloud/user/fields', { as: 'alice:alice' })).code

  way.inEveryWay('come up with the first login', async () => {
    ;(await state('alice')).expectData([])
    expect(await login()).toBe(200)
    ;(await state('alice')).expectData({ [BY_NOTIFICATION]: false, totp: false, backup_codes: false })
  })

  way.inEveryWay('make a password alone worthless', async () => {
    const on = await toggle('enable', BY_NOTIFICATION)
    on.expectData({ [BY_NOTIFICATION]: true })
    expect(await login()).toBe(997)
    const off = await toggle('disable', BY_NOTIFICATION)
    off.expectData({ [BY_NOTIFICATION]: false, totp: false, backup_codes: false })
    expect(await login()).toBe(200)
  })

  it('are not all to be switched on by an administrator', async () => {
    ;(await toggle('enable', 'totp')).expectData([])
    expect((await toggle('enable', 'nosuch')).code).toBe(996)
    expect((await toggle('disable', 'nosuch')).code).toBe(996)
  })

  it('are those of an account that there is', async () => {
    for (const answer of [
      await state('ghost'),
      await toggle('enable', 'totp', 'ghost'),
      await toggle('disable', 'totp', 'ghost'),
    ]) {
      expect(answer.code).toBe(404)
      answer.expectData(null)
    }
    expect((await way.ask('GET', '/twofactor/state', ADMIN)).status).toBe(400)
    expect((await way.ask('GET', '/twofactor/state?user=admin', { as: 'alice:alice' })).code).toBe(403)
  })
})
