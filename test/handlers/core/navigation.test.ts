import * as config from '#world/settings/config.ts'
import { directly, expect, it } from '../../support/ways.ts'

const ALICE = { as: 'alice:alice' }

directly('navigation', { users: [{ id: 'alice' }] }, (way) => {
  /** Ids of entries, in order. */
  const ids = async (path: string, as: string) => {
    const { text, isJson } = await way.ask('GET', path, { as })
    return [...text.matchAll(isJson ? /"id":"([^"]+)"/g : /<id>([^<]+)<\/id>/g)].map((match) => match[1])
  }

  it('lists the apps, by their order', async () => {
    expect(await ids('/core/navigation/apps', 'alice:alice')).toEqual([
      'dashboard',
      'files',
      'photos',
      'activity',
      'office',
    ])
  })

  it('follows enabled apps, one’s own order and the default app', async () => {
    await way.ask('DELETE', '/cloud/apps/photos', { as: 'admin:admin' })
    config.setUser(way.ocs.world, 'alice', 'core', 'apporder', '{"files":{"order":-20}}')
    expect(await ids('/core/navigation/apps', 'alice:alice')).toEqual(['files', 'dashboard', 'activity', 'office'])
    config.setSystem(way.ocs.world, 'defaultapp', 'nosuch,office')
    expect(await ids('/core/navigation/apps', 'alice:alice')).toEqual(['office', 'files', 'dashboard', 'activity'])
  })

  way.inEveryWay('lists settings by what one may do', async () => {
    const alice = await ids('/core/navigation/settings', 'alice:alice')
    const admin = await ids('/core/navigation/settings', 'admin:admin')
    expect(alice).toEqual([
      'profile',
      'user_status-menu-entry',
      'accessibility_settings',
      'settings',
      'firstrunwizard_about',
      'help',
      'logout',
    ])
    expect(admin.filter((id) => !alice.includes(id))).toEqual(['admin_settings', 'core_apps', 'core_users'])
  })

  way.inEveryWay('has full addresses when asked for', async () => {
    const answer = await way.ask('GET', '/core/navigation/apps?absolute=true', ALICE)
    expect(answer.text).toMatch(answer.isJson ? /"href":"https?:\\\/\\\// : /<href>https?:\/\//)
  })

  it('has an ETag that does not change with the request token', async () => {
    const etag = async () => (await way.ask('GET', '/core/navigation/settings', ALICE)).headers.get('etag')
    expect(await etag()).toBe(await etag())
  })

  it('needs a login but no OCS-APIRequest', async () => {
    expect((await way.ask('GET', '/core/navigation/apps')).code).toBe(997)
    expect((await way.ask('GET', '/core/navigation/apps', { ...ALICE, ocs: false })).code).toBe(200)
  })
})
