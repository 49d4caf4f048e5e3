import { directly, expect, it } from '../../support/ways.ts'

const alice = 'alice:secret'
const NOW = Date.parse('2026-03-02T10:00:00Z')
const SEED = {
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', displayName: 'Bob Builder', password: 'secret' },
  ],
  clock: { now: NOW, frozen: true },
}
const OF_ALICE = '/apps/dav/api/v1/outOfOffice/alice'
const AWAY = { firstDay: '2026-03-02', lastDay: '2026-03-06', status: 'Away', message: 'Back on Saturday' }

directly('out of office', SEED, (way) => {
  const set = (more: object = {}) => way.ask('POST', OF_ALICE, { as: alice, json: { ...AWAY, ...more } })

  way.inEveryWay('is kept, shown to others, and cleared', async () => {
    ;(await way.ask('GET', OF_ALICE, { as: alice })).expectData(null)
    const absence = { id: 1, userId: 'alice', ...AWAY, replacementUserId: null, replacementUserDisplayName: null }
    const made = await set()
    expect(made.code).toBe(200)
    made.expectData(absence)
    const seen = await way.ask('GET', OF_ALICE, { as: 'bob:secret' })
    seen.expectData({ ...absence, replacementUserId: '', replacementUserDisplayName: '' })
    const cleared = await way.ask('DELETE', OF_ALICE, { as: alice })
    cleared.expectData(null)
    const gone = await way.ask('GET', OF_ALICE, { as: alice })
    expect(gone.code).toBe(404)
    gone.expectData(null)
  })

  it('belongs to the caller, whoever is named in the address', async () => {
    const made = await way.ask('POST', OF_ALICE, { as: 'bob:secret', json: AWAY })
    expect(made.text).toContain('bob')
    expect((await way.ask('GET', OF_ALICE, { as: alice })).code).toBe(404)
  })

  it('names who can be asked instead', async () => {
    const made = await set({ replacementUserId: 'bob' })
    const named = { replacementUserId: 'bob', replacementUserDisplayName: 'Bob Builder' }
    made.expectData({ id: 1, userId: 'alice', ...AWAY, ...named })
    const unknown = await set({ replacementUserId: 'nobody' })
    expect(unknown.code).toBe(404)
    unknown.expectData(null)
  })

  it('refuses a long status, and an end before the beginning', async () => {
    const long = await set({ status: 'x'.repeat(101) })
    expect(long.code).toBe(400)
    long.expectData({ error: 'statusLength' })
    const backwards = await set({ firstDay: '2026-03-07' })
    expect(backwards.code).toBe(400)
    backwards.expectData({ error: 'firstDay' })
    expect((await set({ firstDay: 'someday' })).code).toBe(996)
  })

  it('ends in an internal error without a status or a message', async () => {
    expect((await set({ status: '' })).code).toBe(996)
    // What else is wrong is told first.
    expect((await set({ status: '', replacementUserId: 'nobody' })).code).toBe(404)
    expect((await set({ status: '', firstDay: '2026-03-07' })).code).toBe(400)
    expect((await set({ message: '' })).code).toBe(996)
  })

  way.inEveryWay('is the current one from its first minute to its last', async () => {
    const now = () => way.ask('GET', `${OF_ALICE}/now`, { as: alice })
    await set()
    const current = await now()
    current.expectData({
      id: '1',
      userId: 'alice',
      startDate: Date.parse('2026-03-02T00:00:00Z') / 1000,
      endDate: Date.parse('2026-03-06T23:59:00Z') / 1000,
      shortMessage: 'Away',
      message: 'Back on Saturday',
      replacementUserId: '',
      replacementUserDisplayName: '',
    })
    way.ocs.world.clock.set('2026-03-07T00:00:00Z')
    const over = await now()
    expect(over.code).toBe(404)
    over.expectData(null)
  })
})
