import { ask, type DavAsk, errorOf, hrefsOf, textOf } from '../../support/dav.ts'
import { everyTransport, expect, it } from '../../support/ways.ts'

const seed = {
  clock: { now: '2026-03-01T12:00:00Z', frozen: true },
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', password: 'bob' },
  ],
  files: { alice: { '/Docs/a.txt': 'one', '/S/b.txt': 'shared' } },
  shares: [{ type: 'user' as const, owner: 'alice', path: '/S', with: 'bob' }],
}
const TRASHED = `<d:propfind xmlns:d="DAV:" xmlns:nc="http://nextcloud.org/ns"><d:prop><nc:trashbin-filename/><nc:trashbin-original-location/><nc:trashbin-title/><nc:trashbin-deleted-by-id/></d:prop></d:propfind>`

everyTransport('the trash bin', { seed }, (way) => {
  const by =
    (user: 'alice' | 'bob') =>
    (method: string, path: string, asked: DavAsk = {}) =>
      ask(way, method, `/remote.php/dav${path}`, { as: user === 'alice' ? 'alice:secret' : 'bob:bob', ...asked })
  const [alice, bob] = [by('alice'), by('bob')]
  const trash = async (user: 'alice' | 'bob') => {
    const listed = await by(user)('PROPFIND', `/trashbin/${user}/trash`, { body: TRASHED, headers: { Depth: '1' } })
    return {
      listed,
      names: hrefsOf(listed)
        .slice(1)
        .map((href) => href.split('/trash/')[1]),
    }
  }
  const restore = (user: 'alice' | 'bob', name: string) =>
    by(user)('MOVE', `/trashbin/${user}/trash/${name}`, {
      headers: { Destination: `/remote.php/dav/trashbin/${user}/restore/${name}` },
    })
  const DELETED = 'a.txt.d1772366400'

  it('keeps what was deleted until it is restored', async () => {
    await alice('DELETE', '/files/alice/Docs/a.txt')
    const { listed, names } = await trash('alice')
    expect([names, textOf(listed, 'nc:trashbin-original-location')]).toEqual([[DELETED], 'Docs/a.txt'])
    expect(textOf(listed, 'nc:trashbin-title')).toBe('Docs/a.txt')
    expect((await alice('GET', `/trashbin/alice/trash/${DELETED}`)).text).toBe('one')
    expect((await restore('alice', DELETED)).status).toBe(201)
    expect((await alice('GET', '/files/alice/Docs/a.txt')).text).toBe('one')
    expect((await trash('alice')).names).toEqual([])
  })

  it('gives another name where the old one is taken, and the top where the folder is gone', async () => {
    await alice('DELETE', '/files/alice/Docs/a.txt')
    await alice('PUT', '/files/alice/Docs/a.txt', { body: 'two' })
    await restore('alice', DELETED)
    expect((await alice('GET', '/files/alice/Docs/a%20(restored).txt')).text).toBe('one')
    await alice('DELETE', '/files/alice/Docs/a.txt')
    await alice('DELETE', '/files/alice/Docs')
    await restore('alice', DELETED)
    expect((await alice('GET', '/files/alice/a.txt')).text).toBe('two')
  })

  it('is emptied one by one or at once', async () => {
    await alice('DELETE', '/files/alice/Docs/a.txt')
    await alice('DELETE', '/files/alice/Docs')
    expect((await alice('DELETE', `/trashbin/alice/trash/${DELETED}`)).status).toBe(204)
    expect((await trash('alice')).names).toEqual(['Docs.d1772366400/'])
    expect((await alice('DELETE', '/trashbin/alice/trash')).status).toBe(204)
    expect((await trash('alice')).names).toEqual([])
    expect((await alice('GET', `/trashbin/alice/trash/${DELETED}`)).status).toBe(404)
    expect(errorOf(await alice('MKCOL', '/trashbin/alice/trash/x')).message).toBe(
      'Not allowed to create folders in the trashbin',
    )
  })

  it('has what a recipient deleted twice, and both can restore it', async () => {
    await bob('DELETE', '/files/bob/S/b.txt')
    const owners = await trash('alice')
    expect([owners.names, textOf(owners.listed, 'nc:trashbin-original-location')]).toEqual([
      ['b.txt.d1772366400'],
      '/S/b.txt',
    ])
    expect(textOf((await trash('bob')).listed, 'nc:trashbin-deleted-by-id')).toBe('bob')
    expect((await restore('bob', 'b.txt.d1772366400')).status).toBe(201)
    expect((await alice('GET', '/files/alice/S/b.txt')).text).toBe('shared')
    expect([(await trash('bob')).names, (await trash('alice')).names]).toEqual([[], ['b.txt.d1772366400']])
  })
})

everyTransport('versions of a file', { seed }, (way) => {
  const dav = (method: string, path: string, asked: DavAsk = {}) =>
    ask(way, method, `/remote.php/dav${path}`, { as: 'alice:secret', ...asked })
  const FILE = '/files/alice/v.txt'
  const write = async (body: string) => {
    way.ocs.world.clock.advance('10s')
    const put = await dav('PUT', FILE, { body })
    return Number(put.headers.get('OC-FileId')!.slice(0, 8))
  }
  const list = async (id: number) =>
    hrefsOf(await dav('PROPFIND', `/versions/alice/versions/${id}`, { headers: { Depth: '1' } }))
      .slice(1)
      .map((href) => href.slice('/remote.php/dav'.length))

  it('are kept when it is overwritten, and can be read, named and restored', async () => {
    const id = await write('one')
    await write('two')
    const [first, second] = await list(id)
    expect([await list(id), (await dav('GET', first!)).text]).toEqual([[first, second], 'one'])
    const body =
      '<d:propertyupdate xmlns:d="DAV:" xmlns:nc="http://nextcloud.org/ns"><d:set><d:prop><nc:version-label>draft</nc:version-label></d:prop></d:set></d:propertyupdate>'
    expect((await dav('PROPPATCH', first!, { body })).text).toContain('200 OK')
    const Destination = '/remote.php/dav/versions/alice/restore/target'
    expect((await dav('MOVE', first!, { headers: { Destination } })).status).toBe(201)
    expect((await dav('GET', FILE)).text).toBe('one')
  })

  it('say of the present one what they say of others, and do not hold it', async () => {
    const id = await write('')
    const [present] = await list(id)
    const headers = { Destination: '/remote.php/dav/versions/alice/restore/target' }
    const refused = [await dav('GET', present!), await dav('COPY', present!, { headers })]
    refused.push(await dav('PUT', present!, { body: 'x' }))
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 403])
    expect((await dav('HEAD', present!)).status).toBe(200)
    const body =
      '<d:propfind xmlns:d="DAV:"><d:prop><n:has-preview xmlns:n="http://nextcloud.org/ns"/></d:prop></d:propfind>'
    expect((await dav('PROPFIND', present!, { body })).text).toContain('>true<')
  })

  it('can be forgotten, which the present one stands', async () => {
    const id = await write('one')
    await write('two')
    const [first, present] = await list(id)
    expect((await dav('DELETE', present!)).status).toBe(204)
    expect((await dav('DELETE', first!)).status).toBe(204)
    expect(await list(id)).toEqual([present])
    const other = await ask(way, 'PROPFIND', `/remote.php/dav/versions/alice/versions/${id}`, { as: 'bob:bob' })
    expect([other.status, errorOf(other)]).toEqual([403, { exception: 'Forbidden', message: '' }])
  })
})
