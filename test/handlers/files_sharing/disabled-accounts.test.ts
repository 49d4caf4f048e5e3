import { setApp } from '#world/settings/config.ts'
import { itemOf, itemsOf } from '../../support/share-answers.ts'
import { directly, expect, it } from '../../support/ways.ts'

const SHARES = '/apps/files_sharing/api/v1/shares'
const seed = {
  users: ['alice', 'bob', 'carol', 'dora'].map((id) => ({ id, password: id })),
  files: { alice: { '/a.txt': 'a', '/open.txt': 'o' } },
  shares: [
    { type: 'user' as const, owner: 'alice', path: '/a.txt', with: 'bob' },
    { type: 'user' as const, owner: 'alice', path: '/a.txt', with: 'dora' },
    { type: 'link' as const, owner: 'alice', path: '/open.txt', token: 'opentoken' },
  ],
}

directly('shares of accounts that are disabled', seed, (way) => {
  const receivedBy = async (id: string) =>
    itemsOf(await way.ask('GET', `${SHARES}?shared_with_me=true`, { as: `${id}:${id}` })).map(({ path }) => path)
  const openLink = async () => (await way.fetch('/index.php/s/opentoken')).status
  const setEnabled = (id: string, what: 'enable' | 'disable') =>
    way.ask('PUT', `/cloud/users/${id}/${what}`, { as: 'admin:admin' })
  const reshare = async () => {
    const form = { path: '/a.txt', shareType: '0', shareWith: 'carol' }
    expect(itemOf(await way.ask('POST', SHARES, { as: 'bob:bob', form })).uid_owner).toBe('bob')
  }

  it('count as before unless the administrator says otherwise', async () => {
    await reshare()
    await setEnabled('alice', 'disable')
    await setEnabled('bob', 'disable')
    expect([await receivedBy('carol'), await receivedBy('dora')]).toEqual([['/a.txt'], ['/a.txt']])
  })

  it('lead nowhere where they are links', async () => {
    expect(await openLink()).toBe(200)
    await setEnabled('alice', 'disable')
    expect(await openLink()).toBe(404)
  })

  it('are hidden where they own the file or shared it on, and come back with the account', async () => {
    setApp(way.ocs.world, 'files_sharing', 'hide_disabled_user_shares', 'yes')
    await reshare()
    expect([await receivedBy('carol'), await receivedBy('dora')]).toEqual([['/a.txt'], ['/a.txt']])
    await setEnabled('bob', 'disable')
    expect([await receivedBy('carol'), await receivedBy('dora')]).toEqual([[], ['/a.txt']])
    await setEnabled('bob', 'enable')
    await setEnabled('alice', 'disable')
    expect([await receivedBy('carol'), await receivedBy('dora')]).toEqual([[], []])
    await setEnabled('alice', 'enable')
    expect([await receivedBy('carol'), await receivedBy('dora')]).toEqual([['/a.txt'], ['/a.txt']])
  })
})
