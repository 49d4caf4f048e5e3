import * as loginAttempts from '#handlers/twofactor_nextcloud_notification/state.ts'
import * as notifications from '#world/notices/notifications.ts'
import { directly, expect, it } from '../../support/ways.ts'

const BASE = '/apps/twofactor_nextcloud_notification/api/v1'
const ALICE = { as: 'alice:alice' }
const BOB = { as: 'bob:bob' }
const SEED = {
  apps: { enabled: ['twofactor_nextcloud_notification'] },
  clock: { now: '2026-03-01T12:00:00Z', frozen: true },
  users: ['alice', 'bob'].map((id) => ({ id, password: id })),
}

directly('a login that waits for approval', SEED, (way) => {
  const start = () => loginAttempts.start(way.ocs.world, 'alice', '192.0.2.7')
  const poll = (token: string) => way.ask('GET', `${BASE}/poll/${token}`)

  it('is approved, which whoever waits is told', async () => {
    const { id, token } = start()
    ;(await poll(token)).expectData({ status: 'pending' })
    const approved = await way.ask('POST', `${BASE}/attempt/${id}`, ALICE)
    expect(approved.code).toBe(202)
    approved.expectData([])
    ;(await poll(token)).expectData({ status: 'accepted' })
    expect(notifications.list(way.ocs.world, 'alice')).toEqual([])
  })

  way.inEveryWay('is rejected, even after it was approved', async () => {
    const { id, token } = start()
    await way.ask('POST', `${BASE}/attempt/${id}`, ALICE)
    expect((await way.ask('DELETE', `${BASE}/attempt/${id}`, ALICE)).code).toBe(200)
    ;(await poll(token)).expectData({ status: 'rejected' })
  })

  it('is told to the account that it is for', async () => {
    const { id } = start()
    const link = `${way.base()}/ocs/v2.php${BASE}/attempt/${id}`
    const text =
      'If you are currently trying log in from another device or browser please approve the request. If you are not trying to log in at the moment, you should use the cancel option to abort the login attempt.'
    const list = await way.ask('GET', '/apps/notifications/api/v2/notifications', ALICE)
    list.expectData([
      {
        notification_id: 1,
        app: 'twofactor_nextcloud_notification',
        user: 'alice',
        datetime: '2026-03-01T12:00:00+00:00',
        object_type: '2fa_id',
        object_id: String(id),
        subject: 'Login attempt from IP address 192.0.2.7',
        message: text,
        link: '',
        subjectRich: 'Login attempt from IP address {ip}',
        subjectRichParameters: { ip: { type: 'highlight', id: String(id), name: '192.0.2.7' } },
        messageRich: text,
        messageRichParameters: [],
        icon: `${way.base()}/apps/twofactor_nextcloud_notification/img/login-dark.svg`,
        shouldNotify: true,
        actions: [
          { label: 'Approve', link, type: 'POST', primary: true },
          { label: 'Cancel', link, type: 'DELETE', primary: false },
        ],
      },
    ])
  })

  it('is nobody else’s, and is over after ten minutes', async () => {
    const { id, token } = start()
    expect((await way.ask('POST', `${BASE}/attempt/${id}`, BOB)).code).toBe(403)
    way.ocs.world.clock.advance('11m')
    expect((await poll(token)).code).toBe(403)
    expect((await poll(token)).code).toBe(404)
    expect((await way.ask('DELETE', `${BASE}/attempt/${id}`, ALICE)).code).toBe(404)
    expect(notifications.list(way.ocs.world, 'alice')).toEqual([])
  })

  it('is forgotten once it is over and its owner looks at what is new', async () => {
    const { id, token } = start()
    way.ocs.world.clock.advance('11m')
    const list = await way.ask('GET', '/apps/notifications/api/v2/notifications', ALICE)
    list.expectData([])
    expect(notifications.list(way.ocs.world, 'alice')).toEqual([])
    expect((await poll(token)).code).toBe(404)
    expect((await way.ask('POST', `${BASE}/attempt/${id}`, ALICE)).code).toBe(404)
  })

  it('needs a login to be decided, and a number', async () => {
    expect((await way.ask('POST', `${BASE}/attempt/1`)).code).toBe(997)
    expect((await way.ask('POST', `${BASE}/attempt/x`, ALICE)).code).toBe(998)
  })
})
