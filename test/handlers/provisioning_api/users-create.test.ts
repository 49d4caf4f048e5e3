import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import * as config from '#world/settings/config.ts'
import { ADMIN, expectFailure, expectOk, GOOD, TEAM } from '../../support/team.ts'
import { type Ask, directly, expect, it } from '../../support/ways.ts'

const NEW = { userid: 'eve', password: GOOD }
const create = (form: Record<string, string>, as = ADMIN): [string, string, Ask] => [
  'POST',
  '/cloud/users',
  { as, form },
]

directly('POST /cloud/users', TEAM, (way) => {
  way.inEveryWay('creates an account', async () => {
    ;(await expectOk(way, ...create(NEW))).expectData({ id: 'eve' })
    expect((await way.ask('GET', '/cloud/user', { as: `eve:${GOOD}` })).code).toBe(200)
  })

  it('fills in what else is given', async () => {
    const more = { displayName: ' Eve ', email: ' EVE@Example.org', quota: '1.5 GB', language: 'de', manager: 'bob' }
    await expectOk(way, ...create({ ...NEW, ...more, 'groups[]': 'staff', 'subadmin[]': 'other' }))
    expect(users.find(way.ocs.world, 'eve')).toMatchObject({
      displayName: 'Eve',
      email: 'eve@example.org',
      quota: '1.5 GB',
      language: 'de',
      managers: ['bob'],
    })
    expect(groups.groupsOf(way.ocs.world, 'eve')).toEqual(['staff'])
    expect(groups.subAdminGroupsOf(way.ocs.world, 'eve')).toEqual(['other'])
  })

  it('takes an address instead of a password', async () => {
    await expectOk(way, ...create({ userid: 'eve', email: 'eve@example.org' }))
    expect(users.find(way.ocs.world, 'eve')?.password).toMatch(/^\w{16}$/)
  })

  it('makes up an id where the instance wants that', async () => {
    config.setApp(way.ocs.world, 'core', 'newUser.generateUserID', 'yes')
    expect((await expectOk(way, ...create({ ...NEW, userid: '' }))).text).toMatch(/"id":"\w{10}"|<id>\w{10}<\/id>/)
  })

  it('lets a sub-administrator create accounts in their groups', async () => {
    await expectOk(way, ...create({ ...NEW, 'groups[]': 'staff', 'subadmin[]': 'staff' }, 'alice:alice'))
  })

  it.each([
    ['a b!', 'Only the following characters are allowed in an Login: "a-z", "A-Z", "0-9", spaces and "_.@-\'"'],
    ['', 'A valid Login must be provided'],
    [' eve', 'Login contains whitespace at the beginning or at the end'],
    ['..', 'Login must not consist of dots only'],
    ['x'.repeat(65), 'Username is too long'],
    ['files_external', 'Login is invalid because files already exist for this user'],
  ])('refuses the id "%s"', (userid, message) => expectFailure(way, create({ ...NEW, userid }), 101, message))

  it.each([
    ['   ', 101, 'A valid password must be provided'],
    ['x'.repeat(470), 101, 'Invalid password value'],
    ['unusual', 107, 'Password needs to be at least 10 characters long.'],
    [
      'short',
      107,
      'Password is among the 1,000,000 most common ones. Please make it unique. Password needs to be at least 10 characters long.',
    ],
  ])('refuses the password "%s"', (password, code, message) =>
    expectFailure(way, create({ ...NEW, password }), code, message),
  )

  it.each(['BOB', 'bob@example.org'])('does not create %s twice', (userid) =>
    expectFailure(way, create({ ...NEW, userid }), 102, 'User already exists'),
  )

  it('refuses what the groups do not allow', async () => {
    const all: [form: Record<string, string>, as: string, code: number, message: string][] = [
      [{ 'subadmin[]': 'admin' }, ADMIN, 103, 'Cannot create sub-admins for admin group'],
      [{ 'groups[]': 'none' }, ADMIN, 104, 'Group none does not exist'],
      [{ 'groups[]': 'other' }, 'alice:alice', 105, 'Insufficient privileges for group other'],
      [{}, 'alice:alice', 106, 'No group specified (required for sub-admins)'],
      [{ 'subadmin[]': 'none' }, ADMIN, 109, 'Sub-admin group does not exist'],
      [{ 'groups[]': 'staff', 'subadmin[]': 'other' }, 'alice:alice', 403, 'No permissions to promote sub-admins'],
      [{}, 'bob:bob', 403, 'Logged in account must be at least a sub admin'],
    ]
    for (const [form, as, code, message] of all)
      await expectFailure(way, create({ ...NEW, ...form }, as), code, message)
  })

  it('wants an address where there is no password, or where the instance wants one', async () => {
    const noLink = 'An email address is required, to send a password link to the user.'
    await expectFailure(way, create({ userid: 'eve' }), 108, noLink)
    config.setApp(way.ocs.world, 'core', 'newUser.requireEmail', 'yes')
    await expectFailure(way, create({ ...NEW, email: ' ' }), 110, 'Required email address was not provided')
  })

  it('keeps an account whose quota or language is wrong, and drops one with a wrong name', async () => {
    await expectFailure(way, create({ ...NEW, quota: 'lots' }), 101, 'Invalid quota value: lots')
    await expectFailure(
      way,
      create({ ...NEW, userid: 'e2', quota: '-5' }),
      101,
      'Failed to set quota to invalid value ?',
    )
    await expectFailure(way, create({ ...NEW, userid: 'e3', language: 'xx' }), 101, 'Invalid language')
    await expectFailure(way, create({ ...NEW, userid: 'e4', displayName: 'x'.repeat(65) }), 101, 'Invalid displayname')
    expect(['eve', 'e2', 'e3', 'e4'].filter((id) => users.find(way.ocs.world, id))).toEqual(['eve', 'e2', 'e3'])
  })

  it('shows profiles or not as the setting was when their account was made', async () => {
    const expectShown = async (id: string, profile_enabled: string) =>
      expect((await way.ask('GET', `/cloud/users/${id}`, { as: ADMIN })).data).toMatchObject({ profile_enabled })
    const setDefault = (value: string) => config.setApp(way.ocs.world, 'settings', 'profile_enabled_by_default', value)
    await expectOk(way, ...create({ ...NEW, userid: 'early' }))
    setDefault('0')
    await expectOk(way, ...create({ ...NEW, userid: 'late' }))
    await expectShown('early', '1')
    setDefault('yes')
    await expectShown('late', '0')
  })

  it('breaks off without an id', async () => {
    expect((await way.ask('POST', '/cloud/users', { as: ADMIN, form: { password: GOOD } })).status).toBe(400)
  })
})
