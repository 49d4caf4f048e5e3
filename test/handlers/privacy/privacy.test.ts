import { getApp } from '#world/settings/config.ts'
import { ADMIN } from '../../support/team.ts'
import { directly, expect } from '../../support/ways.ts'

const BASE = '/apps/privacy/api/v1'
const SEED = {
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'gone', groups: ['admin'], enabled: false },
  ],
}

directly('privacy', SEED, (way) => {
  const admins = () => way.ask('GET', `${BASE}/admins`, { as: 'alice:secret' })
  const ROOT = { id: 'admin', displayname: 'admin', internal: true }

  way.inEveryWay('tells everyone who can read what is stored', async () => {
    ;(await admins()).expectData([ROOT])
    const named = await way.ask('POST', `${BASE}/admins`, { as: ADMIN, json: { displayName: 'The hoster' } })
    expect(named.code).toBe(201)
    named.expectData({ id: 1, displayname: 'The hoster', internal: false })
    ;(await admins()).expectData([ROOT, { id: 1, displayname: 'The hoster', internal: false }])
    ;(await way.ask('DELETE', `${BASE}/admins/1`, { as: ADMIN })).expectData([])
    ;(await admins()).expectData([ROOT])
    expect((await way.ask('DELETE', `${BASE}/admins/1`, { as: ADMIN })).code).toBe(200)
  })

  way.inEveryWay('keeps where the server stands and whether its disks are encrypted', async () => {
    const post = (path: string, json: object) => way.ask('POST', `${BASE}/${path}`, { as: ADMIN, json })
    expect((await post('location', { code: 'de' })).code).toBe(200)
    expect((await post('fullDiskEncryption', { enabled: '1' })).code).toBe(200)
    expect(getApp(way.ocs.world, 'privacy', 'readableLocation')).toBe('de')
    expect(getApp(way.ocs.world, 'privacy', 'fullDiskEncryptionEnabled')).toBe('1')
    const wrong = await post('fullDiskEncryption', { enabled: 'perhaps' })
    expect([wrong.code, wrong.message]).toEqual([400, 'Value must be 0 or 1'])
  })
})
