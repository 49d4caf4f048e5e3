import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe } from 'vitest'
import { fits, matching, webhooksTable } from '#handlers/webhook_listeners/state.ts'
import { createOcsMock } from '#index.ts'
import * as files from '#world/files/files.ts'
import { directly, expect, it } from '../../support/ways.ts'

const API = '/apps/webhook_listeners/api/v1/webhooks'
const CREATED = 'OCP\\Files\\Events\\Node\\NodeCreatedEvent'
const admin = 'admin:admin'
const HOOK = { httpMethod: 'POST', uri: 'https://hook.example.org/', event: CREATED }

directly('webhooks', { users: [{ id: 'alice', password: 'secret' }] }, (way) => {
  const shown = {
    id: 1,
    appId: null,
    userId: 'admin',
    ...HOOK,
    eventFilter: [],
    userIdFilter: '',
    headers: null,
    authMethod: 'none' as const,
    authData: null,
    tokenNeeded: [],
  }
  const create = (json: object = HOOK) => way.ask('POST', API, { as: admin, json })

  way.inEveryWay('are registered, shown, listed by where they go, and removed', async () => {
    ;(await create()).expectData(shown)
    ;(await way.ask('GET', `${API}/1`, { as: admin })).expectData(shown)
    ;(await way.ask('GET', `${API}?uri=https://hook.example.org/`, { as: admin })).expectData([shown])
    ;(await way.ask('GET', `${API}?uri=https://other.example.org/`, { as: admin })).expectData([])
    ;(await way.ask('DELETE', `${API}/1`, { as: admin })).expectData(true)
    ;(await way.ask('DELETE', `${API}/1`, { as: admin })).expectData(false)
    const gone = await way.ask('GET', `${API}/1`, { as: admin })
    expect(gone.code).toBe(404)
    expect(gone.message).toContain('Did expect one result but found none')
  })

  way.inEveryWay('are replaced, and shown as if so where there is none', async () => {
    await create()
    const changed = { ...shown, httpMethod: 'PUT', tokenNeeded: { user_ids: ['admin'] } }
    const json = { ...HOOK, httpMethod: 'PUT', tokenNeeded: { user_ids: ['admin'] } }
    ;(await way.ask('POST', `${API}/1`, { as: admin, json })).expectData(changed)
    ;(await way.ask('POST', `${API}/99`, { as: admin, json })).expectData({ ...changed, id: 99 })
    expect((await way.ask('GET', `${API}/99`, { as: admin })).code).toBe(404)
  })

  it.each([
    [{ authMethod: 'nope' }, 'This auth method does not exist'],
    [{ authMethod: 'header' }, 'Header auth method needs an associative array of headers as auth data'],
    [{ event: 'OCP\\Nope' }, 'OCP\\Nope is not an event class compatible with webhooks'],
  ])('refuse %j', async (change, message) => {
    for (const path of [API, `${API}/1`]) {
      const answer = await way.ask('POST', path, { as: admin, json: { ...HOOK, ...change } })
      expect([answer.code, answer.message]).toEqual([400, message])
    }
  })

  it('do not show what they authenticate with', async () => {
    const answer = await create({ ...HOOK, authMethod: 'header', authData: { Authorization: 'top-secret' } })
    expect(answer.code).toBe(200)
    expect(answer.text).not.toContain('top-secret')
  })

  way.inEveryWay('are for administrators', async () => {
    const answer = await way.ask('GET', API, { as: 'alice:secret' })
    expect(answer.code).toBe(403)
    ;(await way.ask('DELETE', `${API}/byappid/some`, { as: admin })).expectData(0)
  })
})

describe('a webhook that was registered', () => {
  const received: { method: string; headers: Record<string, unknown>; body: Record<string, unknown> }[] = []
  const receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      received.push({ method: request.method!, headers: request.headers, body: JSON.parse(body) })
      response.end()
    })
  })
  let uri = ''
  beforeAll(async () => {
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
    uri = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  })
  afterAll(() => new Promise((done) => receiver.close(done)))

  const ocs = createOcsMock({ seed: { users: [{ id: 'alice', password: 'secret' }] } })
  const register = (json: unknown) =>
    ocs.fetch(`http://localhost/ocs/v2.php${API}`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(admin)}`, 'OCS-APIRequest': 'true', 'Content-Type': 'application/json' },
      body: JSON.stringify(json),
    })

  it('is called with what happened, and only then', async () => {
    const json = {
      ...HOOK,
      uri,
      userIdFilter: 'alice',
      headers: { 'X-From': 'us' },
      tokenNeeded: { user_roles: ['owner'] },
    }
    await register(json)
    ocs.world.clock.freeze(1_800_000_000_000)
    const bytes = files.contentFrom(new TextEncoder().encode('x'))
    files.put(ocs.world, 'admin', '/quiet.txt', bytes)
    files.put(ocs.world, 'alice', '/heard.txt', bytes)
    await ocs.idle()
    const heard = received.filter(({ body }) => JSON.stringify(body).includes('heard.txt'))
    expect(received).toEqual(heard)
    expect(heard).toHaveLength(1)
    expect(heard[0]).toMatchObject({
      method: 'POST',
      headers: { 'x-from': 'us' },
      body: {
        event: { class: CREATED, node: { path: '/alice/files/heard.txt' } },
        user: { uid: 'alice', displayName: 'alice' },
        time: 1_800_000_000,
        authentication: { owner: { userId: 'admin', baseUrl: 'http://localhost' } },
      },
    })
  })
})

describe('conditions of a webhook', () => {
  const data = { user: { uid: 'alice' }, event: { node: { id: 5, path: '/alice/files/a.txt' } } }
  it.each([
    [[], true],
    [{ 'user.uid': 'alice' }, true],
    [{ 'user.uid': 'bob' }, false],
    [{ 'event.node.path': { $regex: '/\\.TXT$/i' } }, true],
    [{ 'event.node.path': { $regex: '/[/' } }, false],
    [{ 'event.node.id': { $gt: 4, $lte: 5 } }, true],
    [{ $or: [{ 'user.uid': 'bob' }, { 'user.uid': { $in: ['alice'] } }] }, true],
    [{ $and: [{ 'user.uid': 'alice' }, { 'event.node.id': { $ne: 5 } }] }, false],
    [{ $nor: [{ 'user.uid': 'bob' }] }, true],
    [{ missing: { $exists: false } }, true],
    [{ 'user.uid': { $not: { $eq: 'alice' } } }, false],
    [{ 'user.uid': { $unknown: 1 } }, false],
  ])('%j: %j', (filter, expected) => expect(fits(filter, data)).toBe(expected))

  it.each(['/(?=a)alice/', '/(a)\\1/'])(
    'that nobody can follow are told, and the webhook is not called: %s',
    ($regex) => {
      const { world } = createOcsMock()
      const table = world.table(webhooksTable)
      const none = {
        userIdFilter: '',
        headers: [],
        authMethod: 'none' as const,
        authData: null,
        authHeaders: null,
        tokenNeeded: [],
      }
      const hook = {
        ...HOOK,
        ...none,
        id: 1,
        appId: null,
        userId: 'admin',
        eventFilter: { 'user.uid': { $regex } },
      } as const
      table.set('1', hook)
      const complaints: string[] = []
      expect(matching(world, CREATED, 'alice', data, (message) => complaints.push(message))).toEqual([])
      expect(complaints).toEqual([expect.stringMatching(/^Webhook 1 is not called.*(look-around|back-references)/)])
    },
  )
})
