import * as groups from '#world/accounts/groups.ts'
import * as tokens from '#world/accounts/tokens.ts'
import * as users from '#world/accounts/users.ts'
import { ADMIN, expectFailure, expectOk, TEAM } from '../../support/team.ts'
import { directly, expect, it } from '../../support/ways.ts'

directly('DELETE /cloud/users/{userId}', TEAM, (way) => {
  way.inEveryWay('removes an account with all its memberships', async () => {
    await expectOk(way, 'DELETE', '/cloud/users/BOB', { as: ADMIN })
    expect(users.find(way.ocs.world, 'bob')).toBeUndefined()
    expect(groups.members(way.ocs.world, 'staff')).toEqual([])
    expect(users.findByEmail(way.ocs.world, 'bob@example.org')).toEqual([])
  })

  it('lets sub-administrators remove whom they administer', async () => {
    await expectOk(way, 'DELETE', '/cloud/users/bob', { as: 'alice:alice' })
    await expectFailure(way, ['DELETE', '/cloud/users/carol', { as: 'alice:alice' }], 998, '')
  })

  it('removes nobody who asks for it themselves, and nobody who is not there', async () => {
    await expectFailure(way, ['DELETE', '/cloud/users/admin', { as: ADMIN }], 101, '')
    await expectFailure(way, ['DELETE', '/cloud/users/ghost', { as: ADMIN }], 998, '')
  })
})

directly('PUT /cloud/users/{userId}/enable and disable', TEAM, (way) => {
  way.inEveryWay('keep an account out and let it in again', async () => {
    await expectOk(way, 'PUT', '/cloud/users/bob/disable', { as: 'alice:alice' })
    expect((await way.ask('GET', '/cloud/user', { as: 'bob:bob' })).code).toBe(997)
    await expectOk(way, 'PUT', '/cloud/users/bob/enable', { as: 'alice:alice' })
    expect((await way.ask('GET', '/cloud/user', { as: 'bob:bob' })).code).toBe(200)
  })

  it.each(['enable', 'disable'])('%s nobody who asks themselves, is not there, or is a stranger', async (what) => {
    await expectFailure(way, ['PUT', `/cloud/users/admin/${what}`, { as: ADMIN }], 101, '')
    await expectFailure(way, ['PUT', `/cloud/users/ghost/${what}`, { as: ADMIN }], 101, '')
    await expectFailure(way, ['PUT', `/cloud/users/carol/${what}`, { as: 'alice:alice' }], 998, '')
  })
})

directly('POST /cloud/users/{userId}/wipe', TEAM, (way) => {
  way.inEveryWay('marks the app passwords of an account', async () => {
    const made = { userId: 'bob', loginName: 'bob', name: 'phone', type: 'app-password' } as const
    const { token } = tokens.create(way.ocs.world, made)
    await expectOk(way, 'POST', '/cloud/users/bob/wipe', { as: ADMIN })
    expect(tokens.find(way.ocs.world, token)?.wipe).toBe(true)
  })

  it('is not for oneself, strangers and nobody', async () => {
    await expectFailure(way, ['POST', '/cloud/users/admin/wipe', { as: ADMIN }], 101, '')
    await expectFailure(way, ['POST', '/cloud/users/carol/wipe', { as: 'alice:alice' }], 998, '')
    await expectFailure(way, ['POST', '/cloud/users/ghost/wipe', { as: ADMIN }], 998, '')
  })
})

directly('POST /cloud/users/{userId}/welcome', TEAM, (way) => {
  way.inEveryWay('welcomes whoever has an address', async () => {
    await expectOk(way, 'POST', '/cloud/users/bob/welcome', { as: 'alice:alice' })
    await expectFailure(way, ['POST', '/cloud/users/carol/welcome', { as: ADMIN }], 101, 'Email address not available')
  })

  it('is not for strangers and nobody', async () => {
    await expectFailure(way, ['POST', '/cloud/users/carol/welcome', { as: 'alice:alice' }], 998, '')
    await expectFailure(way, ['POST', '/cloud/users/ghost/welcome', { as: ADMIN }], 998, '')
  })
})

const WITH_DORA = {
  ...TEAM,
  users: [...TEAM.users, { id: 'dora', groups: ['staff', 'admin'], email: 'dora@example.org' }],
}

directly('an administrator in a group that somebody administers', WITH_DORA, (way) => {
  const asAlice = { as: 'alice:alice' }
  const of = (method: string, action = '', form?: Record<string, string>) =>
    [method, `/cloud/users/dora${action}`, form ? { ...asAlice, form } : asAlice] as const

  it('is out of reach of whoever administers the group', async () => {
    await expectFailure(way, of('DELETE'), 998, '')
    await expectFailure(way, of('PUT', '/disable'), 998, '')
    await expectFailure(way, of('PUT', '/enable'), 998, '')
    await expectFailure(way, of('POST', '/wipe'), 998, '')
    await expectFailure(way, of('POST', '/welcome'), 998, '')
    await expectFailure(way, of('PUT', '', { key: 'display', value: 'Mine' }), 998, '')
    await expectFailure(way, of('GET'), 998, '')
    await expectFailure(way, of('GET', '/groups'), 998, '')
    expect(users.find(way.ocs.world, 'dora')).toMatchObject({ enabled: true, displayName: 'dora' })
  })

  it('is within reach once no administrator any more', async () => {
    groups.removeMember(way.ocs.world, 'admin', 'dora')
    await expectOk(way, ...of('GET'))
    await expectOk(way, ...of('DELETE'))
  })
})
