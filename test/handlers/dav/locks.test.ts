import { resolve } from '#world/files/files.ts'
import { ask, type DavAsk, errorOf, textOf } from '../../support/dav.ts'
import { makeShare } from '../../support/share-links.ts'
import { everyTransport, expect, it } from '../../support/ways.ts'

const seed = {
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', password: 'bob' },
  ],
  files: { alice: { '/S/a.txt': 'x', '/S/b.txt': 'y' } },
  shares: [{ type: 'user' as const, owner: 'alice', path: '/S', with: 'bob' }],
}
const lockInfo = (scope: string) =>
  `<d:lockinfo xmlns:d="DAV:"><d:lockscope><d:${scope}/></d:lockscope><d:locktype><d:write/></d:locktype><d:owner><d:href>me</d:href></d:owner></d:lockinfo>`
const PROPERTIES = `<d:propfind xmlns:d="DAV:" xmlns:nc="http://nextcloud.org/ns"><d:prop>${[
  'nc:lock',
  'nc:lock-owner',
  'nc:lock-owner-displayname',
  'nc:lock-owner-type',
  'nc:lock-timeout',
  'd:lockdiscovery',
]
  .map((name) => `<${name}/>`)
  .join('')}</d:prop></d:propfind>`
const USER_LOCK = { 'X-User-Lock': '1' }

