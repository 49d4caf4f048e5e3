import { directly, expect, it, type Way } from '../../support/ways.ts'

const BASE = '/apps/notifications/api'
const ALICE = { as: 'alice:alice' }
const NOW = '2026-03-01T12:00:00+00:00'
const SEED = {
  clock: { now: NOW, frozen: true },
  users: [{ id: 'alice' }, { id: 'bob' }],
  notifications: [
    { user: 'alice', subject: 'First', objectId: '7' },
    {
      user: 'alice',
      app: 'tables',
      subject: '{who} wrote',
      subjectParameters: { who: { type: 'user', id: 'bob', name: 'Bob' } },
      message: 'Look',
      link: 'https://example.com/1',
      icon: 'https://example.com/icon.svg',
      objectType: 'row',
      objectId: '8',
      actions: [
        { label: 'No', link: 'https://example.com/no', type: 'DELETE' },
        { label: 'Yes', link: 'https://example.com/yes', type: 'POST', primary: true },
      ],
    },
  ],
} as const

const first = (way: Way, text: string) => ({
  notification_id: 1,
  app: 'admin_notifications',
  user: 'alice',
  datetime: NOW,
  object_type: 'admin_notifications',
  object_id: '7',
  subject: 'First',
  message: '',
  link: '',
  subjectRich: 'First',
  subjectRichParameters: [],
  messageRich: '',
  messageRichParameters: [],
  icon: `${addressOf(way, text)}/apps/notifications/img/notifications-dark.svg`,
  shouldNotify: true,
  actions: [],
})

const addressOf = (way: Way, text: string) =>
  way.name === 'server'
    ? /http:\\?\/\\?\/127\.0\.0\.1:\d+/.exec(text)![0].replaceAll('\\', '')
    : 'https://cloud.example.com'

const second = {
  notification_id: 2,
  app: 'tables',
  user: 'alice',
  datetime: NOW,
  object_type: 'row',
  object_id: '8',
  subject: '@Bob wrote',
  message: 'Look',
  link: 'https://example.com/1',
  subjectRich: '{who} wrote',
  subjectRichParameters: { who: { type: 'user', id: 'bob', name: 'Bob' } },
  messageRich: 'Look',
  messageRichParameters: [],
  icon: 'https://example.com/icon.svg',
  shouldNotify: true,
  actions: [
    { label: 'Yes', link: 'https://example.com/yes', type: 'POST', primary: true },
    { label: 'No', link: 'https://example.com/no', type: 'DELETE', primary: false },
  ],
}

directly('notifications', SEED, (way) => {
  const list = () => way.ask('GET', `${BASE}/v2/notifications`, ALICE)

  it('are listed newest first, with their texts, objects and actions', async () => {
    const answer = await list()
    answer.expectData([second, first(way, answer.text)])
    expect(answer.headers.get('X-Nextcloud-User-Status')).toBe('online')
  })

  it('are nobody else’s', async () => {
    const answer = await way.ask('GET', `${BASE}/v2/notifications`, { as: 'bob:bob' })
    answer.expectData([])
  })

  way.inEveryWay('have no rich texts in version 1', async () => {
    const answer = await way.ask('GET', `${BASE}/v1/notifications/2`, ALICE)
    const { subjectRich, subjectRichParameters, messageRich, messageRichParameters, icon, shouldNotify, ...plain } =
      second
    answer.expectData(plain)
  })

  way.inEveryWay('have a state that a client need not fetch twice', async () => {
    const etag = (await list()).headers.get('ETag')!
    const again = await way.ask('GET', `${BASE}/v2/notifications`, { ...ALICE, headers: { 'If-None-Match': etag } })
    if (way.version === 2) expect([again.status, again.text]).toEqual([304, ''])
    else expect([again.status, again.code]).toEqual([200, 304])
  })

  it('are found one by one', async () => {
    const answer = await way.ask('GET', `${BASE}/v2/notifications/2`, ALICE)
    answer.expectData(second)
    expect((await way.ask('GET', `${BASE}/v2/notifications/9`, ALICE)).code).toBe(404)
    expect((await way.ask('GET', `${BASE}/v2/notifications/2`, { as: 'bob:bob' })).code).toBe(404)
  })

  way.inEveryWay('say which of them are still there', async () => {
    const answer = await way.ask('POST', `${BASE}/v2/notifications/exists`, { ...ALICE, json: { ids: [2, 1, 9, 'x'] } })
    answer.expectData([1, 2])
    const ids = Array.from({ length: 201 }, (_, i) => i)
    expect((await way.ask('POST', `${BASE}/v2/notifications/exists`, { ...ALICE, json: { ids } })).code).toBe(400)
  })

  way.inEveryWay('are dismissed one by one, twice if need be', async () => {
    expect((await way.ask('DELETE', `${BASE}/v2/notifications/2`, ALICE)).code).toBe(200)
    expect((await way.ask('DELETE', `${BASE}/v2/notifications/2`, ALICE)).code).toBe(200)
    expect((await way.ask('DELETE', `${BASE}/v2/notifications/0`, ALICE)).code).toBe(404)
    const answer = await list()
    answer.expectData([first(way, answer.text)])
  })

  way.inEveryWay('are dismissed all at once', async () => {
    expect((await way.ask('DELETE', `${BASE}/v2/notifications`, ALICE)).code).toBe(200)
    const answer = await list()
    answer.expectData([])
  })
})
