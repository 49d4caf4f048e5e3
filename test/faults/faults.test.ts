import { describe, expect, it, vi } from 'vitest'
import type { Fault } from '#faults/fault.ts'
import { createOcsMock, UserError } from '#index.ts'
import { HandTimers } from '../support/hand-timers.ts'
import { everyTransport, everyWay } from '../support/ways.ts'

everyWay('faults of OCS requests', {}, (way) => {
  it('fail with the status that is asked for, in the form that was asked for', async () => {
    way.ocs.faults.add({ fail: { status: 997, message: 'Not today' } })
    const answer = await way.ask('GET', '/config')
    expect([answer.status, answer.code, answer.message]).toEqual([401, 997, 'Not today'])
    expect(answer.isJson).toBe(way.format === 'json')
  })

  it('refuse too many requests without an envelope, and say when to come back', async () => {
    way.ocs.faults.add({ rateLimit: { retryAfter: '90s' } })
    const answer = await way.ask('GET', '/config')
    expect([answer.status, answer.text, answer.headers.get('retry-after')]).toEqual([429, '', '90'])
  })

  it('let a number of requests through in each period of the clock', async () => {
    way.ocs.world.clock.freeze('2026-03-01T12:00:00Z')
    way.ocs.faults.add({ rateLimit: { limit: 2, per: '1m' } })
    const statuses = async () => [await way.ask('GET', '/config'), await way.ask('GET', '/config')].map((a) => a.status)
    expect(await statuses()).toEqual([200, 200])
    way.ocs.world.clock.advance('20s')
    const refused = await way.ask('GET', '/config')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '40'])
    way.ocs.world.clock.advance('40s')
    expect(await statuses()).toEqual([200, 200])
  })

  it('answer as under maintenance, and the world knows nothing of it', async () => {
    way.ocs.faults.add({ maintenance: true, times: 1 })
    const answer = await way.ask('GET', '/config')
    expect([answer.status, answer.code, answer.message]).toEqual([503, 503, 'Service unavailable'])
    expect((await way.ask('GET', '/config')).code).toBe(200)
  })

  it.each(['malformed', 'truncated'] as const)('break the body: %s', async (how) => {
    const whole = await way.ask('GET', '/config')
    way.ocs.faults.add({ body: how })
    const broken = await way.ask('GET', '/config')
    expect(broken.status).toBe(200)
    expect(broken.text.length === whole.text.length + 1).toBe(how === 'malformed')
    expect(broken.text).not.toBe(whole.text)
    if (way.format === 'json') expect(() => JSON.parse(broken.text)).toThrow()
    else expect(broken.text.includes('\u0000') || !broken.text.includes('</ocs>')).toBe(true)
  })

  it('replace the data of one operation in the envelope that was asked for', async () => {
    way.ocs.faults.add({ replace: { operation: 'core-ocs-get-config', data: { contact: 'nobody' } } })
    const answer = await way.ask('GET', '/config')
    expect(answer.code).toBe(200)
    answer.expectData({ contact: 'nobody' })
    expect((await way.ask('GET', '/cloud/capabilities')).text).not.toContain('nobody')
  })

  it('replace nothing for those who may not ask', async () => {
    way.ocs.faults.add({ replace: { operation: 'provisioning_api-users-get-users', data: { users: ['nobody'] } } })
    expect((await way.ask('GET', '/cloud/users')).code).toBe(997)
    expect((await way.ask('GET', '/cloud/users', { as: 'admin:admin' })).text).toContain('nobody')
  })
})

