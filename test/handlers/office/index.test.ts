import { directly, expect } from '../../support/ways.ts'

directly('the office app', { apps: { enabled: ['office'] } }, (way) => {
  way.inEveryWay('greets whoever is logged in', async () => {
    const answer = await way.ask('GET', '/apps/office/api', { as: 'admin:admin' })
    expect(answer.code).toBe(200)
    answer.expectData({ message: 'Hello world!' })
    expect((await way.ask('GET', '/apps/office/api')).code).toBe(997)
  })
})
