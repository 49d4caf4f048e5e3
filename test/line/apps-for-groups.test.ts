/** An app that is enabled for some groups is none for everybody else. */
import { directly, expect, it } from '../support/ways.ts'

const OUTSIDER = { as: 'alice:alice' }
const MEMBER = { as: 'bob:bob' }
const ADMIN = { as: 'admin:admin' }
const enable = (appId: string) => ({ ...ADMIN, json: { appId, groups: ['staff'] } })

directly('an app for a group', { users: [{ id: 'alice' }, { id: 'bob', groups: ['staff'] }] }, (way) => {
  const restrict = (app: string) => way.ask('POST', '/apps/appstore/api/v1/apps/enable', enable(app))

  it('whose routes are attributes has none for others, administrators and strangers among them', async () => {
    await restrict('user_status')
    for (const who of [OUTSIDER, ADMIN, {}]) {
      expect((await way.ask('GET', '/apps/user_status/api/v1/user_status', who)).code).toBe(998)
      expect((await way.ask('DELETE', '/apps/user_status/api/v1/user_status', who)).code).toBe(998)
    }
    expect((await way.ask('GET', '/apps/user_status/api/v1/user_status', MEMBER)).code).toBe(404)
  })

  it('with a list of routes says to others that it is not enabled', async () => {
    await restrict('files_reminders')
    for (const who of [OUTSIDER, ADMIN]) {
      const { status, text } = await way.ask('GET', '/apps/files_reminders/api/v1/8', who)
      expect([status, text]).toEqual([412, '{"message":"App is not enabled"}'])
    }
    expect((await way.ask('GET', '/apps/files_reminders/api/v1/8')).code).toBe(997)
    expect((await way.ask('GET', '/apps/files_reminders/api/v1/8', MEMBER)).code).toBe(200)
  })

  it('is in the menu of its group alone, and in the capabilities of all', async () => {
    for (const app of ['dashboard', 'user_status']) await restrict(app)
    const told = async (who: { as: string }) => {
      const [menu, capabilities] = [
        await way.ask('GET', '/core/navigation/apps', who),
        await way.ask('GET', '/cloud/capabilities', who),
      ]
      return [menu.text.includes('"id":"dashboard"'), capabilities.text.includes('"user_status":{')]
    }
    expect(await told(MEMBER)).toEqual([true, true])
    for (const who of [OUTSIDER, ADMIN]) expect(await told(who)).toEqual([false, true])
  })

  it('is disabled by trying where it must be for all', async () => {
    expect((await restrict('activity')).code).toBe(500)
    expect((await way.ask('GET', '/apps/activity/api/v2/activity', MEMBER)).code).toBe(998)
  })
})
