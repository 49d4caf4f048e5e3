import { afterAll, beforeAll, describe } from 'vitest'
import { createOcsMock } from '#index.ts'
import { ExApp } from '../../support/exapp.ts'
import { directly, expect, it } from '../../support/ways.ts'

const admin = 'admin:admin'
const APPS = '/apps/app_api/api/v1/ex-app'
const exApp = new ExApp('my_app_id')
const seed = {
  users: [{ id: 'alice', password: 'secret' }],
  daemons: [{ name: 'manual_install' }],
  exApps: [
    { id: 'my_app_id', name: 'My App', daemon: 'manual_install', port: 9031, secret: exApp.secret },
    { id: 'asleep', daemon: 'manual_install', port: 9032, secret: 's', enabled: false },
  ],
}

directly('ExApps', seed, (way) => {
  const ids = (data: unknown) => (data as { id: string }[]).map(({ id }) => id)

  way.inEveryWay('are listed, all of them or those that are enabled, by id', async () => {
    const all = await way.ask('GET', `${APPS}/all`, { as: admin })
    const enabled = await way.ask('GET', `${APPS}/enabled`, { as: admin })
    expect(all.text).toContain('asleep')
    expect(enabled.text).not.toContain('asleep')
    if (all.isJson) expect([ids(all.data), ids(enabled.data)]).toEqual([['asleep', 'my_app_id'], ['my_app_id']])
    expect((await way.ask('GET', `${APPS}/others`, { as: admin })).code).toBe(400)
  })

  way.inEveryWay('tell how far their installation is', async () => {
    const known = await way.ask('GET', `${APPS}/info/my_app_id`, { as: admin })
    expect(known.code).toBe(200)
    if (known.isJson) {
      expect(known.data).toMatchObject({
        id: 'my_app_id',
        name: 'My App',
        version: '1.0.0',
        enabled: true,
        status: { deploy: 100, init: 100, error: '' },
      })
    }
    expect((await way.ask('GET', `${APPS}/info/nope`, { as: admin })).code).toBe(404)
  })

  it('are shown to administrators alone', async () => {
    expect((await way.ask('GET', `${APPS}/all`, { as: 'alice:secret' })).code).toBe(403)
    expect((await way.ask('GET', `${APPS}/all`)).code).toBe(997)
  })

  way.inEveryWay('learn addresses of the server', async () => {
    ;(
      await way.ask('GET', '/apps/app_api/api/v1/info/nextcloud_url/absolute?url=/a/b', { headers: exApp.headers() })
    ).expectData({ absolute_url: 'http://localhost/a/b' })
    expect((await way.ask('GET', '/apps/app_api/api/v1/info/nextcloud_url', { as: admin })).text).toContain('base_url')
  })

  way.inEveryWay('learn whether they are enabled, and nothing else while they are not', async () => {
    const asleep = { ...exApp.headers(), 'EX-APP-ID': 'asleep', 'AUTHORIZATION-APP-API': btoa(':s') }
    ;(await way.ask('GET', '/apps/app_api/ex-app/state', { headers: exApp.headers() })).expectData(1)
    ;(await way.ask('GET', '/apps/app_api/ex-app/state', { headers: asleep })).expectData(0)
    const refused = await way.ask('GET', '/apps/app_api/api/v1/users', { headers: asleep })
    expect([refused.code, refused.message]).toEqual([997, 'AppAPI authentication failed'])
  })

  it.each([
    ['of another secret', { 'AUTHORIZATION-APP-API': btoa(':wrong') }],
    ['that speaks for an account that is not there', { 'AUTHORIZATION-APP-API': btoa('nobody:12345') }],
    ['that nobody knows', { 'EX-APP-ID': 'nope' }],
    ['without a version', { 'EX-APP-VERSION': '' }],
  ])('are refused: one %s', async (_, headers) => {
    const refused = await way.ask('GET', '/apps/app_api/api/v1/users', { headers: { ...exApp.headers(), ...headers } })
    expect([refused.code, refused.message]).toEqual([997, 'AppAPI authentication failed'])
  })

  way.inEveryWay('list accounts and write into the log', async () => {
    const headers = exApp.headers('alice')
    ;(await way.ask('GET', '/apps/app_api/api/v1/users', { headers })).expectData(['admin', 'alice'])
    const log = (level: number) =>
      way.ask('POST', '/apps/app_api/api/v1/log', { headers, json: { level, message: 'hello' } })
    ;(await log(2)).expectData([])
    const wrong = await log(9)
    expect([wrong.code, wrong.message]).toEqual([400, 'Invalid log level'])
  })

  way.inEveryWay('report progress between 0 and 100', async () => {
    const report = (path: string, progress: number) =>
      way.ask('PUT', `/apps/app_api${path}`, { headers: exApp.headers(), json: { progress } })
    expect((await report('/ex-app/status', 50)).code).toBe(200)
    expect((await report('/ex-app/status', 101)).code).toBe(996)
    expect((await report('/apps/status/my_app_id', 50)).code).toBe(200)
    expect((await report('/apps/status/nope', 50)).code).toBe(404)
  })

  it('had listeners of events once, over which the server fails', async () => {
    for (const method of ['POST', 'DELETE', 'GET']) {
      expect((await way.ask(method, '/apps/app_api/api/v1/events_listener')).code).toBe(996)
    }
  })
})

