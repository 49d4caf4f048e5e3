import * as groups from '#world/accounts/groups.ts'
import { ADMIN, expectFailure, expectOk, GOOD } from '../../support/team.ts'
import { directly, expect, it } from '../../support/ways.ts'

directly('limits of accounts and groups', {}, (way) => {
  const addUser = (form: Record<string, string>) =>
    ['POST', '/cloud/users', { as: ADMIN, form: { password: GOOD, ...form } }] as const
  const addGroup = (groupid: string) => ['POST', '/cloud/groups', { as: ADMIN, form: { groupid } }] as const
  const edit = (key: string, value: string) =>
    ['PUT', '/cloud/users/admin', { as: ADMIN, form: { key, value } }] as const

  it('let the id of an account have 64 bytes', async () => {
    await expectOk(way, ...addUser({ userid: 'a'.repeat(64) }))
    await expectOk(way, 'GET', `/cloud/users/${'a'.repeat(64)}`, { as: ADMIN })
    await expectFailure(way, addUser({ userid: 'a'.repeat(65) }), 101, 'Username is too long')
    await expectFailure(way, ['GET', `/cloud/users/${'a'.repeat(65)}`, { as: ADMIN }], 404, 'User does not exist')
  })

  it('let the name of an account have 64 characters, however many bytes they are', async () => {
    await expectOk(way, ...edit('display', 'é'.repeat(64)))
    await expectFailure(way, edit('display', 'é'.repeat(65)), 101, 'Invalid displayname')
  })

  it('let a password have 469 bytes', async () => {
    await expectOk(way, ...addUser({ userid: 'x', password: `${GOOD}${'x'.repeat(469 - GOOD.length)}` }))
    const longer = addUser({ userid: 'y', password: `${GOOD}${'x'.repeat(470 - GOOD.length)}` })
    await expectFailure(way, longer, 101, 'Invalid password value')
  })

  it('make the id of a group a hash from 65 characters on, and let its name have 255', async () => {
    await expectOk(way, ...addGroup('é'.repeat(64)))
    expect(groups.find(way.ocs.world, 'é'.repeat(64))?.displayName).toBe('é'.repeat(64))
    await expectOk(way, ...addGroup('é'.repeat(65)))
    expect(groups.find(way.ocs.world, 'é'.repeat(65))).toBeUndefined()
    await expectFailure(way, addGroup('é'.repeat(65)), 103, 'Not supported by backend')
    await expectOk(way, ...addGroup('é'.repeat(255)))
    expect((await way.ask(...addGroup('é'.repeat(256)))).code).toBe(996)
  })

  it('let a quota be as large as the administrator says', async () => {
    await way.ocs.occ(['config:app:set', 'files', 'max_quota', '--value=2048'])
    await expectOk(way, ...edit('quota', '2 KB'))
    await expectFailure(way, edit('quota', '2049'), 101, 'Invalid quota value. 2049 is exceeding the maximum quota')
  })
})
