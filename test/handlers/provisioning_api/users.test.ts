import * as users from '#world/accounts/users.ts'
import { ADMIN, expectFailure, TEAM } from '../../support/team.ts'
import { directly, expect, it } from '../../support/ways.ts'

directly('GET /cloud/users', TEAM, (way) => {
  const list = (query = '', as = ADMIN) => way.ask('GET', `/cloud/users${query}`, { as })

  it('lists all accounts for an administrator, a page by name and then by id', async () => {
    ;(await list()).expectData({ users: ['admin', 'alice', 'bob', 'carol'] })
    // Bob is the only one with a name, so he comes last and falls off the page.
    ;(await list('?limit=3')).expectData({ users: ['admin', 'alice', 'carol'] })
    ;(await list('?limit=3&offset=3')).expectData({ users: ['bob'] })
  })

  it('searches ids, names and addresses in any case', async () => {
    ;(await list('?search=BUILD')).expectData({ users: ['bob'] })
    ;(await list('?search=example.org')).expectData({ users: ['alice', 'bob'] })
    ;(await list('?search=%25')).expectData({ users: [] })
  })

  it('lists the members of their groups for a sub-administrator', async () => {
    ;(await list('', 'alice:alice')).expectData({ users: ['bob'] })
    ;(await list('?search=build&limit=5', 'alice:alice')).expectData({ users: ['bob'] })
    ;(await list('?search=nobody&limit=5', 'alice:alice')).expectData({ users: [] })
  })

  it('finds nothing for a sub-administrator who searches without a limit', async () => {
    ;(await list('?search=bob', 'alice:alice')).expectData({ users: [] })
  })

  way.inEveryWay('answers numeric ids as numbers', async () => {
    users.add(way.ocs.world, { id: '123', password: 'x' })
    const answer = await list()
    if (answer.isJson) expect(answer.data).toEqual({ users: [123, 'admin', 'alice', 'bob', 'carol'] })
    else expect(answer.text).toContain('<element>123</element>')
  })

  it('is for administrators and sub-administrators', () =>
    expectFailure(
      way,
      ['GET', '/cloud/users', { as: 'bob:bob' }],
      403,
      'Logged in account must be at least a sub admin',
    ))

  it.each(['limit=0', 'limit=501', 'offset=-1'])('breaks at %s', async (query) => {
    const answer = await list(`?${query}`)
    expect({ code: answer.code, message: answer.message }).toEqual({ code: 996, message: 'Internal Server Error\n' })
  })
})

directly('GET /cloud/users/details', TEAM, (way) => {
  const ids = async (path: string, as: string) => {
    const { text } = await way.ask('GET', path, { as })
    return [...text.matchAll(/"id":"(\w+)"|<id>(\w+)<\/id>/g)].map((found) => found[1] ?? found[2])
  }

  it('has the details of whom the caller administers', async () => {
    expect(await ids('/cloud/users/details', ADMIN)).toEqual(['admin', 'alice', 'bob', 'carol'])
    expect(await ids('/cloud/users/details', 'alice:alice')).toEqual(['bob'])
  })

  way.inEveryWay('has ids only of administrators in a group', async () => {
    await way.ask('POST', '/cloud/users/admin/groups', { as: ADMIN, form: { groupid: 'staff' } })
    const answer = await way.ask('GET', '/cloud/users/details', { as: 'alice:alice' })
    if (answer.isJson) expect((answer.data as { users: unknown }).users).toMatchObject({ admin: { id: 'admin' } })
    expect(answer.text).not.toContain('storageLocation')
  })
})

