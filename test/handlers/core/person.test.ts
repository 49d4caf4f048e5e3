import { directly, expect, it } from '../../support/ways.ts'

const SEED = { users: [{ id: 'alice', password: 'secret', email: 'alice@example.org' }] }

directly('person/check and identity proof', SEED, (way) => {
  const check = (form: Record<string, string>) => way.ask('POST', '/person/check', { form })

  way.inEveryWay('says whether a login and a password belong together', async () => {
    const answer = await check({ login: 'ALICE', password: 'secret' })
    expect(answer.code).toBe(200)
    answer.expectData({ person: { personid: 'ALICE' } })
  })

  it('tells wrong ones from missing ones', async () => {
    expect((await check({ login: 'alice', password: 'wrong' })).code).toBe(102)
    expect((await check({ login: 'alice' })).code).toBe(101)
    expect((await check({})).code).toBe(101)
  })

  way.inEveryWay('shows anyone the public key of an account', async () => {
    const answer = await way.ask('GET', '/identityproof/key/alice')
    expect(answer.code).toBe(200)
    expect(answer.text).toContain('BEGIN PUBLIC KEY')
    const unknown = await way.ask('GET', '/identityproof/key/nobody')
    expect(unknown.code).toBe(404)
    unknown.expectData(['Account not found'])
  })
})
