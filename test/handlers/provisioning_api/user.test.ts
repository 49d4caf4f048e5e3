import * as config from '#world/settings/config.ts'
import { ADMIN, expectFailure, TEAM } from '../../support/team.ts'
import { directly, expect, it } from '../../support/ways.ts'

const FIELDS = [
  ...['address', 'biography', 'birthdate', 'displayname', 'email', 'fediverse', 'headline', 'organisation', 'phone'],
  ...['profile_enabled', 'pronouns', 'role', 'twitter', 'bluesky', 'website', 'additional_mail'],
]

directly('GET /cloud/user', TEAM, (way) => {
  way.inEveryWay('tells everyone their own details, with who may see what', async () => {
    const answer = await way.ask('GET', '/cloud/user', { as: 'bob:bob' })
    const told = answer.isJson
      ? ['"id":"bob"', '"emailScope":"v2-federated"', '"phoneScope":"v2-local"', '"additional_mailScope":[]']
      : ['<id>bob</id>', '<emailScope>v2-federated</emailScope>', '<phoneScope>v2-local</phoneScope>']
    for (const text of told) expect(answer.text).toContain(text)
    expect(answer.text).not.toContain('storageLocation')
  })

  it('takes the address for a login name, and the id in another case', async () => {
    for (const login of ['bob@example.org', 'Bob@Example.org', 'BOB']) {
      const answer = await way.ask('GET', '/cloud/user', { as: `${login}:bob` })
      expect(answer.text).toMatch(/"id":"bob"|<id>bob<\/id>/)
    }
  })

  it('remembers the first and the last login, the last once a minute', async () => {
    const times = async () =>
      [...(await way.ask('GET', '/cloud/user', { as: 'bob:bob' })).text.matchAll(/LoginTimestamp[">:]+(\d+)/g)].map(
        (found) => Number(found[1]),
      )
    way.ocs.world.clock.freeze('2026-03-01T12:00:00Z')
    const noon = Date.parse('2026-03-01T12:00:00Z') / 1000
    expect(await times()).toEqual([noon, noon])
    way.ocs.world.clock.advance('60s')
    expect(await times()).toEqual([noon, noon])
    way.ocs.world.clock.advance('1s')
    expect(await times()).toEqual([noon, noon + 61])
    way.ocs.world.clock.unfreeze()
  })

  it('lets nobody in who is disabled', async () => {
    await way.ask('PUT', '/cloud/users/bob/disable', { as: ADMIN })
    const answer = await way.ask('GET', '/cloud/user', { as: 'bob:bob' })
    expect([answer.status, answer.code, answer.message]).toEqual([401, 997, 'Unauthorised'])
  })

  it('speaks the language that the request asks for, until one was chosen', async () => {
    const language = async (headers: Record<string, string>) =>
      /language(?:":"|>)(\w+)/.exec((await way.ask('GET', '/cloud/user', { as: 'bob:bob', headers })).text)?.[1]
    expect(await language({ 'Accept-Language': 'fr-CH, de;q=0.9' })).toBe('fr')
    await way.ask('PUT', '/cloud/users/bob', { as: 'bob:bob', form: { key: 'language', value: 'de' } })
    expect(await language({ 'Accept-Language': 'fr' })).toBe('de')
  })
})

directly('GET /cloud/user/fields', TEAM, (way) => {
  way.inEveryWay('names the fields that may be edited', async () => {
    ;(await way.ask('GET', '/cloud/user/fields', { as: 'bob:bob' })).expectData(FIELDS)
    ;(await way.ask('GET', '/cloud/user/fields/bob', { as: 'alice:alice' })).expectData(FIELDS)
  })

  it('leaves out what the instance has locked', async () => {
    config.setSystem(way.ocs.world, 'allow_user_to_change_display_name', false)
    const locked = FIELDS.filter((field) => field !== 'displayname' && field !== 'email')
    ;(await way.ask('GET', '/cloud/user/fields', { as: 'bob:bob' })).expectData(locked)
  })

  it.each([
    ['ghost', ADMIN],
    ['bob', 'carol:carol'],
  ])('does not know %s for %s', (id, as) => expectFailure(way, ['GET', `/cloud/user/fields/${id}`, { as }], 998, ''))
})

directly('GET /cloud/user/apps', TEAM, (way) => {
  way.inEveryWay('names the apps that are enabled for the caller', async () => {
    config.setApp(way.ocs.world, 'comments', 'enabled', '["staff"]')
    const admin = await way.ask('GET', '/cloud/user/apps', { as: ADMIN })
    expect(admin.text).toContain('activity')
    expect(admin.text).not.toContain('comments')
    await way.ask('POST', '/cloud/users/alice/groups', { as: ADMIN, form: { groupid: 'staff' } })
    expect((await way.ask('GET', '/cloud/user/apps', { as: 'alice:alice' })).text).toContain('comments')
  })
})
