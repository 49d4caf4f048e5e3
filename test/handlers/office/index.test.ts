import { everyWay, expect, it } from '../../support/ways.ts'

everyWay('the office app', { apps: { enabled: ['office'] } }, (way) => {
  it('greets whoever is logged in', async () => {
    const answer = await way.ask('GET', '/apps/office/api', { as: 'admin:admin' })
    expect(answer.code).toBe(200)
    answer.expectData({ message: 'Hello world!' })
    expect((await way.ask('GET', '/apps/office/api')).code).toBe(997)
  })
})
