import { directly, expect, it } from '../../support/ways.ts'

directly('external storages', { apps: { enabled: ['files_external'] } }, (way) => {
  way.inEveryWay('are none', async () => {
    const answer = await way.ask('GET', '/apps/files_external/api/v1/mounts', { as: 'admin:admin' })
    expect(answer.code).toBe(200)
    answer.expectData([])
    expect((await way.ask('GET', '/apps/files_external/api/v1/mounts')).code).toBe(997)
  })
})

directly('external storages of a fresh installation', {}, (way) => {
  it('have no routes, for their app is off', async () => {
    expect((await way.ask('GET', '/apps/files_external/api/v1/mounts', { as: 'admin:admin' })).code).toBe(998)
  })
})
