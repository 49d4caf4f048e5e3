import { ask } from '../../support/dav.ts'
import { directly, expect, it } from '../../support/ways.ts'

const SEED = {
  config: { system: { 'sharing.enable_share_accept': true } },
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', password: 'secret' },
    { id: 'carol', password: 'secret' },
  ],
  files: { alice: { '/plan.txt': 'x' } },
}

directly('the address in a mail about a share', SEED, (way) => {
  const share = async (form: object) => {
    const asked = { as: 'alice:secret', form: { path: '/plan.txt', ...form } }
    const { data } = await way.ask('POST', '/apps/files_sharing/api/v1/shares', asked)
    return (data as { id: string }).id
  }
  const open = (id: string, as?: string) =>
    ask(way, 'GET', `/index.php/apps/files_sharing/accept/${id}`, as === undefined ? {} : { as: `${as}:secret` })

  it('accepts the share and leads to the file', async () => {
    const id = await share({ shareType: 0, shareWith: 'bob' })
    expect((await ask(way, 'GET', '/remote.php/webdav/plan.txt', { as: 'bob:secret' })).status).toBe(404)
    const answer = await open(`ocinternal:${id}`, 'bob')
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toMatch(/\/index\.php\/f\/\d+$/)
    expect((await ask(way, 'GET', '/remote.php/webdav/plan.txt', { as: 'bob:secret' })).status).toBe(200)
  })

  it('is nothing for anybody else, nor for links', async () => {
    const id = await share({ shareType: 0, shareWith: 'bob' })
    const link = await share({ shareType: 3 })
    for (const wanted of [`ocinternal:${id}`, `ocinternal:${link}`, 'ocinternal:999999', 'other:1', String(id)])
      expect([wanted, (await open(wanted, 'carol')).status]).toEqual([wanted, 404])
    expect((await open(`ocinternal:${id}`)).status).toBe(401)
  })
})
