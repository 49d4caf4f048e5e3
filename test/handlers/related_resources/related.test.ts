import { directly, expect, it } from '../../support/ways.ts'

directly('related resources', {}, (way) => {
  const PATH = '/apps/related_resources/related/files?itemId=1'

  way.inEveryWay('are none where nothing is shared', async () => {
    const answer = await way.ask('GET', PATH, { as: 'admin:admin' })
    expect(answer.code).toBe(200)
    answer.expectData([])
  })

  it('need a login', async () => {
    expect((await way.ask('GET', PATH)).code).toBe(997)
  })
})
