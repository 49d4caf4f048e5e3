import { ask, textOf } from '../../support/dav.ts'
import { directly, expect, it } from '../../support/ways.ts'

const seed = {
  groups: [{ id: 'team' }],
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', password: 'secret', groups: ['team'] },
    { id: 'carol', password: 'secret' },
  ],
  files: { alice: { '/Dir/Sub/a.txt': 'x' } },
}

directly('what a received share passes on', seed, (way) => {
  const shares = '/apps/files_sharing/api/v1/shares'
  const share = (as: string, form: Record<string, string>) => way.ask('POST', shares, { as, form })
  const idOf = (answer: { data: unknown }) => (answer.data as { id: string }).id
  const etagOfHome = async (as: string) =>
    textOf(await ask(way, 'PROPFIND', '/remote.php/dav/files/bob/', { as, headers: { Depth: '0' } }), 'd:getetag')

  it('is no right to delete: that its folder can be given up is for the recipient alone', async () => {
    await share('alice:secret', { path: '/Dir', shareType: '0', shareWith: 'bob', permissions: '17' })
    const wanted = { path: '/Dir', shareType: '0', shareWith: 'carol' }
    const refused = await share('bob:secret', { ...wanted, permissions: '25' })
    expect([refused.code, refused.message]).toEqual([404, 'Cannot increase permissions of /Dir'])
    expect((await share('bob:secret', { ...wanted, permissions: '17' })).code).toBe(200)
  })

  it('follows the share with the group: links made below it get its permissions', async () => {
    const received = await share('alice:secret', { path: '/Dir', shareType: '1', shareWith: 'team' })
    const link = await share('bob:secret', { path: '/Dir/Sub', shareType: '3', permissions: '31' })
    await way.ask('PUT', `${shares}/${idOf(received)}`, { as: 'alice:secret', form: { permissions: '23' } })
    const [told] = (await way.ask('GET', `${shares}/${idOf(link)}`, { as: 'bob:secret' })).data as {
      permissions: number
    }[]
    expect(told!.permissions).toBe(23)
  })

  it('shows in the etag of the folder that it hangs in', async () => {
    const before = await etagOfHome('bob:secret')
    const received = await share('alice:secret', { path: '/Dir', shareType: '1', shareWith: 'team' })
    const during = await etagOfHome('bob:secret')
    await way.ask('DELETE', `${shares}/${idOf(received)}`, { as: 'bob:secret' })
    expect(new Set([before, during]).size).toBe(2)
    expect(await etagOfHome('bob:secret')).toBe(before)
  })
})
