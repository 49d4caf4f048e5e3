import { setApp, setUser } from '#world/settings/config.ts'
import { directly, expect, it } from '../../support/ways.ts'

const BASE = '/apps/dashboard/api/v3'
const ADMIN = { as: 'admin:admin' }

directly('the layout of the dashboard', {}, (way) => {
  way.inEveryWay('is the administrator’s until somebody chooses another', async () => {
    ;(await way.ask('GET', `${BASE}/layout`, ADMIN)).expectData({
      layout: ['recommendations', 'spreed', 'mail', 'calendar'],
    })
    setApp(way.ocs.world, 'dashboard', 'layout', 'activity,,activity,x')
    ;(await way.ask('GET', `${BASE}/layout`, ADMIN)).expectData({ layout: ['activity', 'x'] })
    const form = { 'layout[]': 'user_status' }
    ;(await way.ask('POST', `${BASE}/layout`, { ...ADMIN, form })).expectData({ layout: ['user_status'] })
    ;(await way.ask('GET', `${BASE}/layout`, ADMIN)).expectData({ layout: ['user_status'] })
  })

  it('has every widget once', async () => {
    const given = { layout: [null, true, 1, 1.5, '1.5', false, '', 'a', 'a'] }
    const set = await way.ask('POST', `${BASE}/layout`, { ...ADMIN, json: given })
    set.expectData({ layout: [null, true, '1.5', false, 'a'] })
    ;(await way.ask('GET', `${BASE}/layout`, ADMIN)).expectData({ layout: ['1', '1.5', 'a'] })
    expect((await way.ask('POST', `${BASE}/layout`, { ...ADMIN, json: { layout: [['a']] } })).code).toBe(996)
    expect((await way.ask('POST', `${BASE}/layout`, { ...ADMIN, json: { layout: 'a' } })).status).toBe(400)
  })
})

directly('statuses on the dashboard', {}, (way) => {
  const read = () => way.ask('GET', `${BASE}/statuses`, ADMIN)

  way.inEveryWay('are none until some are chosen', async () => {
    ;(await read()).expectData({ statuses: [] })
    const set = await way.ask('POST', `${BASE}/statuses`, { ...ADMIN, json: { statuses: ['weather', '', 'status'] } })
    set.expectData({ statuses: ['weather', '', 'status'] })
    ;(await read()).expectData({ statuses: ['weather', 'status'] })
  })

  it('are read as older releases kept them', async () => {
    setUser(way.ocs.world, 'admin', 'dashboard', 'statuses', '{"weather":true,"status":false}')
    ;(await read()).expectData({ statuses: ['weather'] })
  })

  it('fail where one number is kept, which reads as JSON', async () => {
    await way.ask('POST', `${BASE}/statuses`, { ...ADMIN, json: { statuses: [1] } })
    expect((await read()).code).toBe(996)
  })
})
