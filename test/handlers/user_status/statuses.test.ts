import * as users from '#world/accounts/users.ts'
import { setApp } from '#world/settings/config.ts'
import { directly, expect, it } from '../../support/ways.ts'

const BASE = '/apps/user_status/api/v1/statuses'
const ADMIN = { as: 'admin:admin' }
const SEED = {
  users: [{ id: 'alice' }, { id: 'bob' }],
  statuses: [
    { user: 'bob', status: 'invisible' },
    { user: 'alice', status: 'busy', icon: '☕', message: 'Coffee' },
  ],
} as const

const ALICE = { userId: 'alice', message: 'Coffee', icon: '☕', clearAt: null, status: 'busy' }
const BOB = { userId: 'bob', message: null, icon: null, clearAt: null, status: 'offline' }

directly('statuses of others', SEED, (way) => {
  way.inEveryWay('are listed, and who is invisible seems offline', async () => {
    const answer = await way.ask('GET', BASE, ADMIN)
    answer.expectData([BOB, ALICE])
  })

  it('come in pages', async () => {
    const answer = await way.ask('GET', `${BASE}?limit=1&offset=1`, ADMIN)
    answer.expectData([ALICE])
  })

  it('are not listed where accounts may not be enumerated', async () => {
    setApp(way.ocs.world, 'core', 'shareapi_allow_share_dialog_user_enumeration', 'no')
    const answer = await way.ask('GET', BASE, ADMIN)
    answer.expectData([])
  })

  way.inEveryWay('are found one by one', async () => {
    const answer = await way.ask('GET', `${BASE}/alice`, ADMIN)
    answer.expectData(ALICE)
  })

  it('fail for who has none', async () => {
    const answer = await way.ask('GET', `${BASE}/admin`, ADMIN)
    expect([answer.code, answer.message]).toEqual([404, 'No status for the requested userId'])
  })

  it('go with their account', async () => {
    users.remove(way.ocs.world, 'alice')
    const answer = await way.ask('GET', BASE, ADMIN)
    answer.expectData([BOB])
  })
})
