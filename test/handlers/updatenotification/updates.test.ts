import { ADMIN } from '../../support/team.ts'
import { directly, expect, it } from '../../support/ways.ts'

const SEED = { users: [{ id: 'alice', password: 'secret' }] }
const BASE = '/apps/updatenotification/api/v1'

directly('updates of the server and its apps', SEED, (way) => {
  way.inEveryWay('lose no app of the release', async () => {
    const answer = await way.ask('GET', `${BASE}/applist/35.0.0`, { as: ADMIN })
    expect(answer.code).toBe(200)
    answer.expectData({ missing: [], available: [] })
  })

  way.inEveryWay('are the administrator’s', async () => {
    for (const path of ['applist/35.0.0', 'changelog/files']) {
      expect((await way.ask('GET', `${BASE}/${path}`, { as: 'alice:secret' })).code).toBe(403)
    }
  })

  it('tell no changes of the release’s own apps', async () => {
    const answer = await way.ask('GET', `${BASE}/changelog/files`, { as: ADMIN })
    expect(answer.code).toBe(404)
    answer.expectData([])
    expect((await way.ask('GET', `${BASE}/changelog/files?version=2.0.0`, { as: ADMIN })).code).toBe(404)
  })

  it('need a version that can be read', async () => {
    const answer = await way.ask('GET', `${BASE}/changelog/files?version=latest`, { as: ADMIN })
    expect(answer.code).toBe(400)
    answer.expectData([])
    expect((await way.ask('GET', `${BASE}/changelog/unknown`, { as: ADMIN })).code).toBe(400)
  })
})

directly('updates without the app store', { config: { system: { appstoreenabled: false } } }, (way) => {
  it('know nothing of the apps', async () => {
    const answer = await way.ask('GET', `${BASE}/applist/35.0.0`, { as: ADMIN })
    expect(answer.code).toBe(404)
    answer.expectData({ appstore_disabled: true })
  })
})
