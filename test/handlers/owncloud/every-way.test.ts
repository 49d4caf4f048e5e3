import { loadProfile, type Seed } from '#index.ts'
import { receive } from '#world/sharing/external-shares.ts'
import { type Item, itemOf, itemsOf } from '../../support/share-answers.ts'
import { type Ask, directly, expect, it, type OcsAnswer } from '../../support/ways.ts'

const SEED: Seed = {
  users: [
    { id: 'alice', password: 'alice' },
    { id: 'bob', password: 'bob' },
  ],
  groups: ['staff'],
  files: { alice: { '/plan.txt': 'x' } },
}
const ADMIN = { as: 'admin:admin' }
const ALICE = { as: 'alice:alice' }
const SHARES = '/apps/files_sharing/api/v1/shares'
const REMOTE = '/apps/files_sharing/api/v1/remote_shares'
const OFFER = {
  remote: 'https://cloud.example.org/',
  token: 'secret',
  name: 'pic.txt',
  owner: 'owen',
  ownerId: 'owen',
  sharedBy: 'owen',
  sharedById: 'owen',
  shareWith: 'alice',
  remoteId: '5',
}

directly(
  'ownCloud 10',
  SEED,
  (way) => {
    /** ownCloud minds no `Accept`: the format stands in the address. */
    const ask = (method: string, path: string, asked: Ask = ADMIN) =>
      way.ask(method, `${path}${path.includes('?') ? '&' : '?'}format=${way.format}`, asked)
    const form = (members: Record<string, string>, as = ADMIN) => ({ ...as, form: members })
    /** Asks, and expects success. */
    const done = async (method: string, path: string, asked?: Ask): Promise<OcsAnswer> => {
      const answer = await ask(method, path, asked)
      expect([method, path, answer.status, answer.code]).toEqual([method, path, 200, 200])
      return answer
    }
    const item = async (path: string, asked?: Ask): Promise<Item> => itemOf(await done('GET', path, asked))
    const share = async (members: Record<string, string>) =>
      itemOf(await done('POST', SHARES, form({ path: '/plan.txt', ...members }, ALICE)))
    const offered = () => {
      const share = receive(way.ocs.world, OFFER)
      if (typeof share === 'string') throw new Error(share)
      return share.id
    }

    way.inEveryWay('says what it is, what it can do, and who asks', async () => {
      expect(await item('/config', {})).toMatchObject({ version: '1.7', website: 'ownCloud' })
      expect((await done('GET', '/cloud/capabilities', ALICE)).text).toContain('10.2.1')
      expect(await item('/cloud/user', ALICE)).toMatchObject({ id: 'alice', 'display-name': 'alice' })
    })

    way.inEveryWay('checks the password of a person', async () => {
      const checked = await done('POST', '/person/check', { form: { login: 'alice', password: 'alice' } })
      expect(checked.text).toContain('alice')
      expect((await ask('POST', '/person/check', { form: { login: 'alice', password: 'no' } })).code).not.toBe(200)
    })

    way.inEveryWay('makes an account, tells of it, changes it, and removes it', async () => {
      await done('POST', '/cloud/users', form({ userid: 'carol', password: 'secret' }))
      ;(await done('GET', '/cloud/users')).expectData({ users: ['admin', 'alice', 'bob', 'carol'] })
      await done('PUT', '/cloud/users/carol', form({ key: 'display', value: 'Carol' }))
      expect(await item('/cloud/users/carol')).toMatchObject({ enabled: 'true', displayname: 'Carol' })
      await done('DELETE', '/cloud/users/carol')
      expect((await ask('GET', '/cloud/users/carol')).code).not.toBe(200)
    })

    way.inEveryWay('disables an account, and enables it again', async () => {
      await done('PUT', '/cloud/users/alice/disable')
      expect((await item('/cloud/users/alice')).enabled).toBe('false')
      await done('PUT', '/cloud/users/alice/enable')
      expect((await item('/cloud/users/alice')).enabled).toBe('true')
    })

    way.inEveryWay('makes a group, puts an account in it, takes it out, and removes the group', async () => {
      await done('POST', '/cloud/groups', form({ groupid: 'crew' }))
      ;(await done('GET', '/cloud/groups')).expectData({ groups: ['admin', 'crew', 'staff'] })
      await done('POST', '/cloud/users/alice/groups', form({ groupid: 'crew' }))
      ;(await done('GET', '/cloud/groups/crew')).expectData({ users: ['alice'] })
      ;(await done('GET', '/cloud/users/alice/groups')).expectData({ groups: ['crew'] })
      await done('DELETE', '/cloud/users/alice/groups', form({ groupid: 'crew' }))
      ;(await done('GET', '/cloud/groups/crew')).expectData({ users: [] })
      await done('DELETE', '/cloud/groups/crew')
      ;(await done('GET', '/cloud/groups')).expectData({ groups: ['admin', 'staff'] })
    })

    way.inEveryWay('lets an account administer a group, and no longer', async () => {
      await done('POST', '/cloud/users/alice/subadmins', form({ groupid: 'staff' }))
      ;(await done('GET', '/cloud/users/alice/subadmins')).expectData(['staff'])
      ;(await done('GET', '/cloud/groups/staff/subadmins')).expectData(['alice'])
      await done('DELETE', '/cloud/users/alice/subadmins', form({ groupid: 'staff' }))
      ;(await done('GET', '/cloud/groups/staff/subadmins')).expectData([])
    })

    way.inEveryWay('enables an app, tells of it, and disables it', async () => {
      const enabled = async () => (await done('GET', '/cloud/apps?filter=enabled')).text
      await done('POST', '/cloud/apps/encryption')
      expect(await enabled()).toContain('encryption')
      expect((await item('/cloud/apps/encryption')).id).toBe('encryption')
      await done('DELETE', '/cloud/apps/encryption')
      expect(await enabled()).not.toContain('encryption')
    })

    way.inEveryWay('makes a share, tells of it, changes it, and removes it', async () => {
      const { id } = await share({ shareType: '0', shareWith: 'bob' })
      expect(itemOf(await done('GET', `${SHARES}/${id}`, ALICE))).toMatchObject({
        share_with: 'bob',
        permissions: '19',
      })
      await done('PUT', `${SHARES}/${id}`, form({ permissions: '1' }, ALICE))
      expect(itemsOf(await done('GET', SHARES, ALICE))).toMatchObject([{ id, permissions: '1' }])
      await done('DELETE', `${SHARES}/${id}`, ALICE)
      expect((await ask('GET', `${SHARES}/${id}`, ALICE)).code).toBe(404)
    })

    way.inEveryWay('finds whom one may share with', async () => {
      const found = await done('GET', '/apps/files_sharing/api/v1/sharees?search=bob&itemType=file', ALICE)
      expect(found.text).toContain('bob')
      expect(found.text).not.toContain('staff')
    })

    way.inEveryWay('accepts a share of another server, and gives it up', async () => {
      const id = offered()
      expect(itemOf(await done('GET', `${REMOTE}/pending`, ALICE))).toMatchObject({ id, accepted: '0' })
      await done('POST', `${REMOTE}/pending/${id}`, ALICE)
      expect(itemOf(await done('GET', REMOTE, ALICE))).toMatchObject({ id, mountpoint: '/pic.txt', accepted: '1' })
      expect((await item(`${REMOTE}/${id}`, ALICE)).owner).toBe('owen')
      await done('DELETE', `${REMOTE}/${id}`, ALICE)
      ;(await done('GET', REMOTE, ALICE)).expectData([])
    })

    way.inEveryWay('declines a share of another server', async () => {
      await done('DELETE', `${REMOTE}/pending/${offered()}`, ALICE)
      ;(await done('GET', `${REMOTE}/pending`, ALICE)).expectData([])
    })

    way.inEveryWay('has no external storages', async () => {
      ;(await done('GET', '/apps/files_external/api/v1/mounts', ALICE)).expectData([])
    })

    it('refuses to give up a share that was not accepted', async () => {
      const { code, message } = await ask('DELETE', `${REMOTE}/${offered()}`, ALICE)
      expect([code, message]).toEqual([403, 'Could not unshare'])
    })
  },
  { profile: await loadProfile('owncloud-10') },
)