everyTransport('faults of any request', { seed: { users: [{ id: 'alice' }] } }, (way) => {
  const status = async (path: string, init?: RequestInit) => (await way.fetch(path, init)).status
  const asAlice = { headers: { Authorization: `Basic ${btoa('alice:alice')}` } }

  it('drop the connection before the request is handled', async () => {
    way.ocs.faults.add({ drop: 'request', times: 1, name: 'gone' })
    await expect(way.fetch('/status.php')).rejects.toThrow(TypeError)
    expect(await status('/status.php')).toBe(200)
    expect(way.ocs.journal.entries).toMatchObject([
      { outcome: 'dropped', status: 0, fault: 'gone' },
      { outcome: 'answered', status: 200 },
    ])
  })

  it('drop the connection after the request was handled: what it asked for is done', async () => {
    way.ocs.faults.add({ drop: 'answer', on: { method: 'PUT' } })
    const path = '/remote.php/dav/files/alice/new.txt'
    await expect(way.fetch(path, { method: 'PUT', body: 'text', ...asAlice })).rejects.toThrow(TypeError)
    expect(await status(path, asAlice)).toBe(200)
  })

  it('fail WebDAV with its own kind of document', async () => {
    way.ocs.faults.add({ fail: { status: 423, message: 'Locked for a while' } })
    const answer = await way.fetch('/remote.php/dav/files/alice/', { method: 'PROPFIND', ...asAlice })
    expect([answer.status, await answer.text()]).toEqual([
      423,
      expect.stringContaining('<s:message>Locked for a while<'),
    ])
  })

  it('refuse too many WebDAV requests', async () => {
    way.ocs.faults.add({ rateLimit: {} })
    const answer = await way.fetch('/remote.php/dav/files/alice/', { method: 'PROPFIND', ...asAlice })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60'])
  })

  it('send any other answer', async () => {
    way.ocs.faults.add({ answer: { status: 502, headers: { 'X-Proxy': 'yes' }, body: '<h1>Bad gateway</h1>' } })
    const answer = await way.fetch('/ocs/v2.php/config')
    expect([answer.status, answer.headers.get('x-proxy'), await answer.text()]).toEqual([
      502,
      'yes',
      '<h1>Bad gateway</h1>',
    ])
    way.ocs.faults.clear()
    way.ocs.faults.add({ answer: { body: { a: 1 } } })
    expect(await (await way.fetch('/ocs/v2.php/config')).json()).toEqual({ a: 1 })
  })

  it('apply only to requests that match', async () => {
    way.ocs.faults.add({ on: { path: '/remote.php/dav/**', actor: 'alice' }, fail: { status: 500 } })
    expect(await status('/status.php')).toBe(200)
    expect(await status('/remote.php/dav/files/alice/', asAlice)).toBe(500)
    expect(await status('/remote.php/dav/files/alice/')).toBe(401)
  })

  it('know requests by their bodies, which are read all the same', async () => {
    way.ocs.faults.add({ on: { body: 'secret' }, fail: { status: 500 } })
    const put = (body: string) => status('/remote.php/dav/files/alice/b.txt', { method: 'PUT', body, ...asAlice })
    expect([await put('public'), await put('secret')]).toEqual([201, 500])
    expect(await (await way.fetch('/remote.php/dav/files/alice/b.txt', asAlice)).text()).toBe('public')
  })

  it('let some requests pass, and end after some others', async () => {
    way.ocs.faults.add({ skip: 1, times: 2, fail: { status: 500 } })
    const all = [1, 2, 3, 4].map(() => status('/status.php'))
    expect(await Promise.all(all)).toEqual(expect.arrayContaining([200, 200, 500, 500]))
    expect(way.ocs.faults.list).toEqual([])
  })

  it('happen by chance, the same in each run', async () => {
    const run = async () => {
      way.ocs.reset({ random: 7 })
      way.ocs.faults.add({ chance: 0.5, fail: { status: 500 } })
      const statuses: number[] = []
      for (let i = 0; i < 20; i++) statuses.push(await status('/status.php'))
      return statuses
    }
    const first = await run()
    expect(new Set(first)).toEqual(new Set([200, 500]))
    expect(await run()).toEqual(first)
  })
})

