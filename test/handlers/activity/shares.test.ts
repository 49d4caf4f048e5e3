import { itemOf } from '../../support/share-answers.ts'
import { directly, expect, it } from '../../support/ways.ts'

const SHARES = '/apps/files_sharing/api/v1/shares'
const SEED = {
  clock: { now: '2026-03-01T12:00:00Z', frozen: true },
  users: [
    { id: 'alice', password: 'alice' },
    { id: 'bob', password: 'bob' },
    { id: 'carol', password: 'carol', groups: ['staff'] },
  ],
  files: { alice: { '/a.txt': 'a', '/dir/b.txt': 'b' } },
}

directly('what is told of shares', SEED, (way) => {
  const share = async (form: Record<string, string>, by = 'alice') =>
    itemOf(await way.ask('POST', SHARES, { as: `${by}:${by}`, form })).id!
  const unshare = (id: string, by = 'alice') => way.ask('DELETE', `${SHARES}/${id}`, { as: `${by}:${by}` })
  /** Subjects of what an account finds about shares, the latest first. */
  const toldTo = async (id: string) => {
    const answer = await way.ask('GET', '/apps/activity/api/v2/activity/files_sharing', { as: `${id}:${id}` })
    return answer.status === 304 ? [] : (answer.data as { subject: string }[]).map(({ subject }) => subject)
  }
  const withBob = { path: '/a.txt', shareType: '0', shareWith: 'bob' }

  it('reaches who shared and who received, until one of them ends it', async () => {
    const id = await share(withBob)
    expect(await toldTo('alice')).toEqual(['You shared a.txt with @bob'])
    expect(await toldTo('bob')).toEqual(['@alice shared a.txt with you'])
    await unshare(id)
    expect((await toldTo('alice'))[0]).toBe('You removed @bob from a.txt')
    expect((await toldTo('bob'))[0]).toBe('@alice removed you from the share named a.txt')
    await unshare(await share(withBob), 'bob')
    expect((await toldTo('bob'))[0]).toBe('You removed yourself from a.txt')
  })

  it('reaches who shared with a group, and no member', async () => {
    const id = await share({ path: '/dir', shareType: '1', shareWith: 'staff' })
    expect([await toldTo('alice'), await toldTo('carol')]).toEqual([['You shared dir with group staff'], []])
    await unshare(id)
    expect((await toldTo('alice'))[0]).toBe('You removed group staff from dir')
  })

  it('reaches who made a link', async () => {
    const id = await share({ path: '/a.txt', shareType: '3' })
    expect(await toldTo('alice')).toEqual(['You shared a.txt as public link'])
    await unshare(id)
    expect((await toldTo('alice'))[0]).toBe('You removed public link for a.txt')
  })

  it('reaches the owner where it is shared on', async () => {
    await share(withBob)
    await share({ path: '/a.txt', shareType: '0', shareWith: 'carol' }, 'bob')
    expect((await toldTo('alice'))[0]).toBe('@bob shared a.txt with @carol')
    expect((await toldTo('bob'))[0]).toBe('You shared a.txt with @carol')
    expect(await toldTo('carol')).toEqual(['@bob shared a.txt with you'])
    const link = await share({ path: '/a.txt', shareType: '3' }, 'bob')
    expect((await toldTo('alice'))[0]).toBe('@bob shared a.txt as public link')
    await unshare(link, 'bob')
    expect((await toldTo('alice'))[0]).toMatch(/bob removed public link for a\.txt/)
  })
})