describe('an ExApp on a port', () => {
  const real = new ExApp('my_app_id', {
    'POST /echo': ({ json }, response) => {
      response.setHeader('X-Thing', 'one')
      response.end(`posted ${JSON.stringify(json)}`)
    },
    'GET /echo': ({ url }, response) => response.end(`got ${url}`),
    'POST /broken': (_, response) => {
      response.statusCode = 500
      response.end('oh no')
    },
    'POST /slow': () => {},
  })
  beforeAll(() => real.start())
  afterAll(() => real.stop())

  const open = () => {
    const ocs = createOcsMock({ seed: real.seed })
    const ask = async (method: string, path: string, json?: unknown) => {
      const response = await ocs.fetch(`http://localhost/ocs/v2.php${path}`, {
        method,
        headers: {
          Authorization: `Basic ${btoa(admin)}`,
          'OCS-APIRequest': 'true',
          Accept: 'application/json',
          'Content-Type': 'application/json',
        },
        body: JSON.stringify(json),
      })
      const { ocs: answer } = (await response.json()) as { ocs: { meta: { message: string }; data: unknown } }
      return { status: response.status, message: answer.meta.message, data: answer.data }
    }
    return { ocs, ask }
  }

  it('is asked for a sign of life and told when it is enabled or disabled', async () => {
    const { ask } = open()
    const enable = (enabled: number) => ask('PUT', `${APPS}/my_app_id/enabled`, { enabled })
    expect((await enable(1)).message).toBe('ExApp already enabled')
    expect((await enable(0)).status).toBe(200)
    expect(real.last).toMatchObject({ method: 'PUT', url: '/enabled?enabled=0' })
    expect((await enable(0)).message).toBe('ExApp already disabled')
    expect((await enable(1)).status).toBe(200)
    expect(real.heard.slice(-2).map(({ url }) => url)).toEqual(['/heartbeat', '/enabled?enabled=1'])
    expect(real.last.headers).toMatchObject({ 'ex-app-id': 'my_app_id', 'aa-request-id': 'CLI' })
    expect((await ask('PUT', `${APPS}/nope/enabled`, { enabled: 1 })).status).toBe(404)
  })

  it('stays disabled when it refuses', async () => {
    const { ocs, ask } = open()
    await ask('PUT', `${APPS}/my_app_id/enabled`, { enabled: 0 })
    const { 'PUT /enabled': agree } = real.handlers
    real.handlers['PUT /enabled'] = (_, response) => response.end(JSON.stringify({ error: 'not today' }))
    expect(await ask('PUT', `${APPS}/my_app_id/enabled`, { enabled: 1 })).toMatchObject({
      status: 400,
      message: 'Failed to enable ExApp',
    })
    real.handlers['PUT /enabled'] = agree!
    expect((await ocs.occ('app_api:app:list')).stdout).toContain('[disabled]')
  })

  it('is called through the server, whose answer tells what it said', async () => {
    const { ask } = open()
    const request = (json: object) => ask('POST', `${APPS}/request/my_app_id`, json)

    const posted = await request({
      route: 'echo',
      params: { a: [1] },
      userId: 'admin',
      options: { headers: { 'X-A': 'b' } },
    })
    expect(posted).toMatchObject({ status: 200, data: { status_code: 200, body: 'posted {"a":[1]}' } })
    expect((posted.data as { headers: object }).headers).toMatchObject({ 'X-Thing': ['one'] })
    expect(real.last.headers).toMatchObject({ 'authorization-app-api': btoa('admin:12345'), 'x-a': 'b' })
    expect(real.last.headers['aa-request-id']).toMatch(/^\w{20}$/)

    const params = { a: true, b: [1, 'x y'], c: null, d: false }
    expect((await request({ route: '/echo', method: 'GET', params })).data).toMatchObject({
      body: 'got /echo?a=1&b%5B0%5D=1&b%5B1%5D=x+y&d=0',
    })
    expect((await request({ route: 'broken' })).data).toMatchObject({ status_code: 500, body: 'oh no' })
    expect(await request({ route: 'echo', method: 'PATCH' })).toMatchObject({
      status: 400,
      data: { error: 'Bad HTTP method' },
    })
    expect((await request({ route: 'slow', options: { timeout: 0.05 } })).data).toMatchObject({
      error: expect.stringMatching(/^cURL error 28: Operation timed out after \d+ milliseconds with 0 bytes received/),
    })
  })

  it('is named where there is none of that id', async () => {
    const { ask } = open()
    const missing = { status: 200, data: { error: 'ExApp `nope` not found' } }
    expect(await ask('POST', `${APPS}/request/nope`, { route: 'echo' })).toMatchObject(missing)
    expect(await ask('POST', `${APPS}/request/nope/%7B$userId%7D`, { route: 'echo' })).toMatchObject(missing)
    expect((await ask('POST', `${APPS}/request/nope/alice`, { route: 'echo' })).message).toMatch(/^Invalid query/)
  })
})
