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

  it('are of files that the account has', async () => {
    const foreign = await set(DUE, 'bob:secret')
    expect(foreign.code).toBe(404)
    foreign.expectData([])
    ;(await get('bob:secret')).expectData({ dueDate: null })
  })
})
