import { ask, textOf } from '../../support/dav.ts'
import { makeShare } from '../../support/share-links.ts'
import { everyTransport, expect, it } from '../../support/ways.ts'

const seed = {
  clock: { now: '2026-03-01T12:00:00Z', frozen: true },
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', password: 'bob' },
  ],
  files: { alice: { '/Pub/a.txt': 'hello' } },
}
const as = 'alice:secret'
const SHARES = '/ocs/v2.php/apps/files_sharing/api/v1/shares?format=json'

everyTransport('a share that ends, from its first day to its last', { seed }, (way) => {
  const list = async () => {
    const answer = await ask(way, 'GET', SHARES, { as, headers: { 'OCS-APIRequest': 'true' } })
    return JSON.parse(answer.text).ocs.data.map(({ id, expiration }: Record<string, string>) => [id, expiration])
  }

  it('is a link that works to the end of its day, and is gone with the next', async () => {
    const { id, token, url } = await makeShare(way, as, { path: '/Pub', expireDate: '2026-03-03' })
    const page = new URL(url).pathname
    const file = `/public.php/dav/files/${token}/a.txt`
    const now = async () => [
      (await ask(way, 'GET', page)).status,
      (await ask(way, 'GET', `${page}/download`)).status,
      (await ask(way, 'GET', file)).status,
      (await ask(way, 'PROPFIND', '/public.php/webdav/', { as: `${token}:` })).status,
    ]
    expect(await list()).toEqual([[id, '2026-03-03 23:59:59']])
    expect(await now()).toEqual([200, 303, 200, 207])
    way.ocs.world.clock.set('2026-03-02T23:59:59Z')
    expect((await ask(way, 'GET', file)).text).toBe('hello')
    way.ocs.world.clock.set('2026-03-04T00:00:00Z')
    expect(await now()).toEqual([404, 404, 503, 401])
    expect(await list()).toEqual([])
  })

  it('shows in the files of its recipient until then', async () => {
    await makeShare(way, as, { path: '/Pub', shareType: '0', shareWith: 'bob', expireDate: '2026-03-03' })
    const received = () => ask(way, 'GET', '/remote.php/dav/files/bob/Pub/a.txt', { as: 'bob:bob' })
    expect((await received()).text).toBe('hello')
    way.ocs.world.clock.advance('3d')
    expect(await list()).toEqual([])
    expect((await received()).status).toBe(404)
  })

  it('lives longer where its end is moved in time', async () => {
    const { id, token } = await makeShare(way, as, { path: '/Pub', expireDate: '2026-03-03' })
    way.ocs.world.clock.set('2026-03-02T12:00:00Z')
    const moved = await ask(way, 'PUT', `/ocs/v2.php/apps/files_sharing/api/v1/shares/${id}?expireDate=2026-04-01`, {
      as,
      headers: { 'OCS-APIRequest': 'true' },
    })
    expect(textOf(moved, 'expiration')).toBe('2026-04-01 23:59:59')
    way.ocs.world.clock.set('2026-03-20T12:00:00Z')
    expect((await ask(way, 'GET', `/public.php/dav/files/${token}/a.txt`)).status).toBe(200)
  })
})