directly('GET /cloud/users/disabled', TEAM, (way) => {
  const ids = async (query: string, as: string) => {
    const { text } = await way.ask('GET', `/cloud/users/disabled${query}`, { as })
    return [...text.matchAll(/"id":"(\w+)"|<id>(\w+)<\/id>/g)].map((found) => found[1] ?? found[2])
  }

  way.inEveryWay('lists who may not log in, whoever was disabled first in front', async () => {
    expect(await ids('', ADMIN)).toEqual([])
    for (const id of ['carol', 'bob']) await way.ask('PUT', `/cloud/users/${id}/disable`, { as: ADMIN })
    expect(await ids('', ADMIN)).toEqual(['carol', 'bob'])
    expect(await ids('?limit=1&offset=1', ADMIN)).toEqual(['bob'])
    expect(await ids('?search=BUILDER', ADMIN)).toEqual(['bob'])
    expect(await ids('', 'alice:alice')).toEqual(['bob'])
  })
})

directly('GET /cloud/users/recent', TEAM, (way) => {
  way.inEveryWay('lists who has logged in, the latest login first', async () => {
    const answer = await way.ask('GET', '/cloud/users/recent', { as: ADMIN })
    expect(answer.text.indexOf('admin')).toBeLessThan(answer.text.indexOf('carol'))
    expect(answer.text).not.toContain('bob')
  })

  it('is for administrators', () =>
    expectFailure(
      way,
      ['GET', '/cloud/users/recent', { as: 'alice:alice' }],
      403,
      'Logged in account must be an admin, a sub admin or gotten special right to access this setting',
    ))
})

directly('GET /cloud/users/{userId}', TEAM, (way) => {
  const details = {
    enabled: true,
    storageLocation: '/var/www/html/data/bob',
    id: 'bob',
    firstLoginTimestamp: 0,
    lastLoginTimestamp: 0,
    lastLogin: 0,
    backend: 'Database',
    subadmin: [],
    quota: { free: 5368709120, used: 0, total: 5368709120, relative: 0, quota: 5368709120 },
    manager: '',
    email: 'bob@example.org',
    additional_mail: [],
    displayname: 'Bob Builder',
    'display-name': 'Bob Builder',
    ...Object.fromEntries(
      ['phone', 'address', 'website', 'twitter', 'bluesky', 'fediverse'].map((field) => [field, '']),
    ),
    ...Object.fromEntries(['organisation', 'role', 'headline', 'biography'].map((field) => [field, ''])),
    profile_enabled: '1',
    pronouns: '',
    groups: ['staff'],
    language: 'en',
    locale: '',
    timezone: '',
    notify_email: null,
    backendCapabilities: { setDisplayName: true, setPassword: true },
  }

  way.inEveryWay('tells an administrator everything', async () => {
    ;(await way.ask('GET', '/cloud/users/bob', { as: ADMIN })).expectData(details)
  })

  it('finds an account by its id in another case and by its address', async () => {
    ;(await way.ask('GET', '/cloud/users/BOB', { as: ADMIN })).expectData(details)
    ;(await way.ask('GET', '/cloud/users/Bob@Example.org', { as: ADMIN })).expectData(details)
  })

  it('keeps where files lie from sub-administrators', async () => {
    const { storageLocation: _, ...seen } = details
    ;(await way.ask('GET', '/cloud/users/bob', { as: 'alice:alice' })).expectData(seen)
  })

  it('knows managers that do not exist for administrators only', async () => {
    await way.ask('PUT', '/cloud/users/bob', { as: ADMIN, form: { key: 'manager', value: 'ghost' } })
    ;(await way.ask('GET', '/cloud/users/bob', { as: ADMIN })).expectData({ ...details, manager: 'ghost' })
    const { storageLocation: _, ...seen } = details
    ;(await way.ask('GET', '/cloud/users/bob', { as: 'alice:alice' })).expectData(seen)
  })

  it('tells strangers nothing', () => expectFailure(way, ['GET', '/cloud/users/bob', { as: 'carol:carol' }], 998, ''))

  it('does not know an account that does not exist', () =>
    expectFailure(way, ['GET', '/cloud/users/ghost', { as: ADMIN }], 404, 'User does not exist'))
})
