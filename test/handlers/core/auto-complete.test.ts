import { directly, expect, it } from '../../support/ways.ts'

const ADMIN = { as: 'admin:admin' }
const SEED = {
  users: [
    { id: 'alice', displayName: 'Alice A' },
    { id: 'alan', displayName: 'Alan B' },
  ],
  groups: ['alumni'],
}
const none = { icon: '', status: '', subline: '' }

directly('autocomplete', SEED, (way) => {
  const ask = (query: string) => way.ask('GET', `/core/autocomplete/get?${query}`, ADMIN)
  const alan = { ...none, id: 'alan', label: 'Alan B', icon: 'icon-user', source: 'users' }
  const suggested = (one: typeof alan, unique: string) => ({
    id: one.id,
    label: one.label,
    icon: one.icon,
    source: one.source,
    status: '',
    subline: '',
    shareWithDisplayNameUnique: unique,
  })

  way.inEveryWay('suggests accounts, as many as wanted', async () => {
    const alice = { ...alan, id: 'alice', label: 'Alice A' }
    ;(await ask('search=al')).expectData([suggested(alan, 'alan'), suggested(alice, 'alice')])
    ;(await ask('search=al&limit=1')).expectData([suggested(alan, 'alan')])
    ;(await ask('search=zzz')).expectData([])
  })

  it('lists kinds in the order in which they are asked for', async () => {
    const answer = await ask('search=al&shareTypes[]=1&shareTypes[]=0&shareTypes[]=nonsense')
    expect(answer.text.indexOf('alumni')).toBeLessThan(answer.text.indexOf('alan'))
  })

  it('wants a text to search for, and a login', async () => {
    expect((await ask('')).status).toBe(400)
    expect((await way.ask('GET', '/core/autocomplete/get?search=al')).code).toBe(997)
  })
})
