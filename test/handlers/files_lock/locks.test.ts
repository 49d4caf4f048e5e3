import { entryOf, resolve } from '#world/files/files.ts'
import { ask as dav } from '../../support/dav.ts'
import { directly, expect, it, type Way } from '../../support/ways.ts'

const seed = {
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', password: 'bob' },
  ],
  files: { alice: { '/S/a.txt': 'x', '/mine.txt': 'y', '/read.txt': 'z' } },
  shares: [
    { type: 'user' as const, owner: 'alice', path: '/S', with: 'bob' },
    { type: 'user' as const, owner: 'alice', path: '/read.txt', with: 'bob', permissions: 1 },
  ],
}
const [alice, bob] = ['alice:secret', 'bob:bob']

const idOf = (way: Way, path: string) => String(resolve(way.ocs.world, 'alice', path)!.node.id)

directly('PUT /apps/files_lock/lock/{fileId}', seed, (way) => {
  const lock = (path: string, as: string, form?: Record<string, string>) =>
    way.ask('PUT', `/apps/files_lock/lock/${idOf(way, path)}`, form ? { as, form } : { as })

  it('locks a file until it is unlocked, and again for the same account', async () => {
    const first = await lock('/mine.txt', alice)
    expect([first.code, (await lock('/mine.txt', alice)).code]).toEqual([200, 200])
    expect(first.text).toMatch(/files_lock\\?\/[0-9a-f]{8}-/)
    const before = entryOf(way.ocs.world, 'alice', Number(idOf(way, '/mine.txt')))!.node.etag
    expect(before).toMatch(/^[0-9a-f]{13}$/)
  })

  it('names who holds the file', async () => {
    expect((await lock('/mine.txt', alice)).data).toMatchObject({ userId: 'alice', displayName: 'alice' })
  })

  it('breaks where somebody else holds the file, as the real server does', async () => {
    await lock('/S/a.txt', alice)
    expect((await lock('/S/a.txt', bob)).code).toBe(996)
  })

  it('is refused for what is not there or may only be read', async () => {
    const missing = await way.ask('PUT', '/apps/files_lock/lock/999999', { as: alice })
    expect([missing.code, missing.text.includes('NotFoundException')]).toEqual([500, true])
    expect((await lock('/mine.txt', bob)).text).toContain('NotFoundException')
    expect((await lock('/read.txt', bob)).text).toContain('File can only be locked with update permissions.')
  })

  it('lasts as long as the administrator says', async () => {
    await way.ocs.occ(['config:app:set', 'files_lock', 'lock_timeout', '--value=30'])
    await lock('/S/a.txt', alice)
    way.ocs.world.clock.advance('29m')
    expect((await lock('/S/a.txt', bob)).code).toBe(996)
    way.ocs.world.clock.advance('2m')
    expect((await lock('/S/a.txt', bob)).code).toBe(200)
  })
})

directly('DELETE /apps/files_lock/lock/{fileId}', seed, (way) => {
  const ask = (method: string, path: string, as: string) =>
    way.ask(method, `/apps/files_lock/lock/${idOf(way, path)}`, { as })

  way.inEveryWay('gives the file back to everybody', async () => {
    await ask('PUT', '/S/a.txt', alice)
    expect((await ask('DELETE', '/S/a.txt', alice)).code).toBe(200)
    expect((await ask('PUT', '/S/a.txt', bob)).code).toBe(200)
  })

  it('is refused where nothing is locked', async () => {
    const answer = await ask('DELETE', '/mine.txt', alice)
    expect([answer.code, answer.message]).toEqual([412, 'File is not locked'])
  })

  it('is refused to others, but not to the owner of the file', async () => {
    await ask('PUT', '/S/a.txt', alice)
    const refused = await ask('DELETE', '/S/a.txt', bob)
    expect([refused.code, refused.message]).toEqual([423, 'File is currently locked by alice'])
    await ask('DELETE', '/S/a.txt', alice)
    await ask('PUT', '/S/a.txt', bob)
    expect((await ask('DELETE', '/S/a.txt', alice)).code).toBe(200)
  })

  it('is refused to whoever locked it as an app, and to others where a token holds it', async () => {
    await way.ask('PUT', `/apps/files_lock/lock/${idOf(way, '/S/a.txt')}`, { as: bob, form: { lockType: '1' } })
    expect((await ask('DELETE', '/S/a.txt', bob)).code).toBe(423)
    expect((await ask('DELETE', '/S/a.txt', alice)).code).toBe(200)
    await way.ask('PUT', `/apps/files_lock/lock/${idOf(way, '/S/a.txt')}`, { as: bob, form: { lockType: '2' } })
    expect((await ask('DELETE', '/S/a.txt', alice)).code).toBe(423)
    expect((await ask('DELETE', '/S/a.txt', bob)).code).toBe(200)
  })

  it('takes, over WebDAV, the kind of lock that was made', async () => {
    const unlock = async (as: string, type: string) => {
      const headers = { 'X-User-Lock': '1', 'X-User-Lock-Type': type }
      const [user] = as.split(':')
      return (await dav(way, 'UNLOCK', `/remote.php/dav/files/${user}/S/a.txt`, { as, headers })).status
    }
    const lock = (lockType: string) =>
      way.ask('PUT', `/apps/files_lock/lock/${idOf(way, '/S/a.txt')}`, { as: bob, form: { lockType } })
    await lock('1')
    expect([await unlock(bob, '0'), await unlock(bob, '1')]).toEqual([423, 200])
    await lock('0')
    expect([await unlock(alice, '1'), await unlock(bob, '1'), await unlock(bob, '0')]).toEqual([423, 423, 200])
  })

  it('fails for those who no longer see the file', async () => {
    await ask('PUT', '/mine.txt', alice)
    expect((await ask('DELETE', '/mine.txt', bob)).code).toBe(500)
  })
})
