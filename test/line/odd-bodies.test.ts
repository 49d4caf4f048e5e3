import { find } from '#world/accounts/groups.ts'
import { directly, expect, it } from '../support/ways.ts'

directly('odd requests', { users: [{ id: 'newcomer' }] }, (way) => {
  const as = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' }
  const languageOf = async (who: string) =>
    ((await way.ask('GET', `/cloud/users/${who}`, { as: 'admin:admin' })).data as { language: string }).language

  it('are no JSON where a byte-order mark comes first', async () => {
    const send = (body: string) =>
      way.fetch('/ocs/v2.php/cloud/groups', {
        method: 'POST',
        headers: { ...as, 'Content-Type': 'application/json' },
        body,
      })
    expect((await send('\ufeff{"groupid":"marked"}')).status).toBe(400)
    expect((await send(' {"groupid":"plain"}')).status).toBe(200)
    expect([find(way.ocs.world, 'marked'), find(way.ocs.world, 'plain')?.id]).toEqual([undefined, 'plain'])
  })

  it.each([
    ['DELETE', '/ocs/v2.php/cloud/user'],
    ['GET', '/ocs/v2.php/cloud/nothing'],
    ['GET', '/index.php/nothing'],
  ])('teach the language of who comes in for the first time, as %s %s', async (method, path) => {
    const newcomer = { Authorization: `Basic ${btoa('newcomer:newcomer')}`, 'OCS-APIRequest': 'true' }
    await way.fetch(path, { method, headers: { ...newcomer, 'Accept-Language': 'fr' } })
    await way.fetch('/ocs/v2.php/cloud/user', { headers: { ...newcomer, 'Accept-Language': 'de' } })
    expect(await languageOf('newcomer')).toBe('fr')
  })

  it('teach nothing of who was here before', async () => {
    expect(await languageOf('admin')).toBe('en')
    await way.fetch('/ocs/v2.php/cloud/user', { headers: { ...as, 'Accept-Language': 'fr' } })
    expect(await languageOf('admin')).toBe('en')
  })

  it('are out of range first, whatever the types of other parameters are', async () => {
    const complete = (query: string) =>
      way.ask('GET', `/core/autocomplete/get?search=a&${query}`, { as: 'admin:admin' })
    expect((await complete('shareTypes=4&limit=-1')).code).toBe(996)
    expect((await complete('shareTypes=4&limit=5')).status).toBe(400)
  })

  it('are told by an app who may, browsers too', async () => {
    const refused = await way.ask('POST', '/cloud/users', {
      as: 'newcomer:newcomer',
      form: { userid: 'x' },
      headers: { Accept: 'text/html' },
    })
    expect([refused.code, refused.message]).toEqual([403, 'Logged in account must be at least a sub admin'])
    const ordinary = await way.ask('GET', '/cloud/groups/admin/subadmins', {
      as: 'newcomer:newcomer',
      headers: { Accept: 'text/html' },
    })
    expect([ordinary.code, ordinary.message]).toEqual([403, ''])
  })
})
