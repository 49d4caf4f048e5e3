import { directly, expect, it } from '../../support/ways.ts'

const API = '/apps/appstore/api/v1'
const admin = 'admin:admin'

directly('the app store', { groups: ['staff'], users: [{ id: 'alice', password: 'secret' }] }, (way) => {
  const post = (path: string, json: object, as = admin) => way.ask('POST', `${API}${path}`, { as, json })

  way.inEveryWay('has no categories without the internet', async () => {
    const answer = await way.ask('GET', `${API}/apps/categories`, { as: admin })
    answer.expectData([])
  })

  way.inEveryWay('lists what could be disabled by name, with what is known about it', async () => {
    const answer = await way.ask('GET', `${API}/apps`, { as: admin })
    expect(answer.code).toBe(200)
    const ids = [...answer.text.matchAll(/(?:^ {3}<id>|\{"id":")([a-z_]+)/gm)].map(([, id]) => id)
    expect(ids.slice(0, 3)).toEqual(['activity', 'app_api', 'admin_audit'])
    expect(ids).not.toContain('files')
    if (!answer.isJson) return
    const [activity, , audit] = answer.data as Record<string, unknown>[]
    expect(activity).toMatchObject({
      active: true,
      groups: [],
      license: 'AGPL-3.0-or-later',
      icon: '/apps/activity/img/activity.svg',
    })
    expect(String(activity!.description)).toMatch(/^This app allows.*documentation\.$/s)
    expect(audit).toMatchObject({ active: false, bundleIds: ['EnterpriseBundle', 'PublicSectorBundle'] })
    expect(audit).not.toHaveProperty('icon')
  })

  way.inEveryWay('enables apps for everyone or for groups, and disables them', async () => {
    ;(await post('/apps/enable', { appId: 'suspicious_login' })).expectData({ update_required: false })
    expect((await way.ask('GET', '/cloud/apps?filter=enabled', { as: admin })).text).toContain('suspicious_login')
    ;(await post('/apps/disable', { appId: 'suspicious_login' })).expectData([])
    expect((await way.ask('GET', '/cloud/apps?filter=enabled', { as: admin })).text).not.toContain('suspicious_login')
    expect((await post('/apps/enable', { appId: 'survey_client', groups: ['staff', 'unknown'] })).code).toBe(200)
    expect((await way.ask('GET', `${API}/apps`, { as: admin })).text).toMatch(/"groups":\["staff"\]|<element>staff</)
  })

  it.each([
    ['/apps/enable', { appId: 'nope' }, 'could not enable app'],
    ['/apps/enable', { appId: 'admin_audit', groups: ['staff'] }, 'could not enable app'],
    ['/apps/disable', { appId: 'files' }, 'could not disable app'],
    ['/apps/uninstall', { appId: 'files' }, 'could not disable app'],
  ])('fails %s of %j', async (path, json, message) => {
    const answer = await post(path, json)
    expect([answer.code, answer.message]).toEqual([500, message])
  })

  way.inEveryWay('fails what would need the internet', async () => {
    const told = async (path: string, json: object) => {
      const answer = await post(path, json)
      return [answer.code, answer.message]
    }
    expect(await told('/apps/uninstall', { appId: 'photos' })).toEqual([500, 'could not remove app'])
    expect(await told('/apps/update', { appId: 'photos' })).toEqual([500, 'could not update app'])
    expect(await told('/bundles/enable', { bundleId: 'HubBundle' })).toEqual([500, 'could not enable bundle'])
  })

  it('does not know every bundle, and is for administrators', async () => {
    const unknown = await post('/bundles/enable', { bundleId: 'toString' })
    expect([unknown.code, unknown.message]).toEqual([404, 'Bundle not found'])
    expect((await post('/apps/enable', { appId: 'photos' }, 'alice:secret')).code).toBe(403)
  })
})
