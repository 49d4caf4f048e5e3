import { find } from '#world/accounts/groups.ts'
import { directly, expect, it } from '../support/ways.ts'

directly('odd requests', {}, (way) => {
  const as = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' }
  const languageOf = async () =>
    ((await way.ask('GET', '/cloud/user', { as: 'admin:admin' })).data as { language: string }).language

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

  it('teach nothing of who asks where their path leads nowhere', async () => {
    for (const [method, path] of [
      ['DELETE', '/cloud/user'],
      ['GET', '/cloud/nothing'],
    ] as const)
      await way.fetch(`/ocs/v2.php${path}`, { method, headers: { ...as, 'Accept-Language': 'fr' } })
    expect(await languageOf()).toBe('en')
    await way.fetch('/ocs/v2.php/cloud/user', { headers: { ...as, 'Accept-Language': 'fr' } })
    expect(await languageOf()).toBe('fr')
  })
})
