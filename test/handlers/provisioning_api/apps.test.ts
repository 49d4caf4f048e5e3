import { directly, expect, it } from '../../support/ways.ts'

const ADMIN = { as: 'admin:admin' }
const SEED = { users: [{ id: 'alice' }] }

directly('apps of the provisioning API', SEED, (way) => {
  it('lists enabled apps sorted and disabled apps in the order of the apps folder', async () => {
    const enabled = await way.ask('GET', '/cloud/apps?filter=enabled', ADMIN)
    expect(enabled.code).toBe(200)
    expect(enabled.text.indexOf('activity')).toBeLessThan(enabled.text.indexOf('workflowengine'))
    const disabled = await way.ask('GET', '/cloud/apps?filter=disabled', ADMIN)
    disabled.expectData({
      apps: [
        'admin_audit',
        'twofactor_nextcloud_notification',
        'encryption',
        'user_ldap',
        'files_external',
        'suspicious_login',
      ],
    })
  })

  it('leaves apps that are always enabled out of the list without a filter', async () => {
    const answer = await way.ask('GET', '/cloud/apps', ADMIN)
    expect(answer.text).toContain('files_sharing')
    expect(answer.text).not.toContain('provisioning_api')
  })

  it('knows no other filter', async () => {
    for (const filter of ['bogus', '', 'ENABLED']) {
      const answer = await way.ask('GET', `/cloud/apps?filter=${filter}`, ADMIN)
      expect([answer.code, answer.message]).toEqual([101, 'Invalid filter'])
    }
  })

  way.inEveryWay('tells what an app says about itself, with attributes in XML', async () => {
    const answer = await way.ask('GET', '/cloud/apps/comments', ADMIN)
    expect(answer.code).toBe(200)
    expect(answer.text).toContain(answer.isJson ? '"@attributes":{"min-version":"34"' : '<nextcloud min-version="34"')
  })

  way.inEveryWay('enables an app and disables it again', async () => {
    expect((await way.ask('POST', '/cloud/apps/admin_audit', ADMIN)).code).toBe(200)
    expect((await way.ask('GET', '/cloud/apps?filter=enabled', ADMIN)).text).toContain('admin_audit')
    expect((await way.ask('DELETE', '/cloud/apps/admin_audit', ADMIN)).code).toBe(200)
    expect((await way.ask('GET', '/cloud/apps?filter=enabled', ADMIN)).text).not.toContain('admin_audit')
  })

  it('does not find an unknown app, but disables it', async () => {
    for (const method of ['GET', 'POST']) {
      const answer = await way.ask(method, '/cloud/apps/nosuch', ADMIN)
      expect([answer.code, answer.message]).toEqual([998, 'The request app was not found'])
    }
    expect((await way.ask('DELETE', '/cloud/apps/nosuch', ADMIN)).code).toBe(200)
    const setting = await way.ask('GET', '/apps/provisioning_api/api/v1/config/apps/nosuch/enabled', ADMIN)
    setting.expectData({ data: 'no' })
  })

  it('refuses ids that no app can have', async () => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const answer = await way.ask(method, '/cloud/apps/1Files', ADMIN)
      expect([answer.code, answer.message]).toEqual([997, 'Invalid app id given'])
    }
  })

  it('fails to disable an app that is always enabled', async () => {
    const answer = await way.ask('DELETE', '/cloud/apps/dav', ADMIN)
    expect([answer.code, answer.message]).toEqual([996, 'Internal Server Error\n'])
  })

  it('is for administrators', async () => {
    const alice = await way.ask('GET', '/cloud/apps', { as: 'alice:alice' })
    expect([alice.code, alice.message]).toEqual([403, 'Logged in account must be an admin'])
    expect((await way.ask('POST', '/cloud/apps/comments')).code).toBe(997)
  })
})
