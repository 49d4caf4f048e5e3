import { getApp } from '#world/settings/config.ts'
import { ADMIN } from '../../support/team.ts'
import { directly, expect, it } from '../../support/ways.ts'

const BASE = '/apps/survey_client/api/v1'

directly('the survey', { users: [{ id: 'alice' }], config: { system: { has_internet_connection: true } } }, (way) => {
  const never = () => getApp(way.ocs.world, 'survey_client', 'never_again')

  way.inEveryWay('is switched on and off, for ever if so wished', async () => {
    ;(await way.ask('DELETE', `${BASE}/monthly`, { as: ADMIN, json: { never: true } })).expectData([])
    expect(never()).toBe('1')
    const on = await way.ask('POST', `${BASE}/monthly`, { as: ADMIN })
    expect(on.code).toBe(200)
    expect(never()).toBe('')
    await way.ask('DELETE', `${BASE}/monthly`, { as: ADMIN })
    expect(never()).toBe('')
  })

  way.inEveryWay('reports versions and figures', async () => {
    const report = await way.ask('POST', `${BASE}/report`, { as: ADMIN })
    expect(report.code).toBe(200)
    for (const part of ['34.0.1', 'num_users', 'provisioning_api']) expect(report.text).toContain(part)
  })

  it('is the administrator’s', async () => {
    for (const [method, path] of [
      ['POST', 'monthly'],
      ['DELETE', 'monthly'],
      ['POST', 'report'],
    ] as const) {
      expect((await way.ask(method, `${BASE}/${path}`, { as: 'alice:alice' })).code).toBe(403)
    }
  })
})

directly('the survey without internet', { config: { system: { has_internet_connection: false } } }, (way) => {
  it('cannot be sent, and is shown all the same', async () => {
    const report = await way.ask('POST', `${BASE}/report`, { as: ADMIN })
    expect(report.code).toBe(500)
    expect(report.text).toContain('num_users')
  })
})
