import { ADMIN, TEAM } from '../../support/team.ts'
import { directly, expect, it } from '../../support/ways.ts'

const BASE = '/settings/api/declarative'
const BOOK = { app: 'dav', formId: 'dav-admin-system-address-book', fieldId: 'system_addressbook_enabled' }

directly('forms of settings', TEAM, (way) => {
  const forms = async (as: string) => (await way.ask('GET', `${BASE}/forms`, { as })).text
  const save = (more: object, as = ADMIN, path = 'value') =>
    way.ask('POST', `${BASE}/${path}`, { as, json: { ...BOOK, value: true, ...more } })

  it('are shown to those whom they concern', async () => {
    for (const form of [BOOK.formId, 'mail-provider-support']) {
      expect(await forms(ADMIN)).toContain(form)
      expect(await forms('bob:bob')).not.toContain(form)
    }
  })

  way.inEveryWay('keep what is written', async () => {
    const off = await save({ value: false })
    expect(off.code).toBe(200)
    off.expectData(null)
    const before = await forms(ADMIN)
    expect((await save({ value: true }, ADMIN, 'value-sensitive')).code).toBe(200)
    expect(await forms(ADMIN)).not.toBe(before)
  })

  it('have the fields that they have', async () => {
    for (const path of ['value', 'value-sensitive']) {
      const answer = await save({ fieldId: 'none' }, ADMIN, path)
      expect([answer.code, answer.message]).toEqual([400, ''])
    }
  })

  it('can be refused to those who administer only a group', async () => {
    for (const path of ['value', 'value-sensitive']) {
      const answer = await save({}, 'alice:alice', path)
      expect([answer.code, answer.message]).toEqual([
        403,
        'Logged in user does not have permission to access these settings.',
      ])
    }
    expect((await save({}, 'bob:bob')).code).toBe(403)
  })
})
