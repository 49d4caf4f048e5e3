import { ask, type DavAsk, errorOf } from '../../support/dav.ts'
import { everyTransport, expect, it } from '../../support/ways.ts'

const seed = {
  users: [
    { id: 'alice', password: 'secret', quota: '6 KB' },
    { id: 'bob', password: 'bob' },
  ],
  files: { alice: { '/Dir/file.txt': 'hello' } },
}

everyTransport('a home that is nearly full', { seed }, (way) => {
  const dav = (method: string, path: string, asked: DavAsk = {}) =>
    ask(way, method, `/remote.php/dav${path}`, { as: 'alice:secret', ...asked })
  const HOME = '/files/alice'
  const refusal = async (method: string, path: string, asked?: DavAsk) => {
    const answer = await dav(method, path, asked)
    return [answer.status, errorOf(answer).message]
  }

  it('takes nothing that is said to be too large', async () => {
    expect(await refusal('PUT', `${HOME}/big.txt`, { body: 'x'.repeat(7000) })).toEqual([
      507,
      'Insufficient space in /big.txt',
    ])
    const told = { 'OC-Total-Length': '7000' }
    expect(await refusal('PUT', `${HOME}/Dir/file.txt`, { body: 'x', headers: told })).toEqual([
      507,
      'Insufficient space in /Dir/file.txt',
    ])
    expect((await dav('PUT', `${HOME}/ok.txt`, { body: 'x'.repeat(4000) })).status).toBe(201)
  })

  it('has no room for copies, moves and folders once it is full', async () => {
    await dav('PUT', `${HOME}/ok.txt`, { body: 'x'.repeat(4000) })
    const headers = { Destination: `/remote.php/dav${HOME}/other.txt` }
    expect(await refusal('COPY', `${HOME}/ok.txt`, { headers })).toEqual([507, 'Insufficient space in /'])
    expect(await refusal('MOVE', `${HOME}/ok.txt`, { headers })).toEqual([507, 'Insufficient space in /'])
    expect(await refusal('MKCOL', `${HOME}/Dir/new`)).toEqual([
      507,
      'Insufficient space in /Dir. Cannot create directory',
    ])
  })

  it('refuses uploads in parts with the first one, or where they are put together', async () => {
    const upload = '/uploads/alice/transfer'
    const Destination = `/remote.php/dav${HOME}/big.txt`
    await dav('MKCOL', upload)
    const told = { Destination, 'OC-Total-Length': '9000' }
    expect((await refusal('PUT', `${upload}/1`, { body: 'x', headers: told }))[0]).toBe(507)
    await dav('PUT', `${upload}/1`, { body: 'x'.repeat(4000) })
    await dav('PUT', `${upload}/2`, { body: 'x'.repeat(4000) })
    expect((await refusal('MOVE', `${upload}/.file`, { headers: { Destination } }))[0]).toBe(507)
  })
})

everyTransport('names of files', { seed }, (way) => {
  const put = (name: string) =>
    ask(way, 'PUT', `/remote.php/dav/files/bob/${encodeURIComponent(name)}`, { as: 'bob:bob', body: 'x' })

  it('have 250 bytes at most, and may end as they like', async () => {
    for (const name of ['a'.repeat(250), 'é'.repeat(125), 'dot.', 'space ', 'a:b', 'CON', '...'])
      expect([name, (await put(name)).status]).toEqual([name, 201])
    for (const name of ['a'.repeat(251), 'é'.repeat(126)]) expect((await put(name)).status).toBe(400)
    expect(errorOf(await put('x.part')).message).toBe('".part" is a forbidden file type.')
    const headers = { Destination: `/remote.php/dav/files/bob/${'b'.repeat(251)}` }
    const moved = await ask(way, 'MOVE', '/remote.php/dav/files/bob/dot.', { as: 'bob:bob', headers })
    expect([moved.status, errorOf(moved).message]).toEqual([400, ''])
  })
})
