import { directly, expect, it } from '../../support/ways.ts'

const SEED = {
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', password: 'secret' },
    { id: 'carol', password: 'secret' },
  ],
  files: { alice: { '/docs/a.txt': 'a', '/shared/b.txt': 'b' } },
  shares: [{ type: 'user' as const, owner: 'alice', path: '/shared', with: 'bob' }],
}
const PATH = '/apps/files/api/v1/transferownership'

directly('handing files over', SEED, (way) => {
  const offer = (recipient: string, path: string, as = 'alice:secret') =>
    way.ask('POST', PATH, { as, json: { recipient, path } })
  const answer = (method: string, id: number, as = 'bob:secret') => way.ask(method, `${PATH}/${id}`, { as })
  const told = async (user: string) =>
    (await way.ask('GET', '/apps/notifications/api/v2/notifications', { as: `${user}:secret` })).text

  way.inEveryWay('asks the recipient, who agrees', async () => {
    const made = await offer('bob', '/docs')
    expect(made.code).toBe(200)
    made.expectData([])
    expect(await told('bob')).toContain('docs')
    expect((await answer('POST', 1)).code).toBe(200)
    expect(await told('bob')).not.toContain('transferownership')
    const unknown = await answer('POST', 2)
    expect(unknown.code).toBe(404)
    unknown.expectData([])
  })

  way.inEveryWay('tells who offered them when the recipient refuses', async () => {
    await offer('bob', '/docs')
    const refused = await answer('DELETE', 1)
    expect(refused.code).toBe(200)
    refused.expectData([])
    expect(await told('alice')).toContain('bob')
    expect((await answer('DELETE', 1)).code).toBe(404)
  })

  it('is between the two', async () => {
    await offer('bob', '/docs')
    for (const method of ['POST', 'DELETE']) {
      const foreign = await answer(method, 1, 'carol:secret')
      expect(foreign.code).toBe(403)
      foreign.expectData([])
    }
  })

  it('needs a recipient, a file, and a file of one’s own', async () => {
    expect((await offer('nobody', '/docs')).code).toBe(400)
    expect((await offer('bob', '/none')).code).toBe(400)
    const foreign = await offer('carol', '/shared', 'bob:secret')
    expect(foreign.code).toBe(403)
    foreign.expectData([])
  })
})
