import * as notifications from '#world/notices/notifications.ts'
import { setSystem } from '#world/settings/config.ts'
import { directly, expect, it } from '../../support/ways.ts'

const ADMIN = { as: 'admin:admin' }
const BASE = '/apps/notifications/api'
const OLD = `${BASE}/v2/admin_notifications`
const NEW = `${BASE}/v3/admin_notifications`
const SEED = { users: [{ id: 'alice' }] }

directly('a message of the administration', SEED, (way) => {
  way.inEveryWay('reaches the account', async () => {
    const form = { shortMessage: 'Hello', longMessage: 'Long text' }
    const answer = await way.ask('POST', `${OLD}/ALICE`, { ...ADMIN, form })
    expect(answer.code).toBe(200)
    const list = await way.ask('GET', `${BASE}/v2/notifications`, { as: 'alice:alice' })
    expect(list.text).toContain('Long text')
  })

  it.each([
    ['nobody', 'x', 404],
    ['alice', '', 400],
    ['alice', 'ä'.repeat(128), 400],
  ])('for %s with the text %j fails', async (user, shortMessage, code) => {
    const answer = await way.ask('POST', `${OLD}/${user}`, { ...ADMIN, form: { shortMessage } })
    expect(answer.code).toBe(code)
  })

  way.inEveryWay('may have rich objects, and tells its number', async () => {
    const subjectParameters = { who: { type: 'user', id: 'admin', name: 'Boss' } }
    const json = { subject: '{who} greets', subjectParameters }
    const answer = await way.ask('POST', `${NEW}/alice`, { ...ADMIN, json })
    answer.expectData({ id: 1 })
    const list = await way.ask('GET', `${BASE}/v2/notifications`, { as: 'alice:alice' })
    expect(list.text).toContain('@Boss greets')
  })

  it.each([
    ['nobody', { subject: 'x' }, 'user'],
    ['alice', {}, 'subject'],
    ['alice', { subject: 'x', message: 'm'.repeat(4001) }, 'message'],
    ['alice', { subject: '{who}', subjectParameters: { other: { type: 'user', id: 'a', name: 'A' } } }, 'parameters'],
    ['alice', { subject: '{who}', subjectParameters: { who: { type: 'user', id: 'a' } } }, 'parameters'],
    ['alice', { subject: 'x', subjectParameters: { who: { type: 'bogus', id: 'a', name: 'A' } } }, 'parameters'],
  ])('for %s made of %o names what is wrong', async (user, json, error) => {
    const answer = await way.ask('POST', `${NEW}/${user}`, { ...ADMIN, json })
    expect(answer.code).toBe(400)
    answer.expectData({ error })
  })

  it('is not listed while its placeholders stand for nothing', async () => {
    await way.ask('POST', `${NEW}/alice`, { ...ADMIN, json: { subject: '{who} greets' } })
    expect(notifications.list(way.ocs.world, 'alice')).toHaveLength(1)
    const list = await way.ask('GET', `${BASE}/v2/notifications`, { as: 'alice:alice' })
    list.expectData([])
  })
})

directly('a test of push notifications', SEED, (way) => {
  const test = () => way.ask('POST', `${BASE}/v3/test/self`, { as: 'alice:alice' })

  way.inEveryWay('says that there is no internet', async () => {
    const answer = await test()
    const message = 'Internet connectivity is disabled in configuration file - no push notifications will be sent\n'
    answer.expectData({ message, nid: 1 })
  })

  it('says that no device is registered', async () => {
    setSystem(way.ocs.world, 'has_internet_connection', true)
    const answer = await test()
    answer.expectData({ message: 'No devices found for user\n', nid: 1 })
  })

  it('says that somebody must not be disturbed', async () => {
    setSystem(way.ocs.world, 'has_internet_connection', true)
    await way.ask('PUT', '/apps/user_status/api/v1/user_status/status', {
      as: 'alice:alice',
      form: { statusType: 'dnd' },
    })
    const answer = await test()
    answer.expectData({ message: 'User status is set to DND - no push notifications will be sent\n', nid: 1 })
  })
})

directly('settings of notifications', SEED, (way) => {
  const personal = { batchSetting: '3', soundNotification: 'yes', soundTalk: 'no' }

  way.inEveryWay('are kept for an account', async () => {
    const answer = await way.ask('POST', `${BASE}/v2/settings`, { as: 'alice:alice', form: personal })
    expect(answer.code).toBe(200)
  })

  it('know four ways to batch mails', async () => {
    const form = { ...personal, batchSetting: '5' }
    const answer = await way.ask('POST', `${BASE}/v2/settings`, { as: 'alice:alice', form })
    expect(answer.code).toBe(996)
  })

  it('end in an empty page without a login', async () => {
    const answer = await way.ask('POST', `${BASE}/v2/settings`, { form: personal })
    expect([answer.status, answer.text]).toEqual([200, ''])
  })

  way.inEveryWay('of all accounts are an administrator’s', async () => {
    const form = { ...personal, webpushEnabled: 'yes', webpushBrowsersEnabled: 'yes' }
    const path = `${BASE}/v2/settings/admin`
    expect((await way.ask('POST', path, { as: 'alice:alice', form })).code).toBe(403)
    expect((await way.ask('POST', path, { ...ADMIN, form })).code).toBe(200)
  })
})
