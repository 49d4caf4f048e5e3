import * as files from '#world/files/files.ts'
import { directly, expect, it } from '../../support/ways.ts'

const SEED = {
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', password: 'secret' },
  ],
  files: { alice: { '/a.txt': 'a' } },
  clock: { now: '2026-03-02T10:00:00Z', frozen: true },
}
const DUE = '2026-03-03T10:00:00+00:00'

directly('reminders of files', SEED, (way) => {
  const path = () => `/apps/files_reminders/api/v1/${files.resolve(way.ocs.world, 'alice', '/a.txt')!.node.id}`
  const set = (dueDate: string, as = 'alice:secret') => way.ask('PUT', path(), { as, json: { dueDate } })
  const get = (as = 'alice:secret') => way.ask('GET', path(), { as })

  way.inEveryWay('are set, moved and taken back', async () => {
    ;(await get()).expectData({ dueDate: null })
    const made = await set(DUE)
    expect(made.code).toBe(201)
    made.expectData([])
    ;(await get()).expectData({ dueDate: DUE })
    expect((await set('2026-03-04T10:00:00+00:00')).code).toBe(200)
    const removed = await way.ask('DELETE', path(), { as: 'alice:secret' })
    expect(removed.code).toBe(200)
    removed.expectData([])
    expect((await way.ask('DELETE', path(), { as: 'alice:secret' })).code).toBe(404)
  })

  it('lie ahead, and can be read as a date', async () => {
    for (const dueDate of ['2026-03-02T09:59:59+00:00', 'whenever it suits']) {
      const refused = await set(dueDate)
      expect(refused.code).toBe(400)
      refused.expectData([])
    }
  })

  it('lie a second ahead at least, and are told a second after they are due', async () => {
    expect((await set('2026-03-02T10:00:00+00:00')).code).toBe(400)
    expect((await set('2026-03-02T10:00:01+00:00')).code).toBe(201)
    const told = async () =>
      (await way.ask('GET', '/apps/notifications/api/v2/notifications', { as: 'alice:secret' })).data
    way.ocs.world.clock.advance('1s')
    ;(await get()).expectData({ dueDate: '2026-03-02T10:00:01+00:00' })
    expect(await told()).toEqual([])
    way.ocs.world.clock.advance('1s')
    expect(await told()).toMatchObject([{ app: 'files_reminders', subject: 'Reminder for a.txt' }])
    ;(await get()).expectData({ dueDate: null })
  })

  it('are of files that the account has', async () => {
    const foreign = await set(DUE, 'bob:secret')
    expect(foreign.code).toBe(404)
    foreign.expectData([])
    ;(await get('bob:secret')).expectData({ dueDate: null })
  })
})
