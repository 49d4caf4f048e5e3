import { ADMIN } from '../../support/team.ts'
import { directly, expect, it } from '../../support/ways.ts'

const SEED = { users: [{ id: 'alice', password: 'secret' }] }
const BASE = '/apps/files_pdfviewer/api/v1/settings'

directly('scripts in PDF documents', SEED, (way) => {
  way.inEveryWay('do not run until the administrator lets them', async () => {
    ;(await way.ask('GET', BASE, { as: ADMIN })).expectData({ enableScripting: false })
    const set = await way.ask('PUT', `${BASE}/enable-scripting`, { as: ADMIN, json: { enableScripting: true } })
    expect(set.code).toBe(200)
    set.expectData({ enableScripting: true })
    ;(await way.ask('GET', BASE, { as: ADMIN })).expectData({ enableScripting: true })
  })

  it('are nobody else’s concern', async () => {
    expect((await way.ask('GET', BASE, { as: 'alice:secret' })).code).toBe(403)
    const json = { enableScripting: true }
    expect((await way.ask('PUT', `${BASE}/enable-scripting`, { as: 'alice:secret', json })).code).toBe(403)
  })
})
