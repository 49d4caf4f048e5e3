import { directly, expect, it } from '../../support/ways.ts'

const ADMIN = { as: 'admin:admin' }
const PATH = '/apps/provisioning_api/api/v1/config/apps'

directly('app settings', { users: [{ id: 'alice' }] }, (way) => {
  const write = (key: string, value: string) => way.ask('POST', `${PATH}/${key}`, { ...ADMIN, form: { value } })

  way.inEveryWay('writes, lists, reads and deletes a setting', async () => {
    expect((await write('testing/k', 'v1')).code).toBe(200)
    ;(await way.ask('GET', `${PATH}/testing`, ADMIN)).expectData({ data: ['k'] })
    ;(await way.ask('GET', `${PATH}/testing/k`, ADMIN)).expectData({ data: 'v1' })
    expect((await way.ask('GET', PATH, ADMIN)).text).toContain('testing')
    expect((await way.ask('DELETE', `${PATH}/testing/k`, ADMIN)).code).toBe(200)
    ;(await way.ask('GET', `${PATH}/testing/k?defaultValue=d`, ADMIN)).expectData({ data: 'd' })
  })

  it('stores a setting in the type that its app declares', async () => {
    await write('core/shareapi_enforce_links_password', 'yes')
    ;(await way.ask('GET', `${PATH}/core/shareapi_enforce_links_password`, ADMIN)).expectData({ data: '1' })
    expect((await write('core/shareapi_enforce_links_password', 'maybe')).code).toBe(996)
    expect((await write('core/lastcron', '1.5')).code).toBe(996)
    await write('core/unified-search.min-search-length', '3')
    ;(await way.ask('GET', `${PATH}/core/unified_search_min_search_length`, ADMIN)).expectData({ data: '3' })
  })

  it('drops settings that an app does not declare where it declares all of them', async () => {
    expect((await write('text/nosuch', '1')).code).toBe(200)
    ;(await way.ask('GET', `${PATH}/text/nosuch`, ADMIN)).expectData({ data: '' })
  })

  it('lists keys that are numbers as numbers, in their order', async () => {
    for (const key of ['10', '9', 'b', 'A']) await write(`testing/${key}`, 'x')
    ;(await way.ask('GET', `${PATH}/testing`, ADMIN)).expectData({ data: [9, 10, 'A', 'b'] })
  })

  it('does not let the state of an app or its routes be changed', async () => {
    const refused = { data: { message: 'The given key can not be set' } }
    for (const key of ['testing/enabled', 'core/public_files', 'core/remote_x', 'core/encryption_enabled']) {
      const answer = await write(key, 'no')
      expect(answer.code).toBe(403)
      answer.expectData(refused)
    }
    const answer = await way.ask('DELETE', `${PATH}/testing/installed_version`, ADMIN)
    expect(answer.code).toBe(403)
    answer.expectData(refused)
  })

  it('does not lift the quota where it must be limited', async () => {
    await write('files/allow_unlimited_quota', '0')
    const answer = await write('files/default_quota', 'none')
    expect(answer.code).toBe(403)
    expect(answer.text).toContain('unlimited quota is forbidden')
    expect((await write('files/default_quota', '1 GB')).code).toBe(200)
  })

  it('refuses ids that no app can have', async () => {
    for (const [method, path] of [
      ['GET', '/Testing'],
      ['GET', '/Testing/k'],
      ['DELETE', '/Testing/k'],
    ] as const) {
      const answer = await way.ask(method, PATH + path, ADMIN)
      expect(answer.code).toBe(403)
      answer.expectData({ data: { message: 'Invalid app id given' } })
    }
    expect((await write('Testing/k', 'v')).code).toBe(403)
  })

  it('fails over names that do not fit', async () => {
    const long = 'a'.repeat(65)
    expect((await way.ask('GET', `${PATH}/${long}`, ADMIN)).code).toBe(996)
    expect((await way.ask('GET', `${PATH}/files/${long}`, ADMIN)).code).toBe(996)
    expect((await write(`files/${long}`, 'v')).code).toBe(996)
    expect((await way.ask('DELETE', `${PATH}/files/${long}`, ADMIN)).code).toBe(996)
  })

  it('is for administrators', async () => {
    const alice = { as: 'alice:alice', form: { value: 'v' } }
    const answer = await way.ask('POST', `${PATH}/testing/k`, alice)
    expect([answer.code, answer.message]).toEqual([
      403,
      'Logged in account must be an administrator or have authorization to edit this setting.',
    ])
    expect((await way.ask('GET', PATH, { as: 'alice:alice' })).message).toBe('Logged in account must be an admin')
  })
})
