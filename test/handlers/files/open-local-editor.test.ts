import { directly, expect, it } from '../../support/ways.ts'

const alice = 'alice:secret'
const SEED = {
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', password: 'secret' },
  ],
}
const BASE = '/apps/files/api/v1/openlocaleditor'
const json = { path: '/welcome.txt' }

directly('opening a file in a local program', SEED, (way) => {
  const create = async () => {
    const made = await way.ask('POST', BASE, { as: alice, json })
    expect(made.code).toBe(200)
    return /"token":"(\w+)"|<token>(\w+)</.exec(made.text)!.slice(1).join('')
  }
  const redeem = (token: string, more = {}, as = alice) =>
    way.ask('POST', `${BASE}/${token}`, { as, json: { ...json, ...more } })

  way.inEveryWay('takes a token that is good for once', async () => {
    const token = await create()
    expect(token).toHaveLength(128)
    const used = await redeem(token)
    expect(used.code).toBe(200)
    expect(used.text).toContain(token)
    const again = await redeem(token)
    expect(again.code).toBe(404)
    again.expectData([])
  })

  it('takes the same file and the same account', async () => {
    const token = await create()
    expect((await redeem(token, { path: '/other.txt' })).code).toBe(404)
    expect((await redeem(token, {}, 'bob:secret')).code).toBe(404)
    expect((await redeem(token)).code).toBe(200)
  })

  it('has to be soon', async () => {
    const token = await create()
    way.ocs.world.clock.advance('11m')
    expect((await redeem(token)).code).toBe(404)
  })
})
