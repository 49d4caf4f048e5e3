import { setApp, setSystem } from '#world/settings/config.ts'
import { directly, expect, it } from '../../support/ways.ts'

const BASE = '/apps/serverinfo/api/v1'
const ADMIN = { as: 'admin:admin' }
const SEED = {
  users: [{ id: 'alice', password: 'alice' }],
  clock: { now: '2026-12-01T08:05:09Z', frozen: true },
} as const

directly('server information', SEED, (way) => {
  it('is for administrators and for who has the token', async () => {
    const anyone = await way.ask('GET', `${BASE}/info`)
    expect(anyone.code).toBe(401)
    anyone.expectData({ message: 'Unauthorized' })
    expect((await way.ask('GET', `${BASE}/info`, { as: 'alice:alice' })).code).toBe(401)
    expect((await way.ask('GET', `${BASE}/info`, { headers: { 'NC-Token': 'x' } })).code).toBe(401)
    expect((await way.ask('GET', `${BASE}/info`, { ...ADMIN, ocs: false })).code).toBe(200)
    setApp(way.ocs.world, 'serverinfo', 'token', 'x')
    expect((await way.ask('GET', `${BASE}/info`, { headers: { 'NC-Token': 'x' } })).code).toBe(200)
  })

  way.inEveryWay('counts in the world', async () => {
    setSystem(way.ocs.world, 'memcache.local', '\\OC\\Memcache\\APCu')
    setApp(way.ocs.world, 'core', 'lastupdateResult', '{"version":"35.0.0"}')
    await way.ask('POST', '/apps/files_sharing/api/v1/shares', {
      as: 'alice:alice',
      form: { path: '/welcome.txt', shareType: '3' },
    })
    const { text } = await way.ask('GET', `${BASE}/info?skipApps=false&skipUpdate=false`, ADMIN)
    const says = (name: string, value: string | number) =>
      expect(text).toContain(
        way.format === 'json' ? `"${name}":${JSON.stringify(value)}` : `<${name}>${value}</${name}>`,
      )
    says('memcache.local', '\\OC\\Memcache\\APCu')
    says('num_users', 2)
    says('num_storages_home', 2)
    says('num_shares_link_no_password', 1)
    says('permissions_3_17', 1)
    says('last24hours', 2)
    says('num_installed', 50)
    says('available_version', '35.0.0')
  })

  way.inEveryWay('has PHP’s extensions by name, each under its place', async () => {
    const { text } = await way.ask('GET', `${BASE}/info`, ADMIN)
    expect(text).toMatch(
      way.format === 'json' ? /"extensions":{"19":"apcu","20":"bcmath",/ : /<extensions>\s*<element>apcu<\/element>/,
    )
  })
})

directly('the machine', SEED, (way) => {
  way.inEveryWay('says its time and how long it has been up', async () => {
    const answer = await way.ask('GET', `${BASE}/basicdata`, ADMIN)
    answer.expectData({
      servertime: 'Tue Dec  1 08:05:09 UTC 2026\n',
      uptime: '0 hours, 2 minutes, 21 seconds',
      thermalzones: [],
    })
  })

  way.inEveryWay('says how full its disks are', async () => {
    ;(await way.ask('GET', `${BASE}/diskdata`, ADMIN)).expectData([[175.6, 71.7]])
  })

  it('is not looked at in restricted mode', async () => {
    setApp(way.ocs.world, 'serverinfo', 'restricted_mode', 'yes')
    const answer = await way.ask('GET', `${BASE}/basicdata`, ADMIN)
    answer.expectData({ servertime: '', uptime: 'Unknown', thermalzones: [] })
    ;(await way.ask('GET', `${BASE}/diskdata`, ADMIN)).expectData([])
    expect((await way.ask('GET', `${BASE}/info`, ADMIN)).text).toMatch(/mem_total\W+-1024/)
  })

  it('is for administrators', async () => {
    for (const path of ['basicdata', 'diskdata']) {
      const answer = await way.ask('GET', `${BASE}/${path}`, { as: 'alice:alice' })
      expect([answer.code, answer.message]).toEqual([403, 'Logged in account must be an admin'])
      expect((await way.ask('GET', `${BASE}/${path}`)).code).toBe(997)
    }
  })
})
