import * as accounts from '#world/accounts/accounts.ts'
import * as users from '#world/accounts/users.ts'
import { ADMIN, expectFailure, expectOk, TEAM } from '../../support/team.ts'
import { type Ask, directly, expect, it } from '../../support/ways.ts'

const edit = (key: string, value: string, as = ADMIN, collection = 'additional_mail'): [string, string, Ask] => [
  'PUT',
  `/cloud/users/bob/${collection}`,
  { as, form: { key, value } },
]

directly('PUT /cloud/users/{userId}/{collectionName}', TEAM, (way) => {
  const mails = () => accounts.mails(way.ocs.world, users.find(way.ocs.world, 'bob')!)

  way.inEveryWay('adds, replaces and removes an address', async () => {
    await expectOk(way, ...edit('new', 'One@Example.org '))
    expect(mails()).toEqual([{ value: 'one@example.org', scope: 'v2-local', verified: false }])
    await expectOk(way, ...edit('one@example.org', 'two@example.org'))
    expect(mails().map((mail) => mail.value)).toEqual(['two@example.org'])
    await expectOk(way, ...edit('two@example.org', ''))
    expect(mails()).toEqual([])
  })

  it('verifies an address that is written over itself', async () => {
    await expectOk(way, ...edit('one@example.org', 'one@example.org', 'bob:bob'))
    expect(mails()[0]?.verified).toBe(true)
    await expectOk(way, 'PUT', '/cloud/users/bob', {
      as: ADMIN,
      form: { key: 'notify_email', value: 'one@example.org' },
    })
    await expectOk(way, ...edit('one@example.org', ''))
    expect(users.find(way.ocs.world, 'bob')?.primaryEmail).toBeNull()
  })

  it('lets the owner say who may see an address', async () => {
    await expectOk(way, ...edit('-', 'one@example.org'))
    await expectOk(way, ...edit('one@example.org', 'v2-private', 'bob:bob', 'additional_mailScope'))
    expect(mails()[0]?.scope).toBe('v2-private')
    await expectFailure(way, edit('one@example.org', 'secret', 'bob:bob', 'additional_mailScope'), 102, '')
    await expectFailure(way, edit('none@example.org', 'v2-local', 'bob:bob', 'additional_mailScope'), 102, '')
    await expectFailure(way, edit('one@example.org', 'v2-local', ADMIN, 'additional_mailScope'), 103, '')
  })

  it('knows no other collection', () => expectFailure(way, edit('a', 'b', ADMIN, 'phones'), 103, ''))

  it('is not for strangers', async () => {
    await expectFailure(way, edit('a', 'b', 'carol:carol'), 998, '')
    await expectFailure(
      way,
      ['PUT', '/cloud/users/ghost/additional_mail', { as: ADMIN, form: { key: 'a', value: '' } }],
      998,
      '',
    )
  })

  it('breaks at a value that is too long', async () => {
    expect((await way.ask(...edit('a', 'x'.repeat(2049)))).code).toBe(996)
  })
})
