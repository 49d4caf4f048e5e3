import * as accounts from '#world/accounts/accounts.ts'
import * as users from '#world/accounts/users.ts'
import * as config from '#world/settings/config.ts'
import { ADMIN, expectFailure, expectOk, GOOD, TEAM } from '../../support/team.ts'
import { type Ask, directly, expect, it, type Way } from '../../support/ways.ts'

const edit = (key: string, value: string, as = ADMIN, id = 'bob'): [string, string, Ask] => [
  'PUT',
  `/cloud/users/${id}`,
  { as, form: { key, value } },
]
const bob = (way: Way) => users.find(way.ocs.world, 'bob')!
const field = (way: Way, name: string) => accounts.property(way.ocs.world, bob(way), name)
const OWN = 'bob:bob'

directly('PUT /cloud/users/{userId}', TEAM, (way) => {
  way.inEveryWay('changes what an account is', async () => {
    const edits: [key: string, value: string][] = [
      ['display', 'Bobby'],
      ['email', ' New@Example.org '],
      ['quota', '1048576'],
      ['language', 'de'],
      ['locale', 'de_DE'],
      ['timezone', 'Europe/Berlin'],
      ['first_day_of_week', '1'],
      ['manager', 'alice'],
      ['password', GOOD],
    ]
    for (const [key, value] of edits) await expectOk(way, ...edit(key, value))
    expect(bob(way)).toMatchObject({
      displayName: 'Bobby',
      email: 'new@example.org',
      quota: '1 MB',
      language: 'de',
      locale: 'de_DE',
      timezone: 'Europe/Berlin',
      firstDayOfWeek: '1',
      managers: ['alice'],
      password: GOOD,
    })
    await expectOk(way, ...edit('first_day_of_week', '-1'))
    await expectOk(way, ...edit('displayname', ''))
    expect(bob(way)).toMatchObject({ firstDayOfWeek: '', displayName: 'Bobby' })
  })

  it('brings what people tell about themselves into its form', async () => {
    const told: [key: string, value: string, kept: string][] = [
      ['phone', '+49 711 25 24-28', '+49711252428'],
      ['website', 'https://example.org', 'https://example.org'],
      ['twitter', '@bob', 'bob'],
      ['bluesky', 'bob.bsky.social', 'bob.bsky.social'],
      ['fediverse', '@bob@example.org', 'bob@example.org'],
      ['biography', 'Can we fix it?', 'Can we fix it?'],
      ['profile_enabled', '0', '0'],
    ]
    for (const [key, value, kept] of told) {
      await expectOk(way, ...edit(key, value))
      expect(field(way, key).value).toBe(kept)
    }
  })

  it('lets owners say who may see what', async () => {
    await expectOk(way, ...edit('phoneScope', 'v2-private', OWN))
    await expectOk(way, ...edit('websiteScope', 'contacts', OWN))
    expect([field(way, 'phone').scope, field(way, 'website').scope]).toEqual(['v2-private', 'v2-federated'])
  })

  it('sends notifications to an additional address once it is verified', async () => {
    await expectOk(way, ...edit('additional_mail', 'Two@Example.org'))
    await expectFailure(way, edit('notify_email', 'two@example.org'), 101, '')
    accounts.removeMail(way.ocs.world, bob(way), 'two@example.org')
    accounts.addMail(way.ocs.world, bob(way), 'two@example.org', true)
    await expectOk(way, ...edit('notify_email', 'Two@example.org'))
    expect(bob(way).primaryEmail).toBe('two@example.org')
    await expectOk(way, ...edit('email', 'two@example.org'))
    expect(bob(way).primaryEmail).toBeNull()
  })

  it.each([
    ['displayname', 'x'.repeat(65), 'Invalid displayname'],
    ['password', 'x'.repeat(470), 'Invalid password value'],
    ['language', 'xx', 'Invalid language'],
    ['locale', 'xx_YY', 'Invalid locale'],
    ['timezone', 'Mars/Crater', 'Invalid timezone'],
    ['first_day_of_week', '7', 'Invalid first day of week'],
    ['phone', '0711 252428', 'Invalid phone'],
    ['website', 'example.org', 'Invalid website'],
    ['twitter', 'not a handle', 'Invalid twitter'],
    ['bluesky', 'x.y.bsky.social', 'Invalid bluesky'],
    ['fediverse', 'bob', 'Invalid fediverse'],
    ['address', 'x'.repeat(2049), 'Invalid address'],
    ['quota', 'lots', 'Invalid quota value: lots'],
    ['email', 'bob', ''],
    ['additional_mail', 'bob', ''],
    ['additional_mail', 'bob@example.org', ''],
    ['notify_email', 'bob', ''],
  ])('refuses the %s "%s"', (key, value, message) => expectFailure(way, edit(key, value), 101, message))

  it('refuses scopes', async () => {
    await expectFailure(way, edit('phoneScope', 'secret', OWN), 101, 'Invalid Invalid scope')
    await expectFailure(way, edit('emailScope', 'v2-private', OWN), 101, 'Invalid scope')
    await expectFailure(way, edit('phoneScope', 'v2-local'), 113, '')
  })

  it('keeps quotas below what the instance allows', async () => {
    config.setApp(way.ocs.world, 'files', 'max_quota', '1048576')
    const tooMuch = 'Invalid quota value. 1 GB is exceeding the maximum quota'
    await expectFailure(way, edit('quota', '1 GB'), 101, tooMuch)
    config.setApp(way.ocs.world, 'files', 'allow_unlimited_quota', '0')
    await expectFailure(way, edit('quota', 'none'), 101, 'Unlimited quota is forbidden on this instance')
  })

  it.each([
    ['quota', '-5'],
    ['profile_enabled', 'x'.repeat(2049)],
  ])('breaks at the %s "%s"', async (key, value) => {
    expect((await way.ask(...edit(key, value))).code).toBe(996)
  })

  it('asks the password policy', async () => {
    await expectFailure(way, edit('password', ''), 107, 'Password needs to be at least 10 characters long.')
    config.setApp(way.ocs.world, 'password_policy', 'historySize', '1')
    await expectOk(way, ...edit('password', GOOD))
    await expectFailure(way, edit('password', GOOD), 107, 'Password must not have been used recently before.')
  })

  it.each([
    ['nonsense', ADMIN],
    ['birthdate', ADMIN],
    ['quota', OWN],
    ['manager', OWN],
    ['avatar', OWN],
    ['nonsenseScope', OWN],
  ])('does not let the field %s be edited by %s', (key, as) => expectFailure(way, edit(key, 'x', as), 113, ''))

  it('lets owners edit what the instance has not locked', async () => {
    for (const key of ['force_language', 'force_locale']) config.setSystem(way.ocs.world, key, 'de')
    config.setSystem(way.ocs.world, 'allow_user_to_change_display_name', false)
    for (const key of ['language', 'locale', 'first_day_of_week', 'display', 'displayname', 'email']) {
      await expectFailure(way, edit(key, 'x', OWN), 113, '')
    }
    await expectOk(way, ...edit('birthdate', '2000-01-01', OWN))
  })

  it('lets sub-administrators edit whom they administer, and nobody else anyone', async () => {
    await expectOk(way, ...edit('quota', '3 GB', 'alice:alice'))
    await expectFailure(way, edit('email', 'x@example.org', 'alice:alice', 'carol'), 998, '')
    await expectFailure(way, edit('email', 'x@example.org', ADMIN, 'ghost'), 998, '')
  })
})
