import { directly, expect, it } from '../../support/ways.ts'

const USERS = {
  users: [
    { id: 'alice', password: 'alice' },
    { id: 'bob', password: 'bob' },
  ],
}
const ALICE = { as: 'alice:alice' }
const BASE = '/apps/user_status/api/v1'
const NOTHING = { messageId: null, messageIsPredefined: false, message: null, icon: null, clearAt: null }

const own = (more: Record<string, unknown>) => ({
  userId: 'alice',
  message: null,
  messageId: null,
  messageIsPredefined: false,
  icon: null,
  clearAt: null,
  status: 'offline',
  statusIsUserDefined: false,
  ...more,
})

directly('a status of my own', USERS, (way) => {
  it('is not there before one was set', async () => {
    const answer = await way.ask('GET', `${BASE}/user_status`, ALICE)
    expect([answer.code, answer.message]).toEqual([404, 'No status for the current user'])
  })

  it('is chosen, and the message stays', async () => {
    await way.ask('PUT', `${BASE}/user_status/message/custom`, { ...ALICE, form: { message: 'Lunch' } })
    const answer = await way.ask('PUT', `${BASE}/user_status/status`, { ...ALICE, form: { statusType: 'dnd' } })
    answer.expectData(own({ message: 'Lunch', status: 'dnd', statusIsUserDefined: true }))
    const read = await way.ask('GET', `${BASE}/user_status`, ALICE)
    read.expectData(own({ message: 'Lunch', status: 'dnd', statusIsUserDefined: true }))
  })

  it('is one of six types', async () => {
    const answer = await way.ask('PUT', `${BASE}/user_status/status`, { ...ALICE, form: { statusType: 'bogus' } })
    expect([answer.code, answer.message]).toEqual([400, 'Status-type "bogus" is not supported'])
  })

  way.inEveryWay('shows the text of a predefined message when it is read', async () => {
    const form = { messageId: 'vacationing', clearAt: '4102444800' }
    const set = await way.ask('PUT', `${BASE}/user_status/message/predefined`, { ...ALICE, form })
    const chosen = { messageId: 'vacationing', messageIsPredefined: true, clearAt: 4102444800 }
    set.expectData(own(chosen))
    const read = await way.ask('GET', `${BASE}/user_status`, ALICE)
    read.expectData(own({ ...chosen, message: 'Vacationing', icon: '🌴' }))
  })

  it.each([
    [{ messageId: 'nosuch' }, 'Message-Id "nosuch" is not supported'],
    [{ messageId: 'meeting', clearAt: '100' }, 'ClearAt is in the past'],
  ])('refuses the predefined message %o', async (form, message) => {
    const path = `${BASE}/user_status/message/predefined`
    const answer = await way.ask('PUT', path, { ...ALICE, form: form as Record<string, string> })
    expect([answer.code, answer.message]).toEqual([400, message])
  })

  it.each([
    [{ statusIcon: 'abc', message: 'x' }, 'Status-Icon is longer than one character'],
    [{ message: 'm'.repeat(81) }, 'Message is longer than supported length of 80 characters'],
    [{ message: 'x', clearAt: '100' }, 'ClearAt is in the past'],
  ])('refuses the message %o', async (form, message) => {
    const path = `${BASE}/user_status/message/custom`
    const answer = await way.ask('PUT', path, { ...ALICE, form: form as Record<string, string> })
    expect([answer.code, answer.message]).toEqual([400, message])
  })

  it('loses its message when nothing is written, and fails where there is none to lose', async () => {
    const empty = await way.ask('PUT', `${BASE}/user_status/message/custom`, ALICE)
    expect([empty.code, empty.message]).toEqual([404, 'No status for the current user'])
    await way.ask('PUT', `${BASE}/user_status/message/custom`, { ...ALICE, form: { statusIcon: '🎉' } })
    const cleared = await way.ask('PUT', `${BASE}/user_status/message/custom`, ALICE)
    cleared.expectData(own(NOTHING))
  })

  way.inEveryWay('loses its message when that is deleted', async () => {
    await way.ask('PUT', `${BASE}/user_status/message/custom`, { ...ALICE, form: { message: 'Lunch' } })
    expect((await way.ask('DELETE', `${BASE}/user_status/message`, ALICE)).code).toBe(200)
    const read = await way.ask('GET', `${BASE}/user_status`, ALICE)
    read.expectData(own(NOTHING))
  })

  way.inEveryWay('has nothing to bring back unless an app replaced it', async () => {
    const answer = await way.ask('DELETE', `${BASE}/user_status/revert/meeting`, ALICE)
    expect(answer.code).toBe(200)
    answer.expectData([])
  })

  it('ends when the clock of the world passes its end', async () => {
    const clearAt = String(way.ocs.world.clock.seconds() + 3600)
    await way.ask('PUT', `${BASE}/user_status/status`, { ...ALICE, form: { statusType: 'busy' } })
    await way.ask('PUT', `${BASE}/user_status/message/custom`, { ...ALICE, form: { message: 'Lunch', clearAt } })
    way.ocs.world.clock.advance('2h')
    const read = await way.ask('GET', `${BASE}/user_status`, ALICE)
    read.expectData(own(NOTHING))
  })
})

directly('a heartbeat', USERS, (way) => {
  const beat = (status: string) => way.ask('PUT', `${BASE}/heartbeat`, { ...ALICE, form: { status } })

  way.inEveryWay('says that somebody is there', async () => {
    const answer = await beat('online')
    answer.expectData(own({ status: 'online' }))
  })

  it('never lowers a status before it is stale', async () => {
    await beat('online')
    expect(await beat('away')).toHaveProperty('code', 200)
    const fresh = await way.ask('GET', `${BASE}/user_status`, ALICE)
    fresh.expectData(own({ status: 'online' }))
    way.ocs.world.clock.advance('20m')
    const stale = await beat('away')
    stale.expectData(own({ status: 'away' }))
  })

  way.inEveryWay('leaves a status alone that was chosen on purpose', async () => {
    await way.ask('PUT', `${BASE}/user_status/status`, { ...ALICE, form: { statusType: 'dnd' } })
    const answer = await beat('online')
    if (way.version === 2) expect([answer.status, answer.text]).toEqual([204, ''])
    else expect(answer.code).toBe(204)
  })

  it('knows online and away alone', async () => {
    expect((await beat('dnd')).code).toBe(400)
  })
})

directly('predefined statuses', {}, (way) => {
  way.inEveryWay('are offered, except those that the server sets', async () => {
    const answer = await way.ask('GET', `${BASE}/predefined_statuses/`, { as: 'admin:admin' })
    expect(answer.text).toContain('be-right-back')
    expect(answer.text).not.toContain('out-of-office')
    expect((await way.ask('GET', `${BASE}/predefined_statuses`, { as: 'admin:admin' })).text).toBe(answer.text)
  })
})
