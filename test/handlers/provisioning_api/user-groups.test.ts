import * as groups from '#world/accounts/groups.ts'
import { ADMIN, expectFailure, expectOk, TEAM } from '../../support/team.ts'
import { type Ask, directly, expect, it } from '../../support/ways.ts'

const change = (method: string, id: string, groupid: string, as = ADMIN): [string, string, Ask] => [
  method,
  `/cloud/users/${id}/groups`,
  { as, form: { groupid } },
]
const STAFF = { id: 'staff', displayname: 'staff', usercount: 1, disabled: 0, canAdd: true, canRemove: true }

directly('GET /cloud/users/{userId}/groups', TEAM, (way) => {
  const ids = (id: string, as: string) => way.ask('GET', `/cloud/users/${id}/groups`, { as })

  it('lists the groups of an account, the oldest membership first', async () => {
    for (const groupId of ['other', 'admin']) groups.addMember(way.ocs.world, groupId, 'bob')
    ;(await ids('bob', 'bob:bob')).expectData({ groups: ['staff', 'other', 'admin'] })
    groups.removeMember(way.ocs.world, 'staff', 'bob')
    groups.addMember(way.ocs.world, 'staff', 'bob')
    ;(await ids('bob', ADMIN)).expectData({ groups: ['other', 'admin', 'staff'] })
  })

  way.inEveryWay('shows sub-administrators the groups that are theirs', async () => {
    groups.addMember(way.ocs.world, 'other', 'bob')
    ;(await ids('bob', 'alice:alice')).expectData({ groups: ['staff'] })
    const details = await way.ask('GET', '/cloud/users/bob/groups/details', { as: 'alice:alice' })
    details.expectData({ groups: [STAFF] })
  })

  it.each(['groups', 'groups/details'])('has no %s for strangers and of nobody', async (path) => {
    await expectFailure(way, ['GET', `/cloud/users/bob/${path}`, { as: 'carol:carol' }], 998, '')
    await expectFailure(way, ['GET', `/cloud/users/ghost/${path}`, { as: ADMIN }], 998, '')
  })
})

directly('POST /cloud/users/{userId}/groups', TEAM, (way) => {
  it('puts an account into a group, once', async () => {
    await expectOk(way, ...change('POST', 'CAROL', 'staff', 'alice:alice'))
    await expectOk(way, ...change('POST', 'carol', 'staff'))
    expect(groups.members(way.ocs.world, 'staff')).toEqual(['bob', 'carol'])
  })

  it('refuses what is not there, and groups of others', async () => {
    await expectFailure(way, change('POST', 'carol', ''), 101, '')
    await expectFailure(way, change('POST', 'carol', 'none'), 102, '')
    await expectFailure(way, change('POST', 'ghost', 'staff'), 103, '')
    await expectFailure(way, change('POST', 'carol', 'other', 'alice:alice'), 104, '')
  })
})

directly('DELETE /cloud/users/{userId}/groups', TEAM, (way) => {
  way.inEveryWay('takes an account out of a group, whether it was in it or not', async () => {
    await expectOk(way, ...change('DELETE', 'bob', 'staff'))
    await expectOk(way, ...change('DELETE', 'bob', 'staff'))
    expect(groups.groupsOf(way.ocs.world, 'bob')).toEqual([])
  })

  it('refuses what is not there, and groups of others', async () => {
    await expectFailure(way, change('DELETE', 'bob', ' '), 101, '')
    await expectFailure(way, change('DELETE', 'bob', 'none'), 102, '')
    await expectFailure(way, change('DELETE', 'ghost', 'staff'), 103, '')
    await expectFailure(way, change('DELETE', 'bob', 'other', 'alice:alice'), 104, '')
  })

  it('keeps administrators and what sub-administrators administer', async () => {
    const last = 'Not viable to remove user from the last group you are sub-admin of'
    const own = 'Cannot remove yourself from this group as you are a sub-admin'
    await expectFailure(way, change('DELETE', 'admin', 'admin'), 105, 'Cannot remove yourself from the admin group')
    await expectFailure(way, change('DELETE', 'alice', 'staff', 'alice:alice'), 105, own)
    await expectFailure(way, change('DELETE', 'bob', 'staff', 'alice:alice'), 105, last)
    groups.addSubAdmin(way.ocs.world, 'other', 'alice')
    groups.addMember(way.ocs.world, 'other', 'bob')
    await expectOk(way, ...change('DELETE', 'bob', 'staff', 'alice:alice'))
  })
})

directly('/cloud/users/{userId}/subadmins', TEAM, (way) => {
  const path = (id: string) => `/cloud/users/${id}/subadmins`
  const form = (groupid: string, as = ADMIN): Ask => ({ as, form: { groupid } })

  way.inEveryWay('lists, adds and removes groups that an account administers', async () => {
    await expectOk(way, 'POST', path('alice'), form('other'))
    await expectOk(way, 'POST', path('alice'), form('other'))
    ;(await way.ask('GET', path('alice'), { as: ADMIN })).expectData(['staff', 'other'])
    await expectOk(way, 'DELETE', path('alice'), form('other'))
    ;(await way.ask('GET', `${path('alice')}/details`, { as: 'alice:alice' })).expectData({ groups: [STAFF] })
  })

  it('refuses what is not there', async () => {
    await expectFailure(way, ['GET', path('ghost'), { as: ADMIN }], 404, 'User does not exist')
    await expectFailure(way, ['GET', `${path('ghost')}/details`, { as: ADMIN }], 998, '')
    await expectFailure(way, ['GET', `${path('bob')}/details`, { as: 'alice:alice' }], 998, '')
    await expectFailure(way, ['POST', path('ghost'), form('staff')], 101, 'User does not exist')
    await expectFailure(way, ['POST', path('bob'), form('none')], 102, 'Group does not exist')
    await expectFailure(way, ['POST', path('bob'), form('admin')], 103, 'Cannot create sub-admins for admin group')
    await expectFailure(way, ['DELETE', path('ghost'), form('staff')], 101, 'User does not exist')
    await expectFailure(way, ['DELETE', path('bob'), form('none')], 101, 'Group does not exist')
    await expectFailure(way, ['DELETE', path('bob'), form('staff')], 102, 'User is not a sub-admin of this group')
  })

  it('is for administrators', async () => {
    const denied = 'Logged in account must be an admin, a sub admin or gotten special right to access this setting'
    await expectFailure(way, ['GET', path('alice'), { as: 'alice:alice' }], 403, denied)
    for (const method of ['POST', 'DELETE']) {
      await expectFailure(way, [method, path('alice'), form('staff', 'alice:alice')], 403, denied)
    }
  })
})