everyTransport('LOCK and UNLOCK', { seed }, (way) => {
  const by =
    (user: 'alice' | 'bob') =>
    (method: string, path: string, asked: DavAsk = {}) =>
      ask(way, method, `/remote.php/dav/files/${user}${path}`, {
        as: user === 'alice' ? 'alice:secret' : 'bob:bob',
        ...asked,
      })
  const [alice, bob] = [by('alice'), by('bob')]
  const asked = { body: PROPERTIES, headers: { Depth: '0' } }

  it('locks a file for an account, and tells everybody who holds it', async () => {
    const locked = await alice('LOCK', '/S/a.txt', { headers: USER_LOCK })
    expect([locked.status, textOf(locked, 'nc:lock-owner'), textOf(locked, 'nc:lock')]).toEqual([200, 'alice', '1'])
    const seen = await bob('PROPFIND', '/S/a.txt', asked)
    expect([textOf(seen, 'nc:lock'), textOf(seen, 'nc:lock-owner'), textOf(seen, 'nc:lock-owner-type')]).toEqual([
      '1',
      'alice',
      '0',
    ])
    expect(seen.text).toContain('<d:activelock>')
    expect((await alice('PROPFIND', '/S/a.txt', asked)).text).toContain('<d:lockdiscovery/>')
  })

  it('keeps all others from changing what is locked', async () => {
    await alice('LOCK', '/S/a.txt', { headers: USER_LOCK })
    const to = (path: string) => ({ headers: { Destination: `/remote.php/dav/files/bob${path}` } })
    const put = await bob('PUT', '/S/a.txt', { body: 'no' })
    expect([put.status, errorOf(put).exception, textOf(put, 'd:href')]).toEqual([423, 'Locked', 'files/bob/S/a.txt'])
    const tried = [
      await bob('DELETE', '/S/a.txt'),
      await bob('MOVE', '/S/a.txt', to('/S/c.txt')),
      await bob('MOVE', '/S/b.txt', to('/S/a.txt')),
      await bob('COPY', '/S/b.txt', to('/S/a.txt')),
    ]
    expect(tried.map(({ status }) => status)).toEqual([423, 423, 423, 423])
    expect((await bob('COPY', '/S/a.txt', to('/S/c.txt'))).status).toBe(201)
    expect((await bob('GET', '/S/a.txt')).text).toBe('x')
    expect((await alice('PUT', '/S/a.txt', { body: 'yes' })).status).toBe(204)
  })

  it('keeps visitors of a link out too', async () => {
    const { token } = await makeShare(way, 'alice:secret', { path: '/S', permissions: '15' })
    await alice('LOCK', '/S/a.txt', { headers: USER_LOCK })
    const put = await ask(way, 'PUT', `/public.php/dav/files/${token}/a.txt`, { body: 'no' })
    expect([put.status, errorOf(put).message]).toEqual([
      423,
      expect.stringMatching(/^"files\/S\/a.txt" is locked, existing lock on file: files_lock\//),
    ])
  })

  it('unlocks for the account that locked, and for nobody else', async () => {
    await bob('LOCK', '/S/a.txt', { headers: USER_LOCK })
    await alice('LOCK', '/S/b.txt', { headers: USER_LOCK })
    expect((await bob('UNLOCK', '/S/b.txt', { headers: USER_LOCK })).status).toBe(423)
    expect((await bob('UNLOCK', '/S/a.txt', { headers: USER_LOCK })).status).toBe(200)
    expect((await bob('UNLOCK', '/S/a.txt', { headers: USER_LOCK })).status).toBe(412)
    expect((await bob('LOCK', '/S/b.txt', { headers: USER_LOCK })).status).toBe(423)
  })

  it('locks by a token as WebDAV has it, which has to come with every change', async () => {
    const made = await alice('LOCK', '/S/a.txt', { body: lockInfo('exclusive'), headers: { Timeout: 'Second-600' } })
    const token = made.headers.get('Lock-Token')!
    expect([made.status, textOf(made, 'd:timeout'), token]).toEqual([
      200,
      'Second-600',
      expect.stringMatching(/^<opaquelocktoken:[0-9a-f-]{36}>$/),
    ])
    const again = await bob('LOCK', '/S/a.txt', { body: lockInfo('shared') })
    expect([again.status, errorOf(again).exception]).toEqual([423, 'ConflictingLock'])
    expect((await alice('PUT', '/S/a.txt', { body: 'no' })).status).toBe(423)
    expect((await alice('PUT', '/S/a.txt', { body: 'yes', headers: { If: `(${token})` } })).status).toBe(204)
    expect((await alice('PUT', '/S/b.txt', { body: 'no', headers: { If: `(${token})` } })).status).toBe(412)
    const longer = await alice('LOCK', '/S/a.txt', { headers: { If: `(${token})`, Timeout: 'Second-1200' } })
    expect([longer.status, textOf(longer, 'd:timeout')]).toEqual([200, 'Second-1200'])
    way.ocs.world.clock.advance('1201s')
    expect((await alice('PUT', '/S/a.txt', { body: 'over' })).status).toBe(204)
  })

  it('unlocks by the token', async () => {
    const made = await alice('LOCK', '/S/a.txt', { body: lockInfo('exclusive') })
    const headers = { 'Lock-Token': made.headers.get('Lock-Token')! }
    expect(errorOf(await alice('UNLOCK', '/S/a.txt')).message).toBe('No lock token was supplied')
    expect((await alice('UNLOCK', '/S/a.txt', { headers: { 'Lock-Token': '<opaquelocktoken:x>' } })).status).toBe(500)
    expect((await alice('UNLOCK', '/S/a.txt', { headers })).status).toBe(204)
    expect((await bob('PUT', '/S/a.txt', { body: 'free' })).status).toBe(204)
  })

  it('makes an empty file where there is none', async () => {
    const made = await alice('LOCK', '/new.txt', { body: lockInfo('exclusive') })
    expect([made.status, resolve(way.ocs.world, 'alice', '/new.txt')?.node.size]).toEqual([201, 0])
    expect((await alice('LOCK', '/no/such.txt', { body: lockInfo('exclusive') })).status).toBe(404)
    expect(errorOf(await alice('LOCK', '/S/b.txt')).message).toBe('An xml body is required for lock requests')
  })

  it('does nothing while the app is disabled', async () => {
    await way.ocs.occ(['app:disable', 'files_lock'])
    expect((await alice('LOCK', '/S/a.txt', { headers: USER_LOCK })).status).toBe(501)
    expect((await alice('PROPFIND', '/S/a.txt', asked)).text).not.toContain('<nc:lock></nc:lock>')
  })
})