describe('latency', () => {
  it('calls its timer off where the clock goes on, so that no process waits for it', async () => {
    let signal: AbortSignal | undefined
    const sleep = (_: number, given?: AbortSignal) => {
      signal = given
      return new Promise<void>(() => {})
    }
    const ocs = createOcsMock({ timers: { sleep, after: () => () => {} } })
    ocs.faults.add({ latency: '1h' })
    const answer = ocs.fetch('https://x.org/status.php')
    await vi.waitFor(() => expect(signal?.aborted).toBe(false))
    ocs.world.clock.advance('1h')
    expect((await answer).status).toBe(200)
    expect(signal?.aborted).toBe(true)
  })

  it('is over where the clock of the world is moved so far', async () => {
    const never = { sleep: () => new Promise<void>(() => {}), after: () => () => {} }
    const ocs = createOcsMock({ timers: never })
    ocs.faults.add({ latency: '1h' })
    let isThere = false
    const answer = ocs.fetch('http://localhost/status.php').then((response) => {
      isThere = true
      return response.status
    })
    await vi.waitFor(() => expect(ocs.faults.list[0]?.applied).toBe(1))
    ocs.world.clock.advance('59m')
    await Promise.resolve()
    expect(isThere).toBe(false)
    ocs.world.clock.advance('1m')
    expect(await answer).toBe(200)
  })

  it('waits as long as is asked for, and up to the jitter longer', async () => {
    const timers = new HandTimers()
    const ocs = createOcsMock({ timers })
    ocs.faults.add({ latency: '2s', jitter: 500 })
    ocs.faults.add({ latency: 100, fail: { status: 500 } })
    for (let i = 0; i < 10; i++) expect((await ocs.fetch('http://localhost/status.php')).status).toBe(500)
    expect(new Set(timers.slept).size).toBeGreaterThan(3)
    for (const waited of timers.slept) expect(waited).toSatisfy((ms: number) => ms >= 2100 && ms <= 2600)
  })

  it('passes in real time', async () => {
    const ocs = createOcsMock()
    ocs.faults.add({ latency: 20 })
    const before = performance.now()
    await ocs.fetch('http://localhost/status.php')
    // Timers may end a little early.
    expect(performance.now() - before).toBeGreaterThan(15)
  })
})

describe('the faults of a mock', () => {
  const { faults } = createOcsMock()

  it('have names, count, and can be taken back', () => {
    expect(faults.add({ drop: 'request' })).toBe('fault-1')
    expect(faults.add({ name: 'slow', latency: '1s' })).toBe('slow')
    expect(faults.add({ name: 'slow', latency: '2s' })).toBe('slow')
    expect(faults.list.map(({ name, matched, applied }) => [name, matched, applied])).toEqual([
      ['fault-1', 0, 0],
      ['slow', 0, 0],
    ])
    expect([faults.remove('slow'), faults.remove('slow')]).toEqual([true, false])
    faults.clear()
    expect(faults.isEmpty).toBe(true)
  })

  it.each<[unknown, string]>([
    [{}, 'it does nothing'],
    [{ name: 'x', times: 1 }, 'it does nothing'],
    [{ drop: 'request', maintenance: true }, 'drop and maintenance exclude each other'],
    [{ drop: 'request', body: 'malformed' }, 'there is none to break'],
    [{ drop: 'sometimes' }, 'drop: expected one of "request", "answer"'],
    [{ latency: 'long' }, 'latency: expected a duration'],
    [{ chance: 2 }, 'chance: expected a number from 0 to 1'],
    [{ fail: { status: 500 }, oops: 1 }, 'oops is unknown'],
    [{ answer: { file: 'x' } }, 'only scenario files'],
  ])('refuse %j', (fault, problem) => {
    expect(() => faults.add(fault as Fault)).toThrow(UserError)
    expect(() => faults.add(fault as Fault)).toThrow(problem)
  })

  it('are gone after a reset, and are not those of a fork', () => {
    const ocs = createOcsMock()
    ocs.faults.add({ drop: 'request' })
    expect(ocs.fork().faults.isEmpty).toBe(true)
    ocs.reset()
    expect(ocs.faults.isEmpty).toBe(true)
  })
})
