import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import * as config from '#world/settings/config.ts'
import { ADMIN, expectFailure, GOOD, TEAM } from '../../support/team.ts'
import { directly, expect, it } from '../../support/ways.ts'

directly('PATCH /cloud/users/{userId}', TEAM, (way) => {
  const patch = (json: unknown, as = ADMIN, id = 'bob') => way.ask('PATCH', `/cloud/users/${id}`, { as, json })
  const bob = () => users.find(way.ocs.world, 'bob')!

  async function expectErrors(json: unknown, errors: Record<string, string>, as = ADMIN): Promise<void> {
    const answer = await patch(json, as)
    expect([answer.code, answer.status]).toEqual([422, way.version === 1 ? 200 : 422])
    answer.expectData({ errors })
  }

  way.inEveryWay('changes several fields and answers the account', async () => {
    const answer = await patch({
      displayName: 'Bobby',
      password: GOOD,
      email: 'b@example.org',
      quota: '1 GB',
      language: 'de',
      manager: 'alice',
      groups: ['other', 'other'],
      subadminGroups: ['staff', 'admin'],
    })
    expect(answer.code).toBe(200)
    expect(answer.text).toMatch(/"displayname":"Bobby"|<displayname>Bobby</)
    expect(bob()).toMatchObject({ email: 'b@example.org', quota: '1 GB', language: 'de', managers: ['alice'] })
    expect(groups.groupsOf(way.ocs.world, 'bob')).toEqual(['other'])
    expect(groups.subAdminGroupsOf(way.ocs.world, 'bob')).toEqual(['staff'])
  })

  it('takes away what is empty, and names an account as it was asked for', async () => {
    await patch({ displayName: '', email: '', manager: '', groups: [], subadminGroups: [] }, ADMIN, 'BOB')
    expect(bob()).toMatchObject({ displayName: 'BOB', email: null, managers: [] })
    expect(groups.groupsOf(way.ocs.world, 'bob')).toEqual([])
  })

  it('changes nothing when one of them is wrong, and says what', async () => {
    await expectErrors(
      {
        displayName: 'Bobby',
        password: 'x'.repeat(470),
        email: 'b',
        language: 'xx',
        quota: 'lots',
        groups: ['none'],
        subadminGroups: ['none'],
      },
      {
        password: 'Invalid password value',
        email: 'Invalid email address',
        language: 'Invalid language',
        quota: 'Invalid quota value: lots',
        groups: 'Group none does not exist',
        subadminGroups: 'Group none does not exist',
      },
    )
    expect(bob().displayName).toBe('Bob Builder')
  })

  it('asks the password policy before anything else is set', async () => {
    const refused = 'Password needs to be at least 10 characters long.'
    await expectErrors({ displayName: 'Bobby', password: 'unusual' }, { password: refused })
    expect(bob().displayName).toBe('Bob Builder')
  })

  it('lets sub-administrators change themselves and others a little', async () => {
    const denied = {
      groups: 'Insufficient permissions to change groups',
      subadminGroups: 'Insufficient permissions to change sub-admin groups',
    }
    await expectErrors({ quota: '1 GB', groups: [], subadminGroups: [] }, denied, 'alice:alice')
    const own = await patch({ quota: '1 GB', manager: 'bob' }, 'alice:alice', 'alice')
    own.expectData({
      errors: {
        quota: 'Insufficient permissions to change quota',
        manager: 'Insufficient permissions to change manager',
      },
    })
    config.setSystem(way.ocs.world, 'force_language', 'de')
    config.setSystem(way.ocs.world, 'allow_user_to_change_display_name', false)
    const locked = await patch({ displayName: 'A', language: 'fr' }, 'alice:alice', 'alice')
    locked.expectData({
      errors: {
        displayName: 'Cannot change display name for this user',
        language: 'Language change is not allowed on this instance',
      },
    })
  })

  it('breaks at a name that is too long, after the password', async () => {
    expect((await patch({ displayName: 'x'.repeat(65), password: GOOD })).code).toBe(996)
    expect(bob().password).toBe(GOOD)
    expect((await patch({ quota: '-5' })).code).toBe(996)
  })

  it('is not for strangers', async () => {
    const message = 'Insufficient permissions to edit this user'
    await expectFailure(way, ['PATCH', '/cloud/users/carol', { as: 'alice:alice', json: {} }], 403, message)
    await expectFailure(way, ['PATCH', '/cloud/users/ghost', { as: ADMIN, json: {} }], 998, '')
  })
})
