import * as accounts from '#world/accounts/accounts.ts'
import * as users from '#world/accounts/users.ts'
import * as config from '#world/settings/config.ts'
import { directly, expect, it } from '../../support/ways.ts'

const SEED = {
  users: [
    { id: 'alice', phone: '+12025550100' },
    { id: 'bob', phone: '+49711252428' },
    { id: 'carol', phone: '+49711252428' },
  ],
}

directly('POST /cloud/users/search/by-phone', SEED, (way) => {
  const search = (location: string, numbers: Record<string, string[]>) =>
    way.ask('POST', '/cloud/users/search/by-phone', { as: 'alice:alice', json: { location, search: numbers } })
  const host = (id: string, answer: { text: string }) => `${id}@${/@([\w.:]+)/.exec(answer.text)?.[1]}`

  way.inEveryWay('finds accounts by numbers with and without a country code', async () => {
    const answer = await search('US', { a: ['(202) 555-0100'], b: ['+49 711 252428', 'nonsense'] })
    answer.expectData({ a: host('alice', answer), b: host('carol', answer) })
  })

  it('also takes a number for one of the region of the instance', async () => {
    config.setSystem(way.ocs.world, 'default_phone_region', 'DE')
    const answer = await search('US', { x: ['0711 252428'] })
    answer.expectData({ x: host('carol', answer) })
  })

  it('finds nothing', async () => {
    ;(await search('DE', { x: ['0711 252429'] })).expectData([])
    ;(await search('DE', {})).expectData([])
  })

  it('knows the regions of the world', async () => {
    const answer = await search('XX', { x: ['1'] })
    expect(answer.code).toBe(400)
    answer.expectData([])
  })

  it('breaks at an account with a numeric id', async () => {
    users.add(way.ocs.world, { id: '42', password: 'x' })
    accounts.setPhone(way.ocs.world, users.find(way.ocs.world, '42')!, '+49711252429', (number) => number)
    expect((await search('DE', { x: ['0711 252429'] })).code).toBe(996)
  })
})
