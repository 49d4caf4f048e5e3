import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { ADMIN, expectFailure, expectOk, TEAM } from '../../support/team.ts'
import { type Ask, directly, expect, it } from '../../support/ways.ts'

const SEED = { ...TEAM, groups: ['other', { id: 'a/b', displayName: 'With slash' }] }

directly('GET /cloud/groups', SEED, (way) => {
  const list = (query = '') => way.ask('GET', `/cloud/groups${query}`, { as: 'alice:alice' })

  way.inEveryWay('lists all groups by id', async () => {
    ;(await list()).expectData({ groups: ['a/b', 'admin', 'other', 'staff'] })
    ;(await list('?limit=2&offset=1')).expectData({ groups: ['admin', 'other'] })
    ;(await list('?limit=2&offset=-1')).expectData({ groups: ['a/b', 'admin'] })
  })

  it('searches ids and names', async () => {
    ;(await list('?search=SLASH')).expectData({ groups: ['a/b'] })
    ;(await list('?search=t&limit=1')).expectData({ groups: ['a/b'] })
  })

  way.inEveryWay('tells administrators how many are in a group', async () => {
    users.setEnabled(way.ocs.world, users.find(way.ocs.world, 'bob')!, false)
    const answer = await way.ask('GET', '/cloud/groups/details?search=sta', { as: ADMIN })
    answer.expectData({
      groups: [{ id: 'staff', displayname: 'staff', usercount: 1, disabled: 1, canAdd: true, canRemove: true }],
    })
  })
})

directly('POST, PUT and DELETE /cloud/groups', SEED, (way) => {
  const add = (groupid: string, displayname = ''): [string, string, Ask] => [
    'POST',
    '/cloud/groups',
    { as: ADMIN, form: { groupid, displayname } },
  ]
  const rename = (id: string, key: string, value: string): [string, string, Ask] => [
    'PUT',
    `/cloud/groups/${id}`,
    { as: ADMIN, form: { key, value } },
  ]

  way.inEveryWay('create, rename and remove a group', async () => {
    await expectOk(way, ...add('new', ' New '))
    expect(groups.find(way.ocs.world, 'new')?.displayName).toBe('New')
    await expectOk(way, ...rename('new', 'displayname', 'Newer'))
    expect(groups.find(way.ocs.world, 'new')?.displayName).toBe('Newer')
    await expectOk(way, 'DELETE', '/cloud/groups/a%2Fb', { as: ADMIN })
    await expectOk(way, 'DELETE', '/cloud/groups/staff', { as: ADMIN })
    expect(groups.groupsOf(way.ocs.world, 'bob')).toEqual([])
    expect(groups.isSubAdmin(way.ocs.world, 'alice')).toBe(false)
  })

  it('hash an id that is too long, once', async () => {
    await expectOk(way, ...add('g'.repeat(65)))
    const [made] = groups.search(way.ocs.world, { search: 'ggg' })
    expect(made).toEqual({ id: expect.stringMatching(/^[0-9a-f]{64}$/), displayName: 'g'.repeat(65) })
    await expectFailure(way, add('g'.repeat(65)), 103, 'Not supported by backend')
    expect((await way.ask(...add('g'.repeat(256)))).code).toBe(996)
  })

  it('refuse what cannot be', async () => {
    await expectFailure(way, add(''), 101, 'Invalid group name')
    await expectFailure(way, add('0'), 101, 'Invalid group name')
    await expectFailure(way, add('staff'), 102, 'group exists')
    await expectFailure(way, rename('staff', 'displayname', ' '), 101, 'Not supported by backend')
    await expectFailure(way, rename('none', 'displayname', 'x'), 998, 'Group does not exist')
    await expectFailure(way, rename('staff', 'color', 'red'), 999, '')
    await expectFailure(way, ['DELETE', '/cloud/groups/none', { as: ADMIN }], 101, '')
    await expectFailure(way, ['DELETE', '/cloud/groups/admin', { as: ADMIN }], 102, '')
  })
})

directly('GET /cloud/groups/{groupId}', SEED, (way) => {
  const get = (path: string, as = ADMIN) => way.ask('GET', `/cloud/groups/${path}`, { as })

  way.inEveryWay('lists members for administrators of the group, at an older address too', async () => {
    groups.addMember(way.ocs.world, 'staff', 'alice')
    for (const path of ['staff', 'staff/users']) {
      ;(await get(path)).expectData({ users: ['alice', 'bob'] })
      ;(await get(path, 'alice:alice')).expectData({ users: ['alice', 'bob'] })
    }
  })

  it('lists members for members', async () => {
    ;(await get('staff/users', 'bob:bob')).expectData({ users: ['bob'] })
  })

  it('finds a group whose id has a slash, however often that is encoded', async () => {
    groups.addMember(way.ocs.world, 'a/b', 'bob')
    for (const id of ['a/b', 'a%2Fb', 'a%252Fb']) (await get(`${id}/users`)).expectData({ users: ['bob'] })
  })

  way.inEveryWay('has details of members, by page and search', async () => {
    for (const id of ['alice', 'carol']) groups.addMember(way.ocs.world, 'staff', id)
    const ids = async (query: string) =>
      [...(await get(`staff/users/details${query}`)).text.matchAll(/"id":"(\w+)"|<id>(\w+)</g)].map((m) => m[1] ?? m[2])
    expect(await ids('')).toEqual(['alice', 'bob', 'carol'])
    expect(await ids('?limit=1&offset=1')).toEqual(['bob'])
    expect(await ids('?search=EXAMPLE.org&limit=5')).toEqual(['alice', 'bob'])
    expect((await get('staff/users/details?offset=-1')).code).toBe(996)
  })

  way.inEveryWay('lists who administers the group', async () => {
    ;(await get('staff/subadmins')).expectData(['alice'])
    ;(await get('other/subadmins')).expectData([])
  })

  it('refuses what is not there, and groups of others', async () => {
    const missing = 'The requested group could not be found'
    await expectFailure(way, ['GET', '/cloud/groups/none', { as: ADMIN }], 404, missing)
    await expectFailure(way, ['GET', '/cloud/groups/none/users', { as: ADMIN }], 404, missing)
    await expectFailure(way, ['GET', '/cloud/groups/other', { as: 'alice:alice' }], 403, '')
    await expectFailure(way, ['GET', '/cloud/groups/other/users', { as: 'bob:bob' }], 403, '')
    await expectFailure(way, ['GET', '/cloud/groups/none/users/details', { as: ADMIN }], 998, missing)
    await expectFailure(way, ['GET', '/cloud/groups/other/users/details', { as: 'alice:alice' }], 998, missing)
    await expectFailure(way, ['GET', '/cloud/groups/none/subadmins', { as: ADMIN }], 101, 'Group does not exist')
  })
})
