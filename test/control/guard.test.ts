import { describe, expect, it } from 'vitest'
import { ControlledMock, type ControlOptions } from '#control/controlled-mock.ts'
import type { GuardOptions } from '#control/guard.ts'
import { createOcsMock } from '#index.ts'
import { callOf } from './support.ts'

interface Asked {
  readonly host?: string
  readonly headers?: Record<string, string>
  readonly path?: string
  readonly method?: string
}

/** What a server with these options answers a caller who reaches it by this name. */
async function answered(options: ControlOptions & GuardOptions, asked: Asked = {}) {
  const { host = '127.0.0.1:8080', headers = {}, path = '/__admin/state', method = 'GET' } = asked
  const call = { ...callOf(method, path, { headers: { host, ...headers } }), origin: `http://${host}` }
  return new ControlledMock(createOcsMock(), options).handle(call)
}

const statusOf = async (options: ControlOptions & GuardOptions, asked?: Asked) =>
  (await answered(options, asked)).status

describe('the control API', () => {
  it.each(['localhost:8080', '127.0.0.1', '127.1.2.3:80', '[::1]:8080', 'fake.localhost:8080'])(
    'may be used on loopback, as %s',
    async (host) => {
      expect(await statusOf({}, { host })).toBe(200)
    },
  )

  it.each([
    'evil.example',
    'evil.example:8080',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.5',
    '',
    'a b',
    '<b>',
  ])('may not be used by another name, whose resolver may lie: %j', async (host) => {
    const { status, body } = await answered({}, { host })
    expect(status).toBe(403)
    expect(JSON.parse(String(body)).error).toContain('--base-url')
  })

  it('may be used by the name that it listens on, and by that of links', async () => {
    expect(await statusOf({ host: 'fake.internal' }, { host: 'fake.internal:8080' })).toBe(200)
    expect(await statusOf({ baseUrl: 'https://cloud.example.com/nc' }, { host: 'cloud.example.com' })).toBe(200)
    expect(await statusOf({ baseUrl: 'https://cloud.example.com' }, { host: 'cloud.example.org' })).toBe(403)
  })

  it('may be used by every address where it listens on all, and by no name', async () => {
    for (const host of ['0.0.0.0', '::']) {
      expect(await statusOf({ host }, { host: '192.168.1.7:8080' })).toBe(200)
      expect(await statusOf({ host }, { host: 'evil.example:8080' })).toBe(403)
    }
  })

  it.each(['/__admin/reset', '/w/one/__admin/reset', '/__admin/no-such-call'])(
    'may not be used by pages of another origin: POST %s',
    async (path) => {
      for (const origin of ['https://evil.example', 'http://localhost:5173', 'null']) {
        const asked = { path, method: 'POST', headers: { origin, 'content-type': 'text/plain' } }
        expect(await statusOf({ cors: ['*', origin] }, asked)).toBe(403)
      }
      expect(await statusOf({}, { path, method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } })).toBe(403)
    },
  )

  it('may be used by its own page', async () => {
    const headers = { origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-origin' }
    for (const path of ['/__admin/reset', '/w/one/__admin/reset'])
      expect(await statusOf({}, { path, method: 'POST', headers })).toBe(200)
    const behind = { host: 'localhost:8080', headers: { origin: 'https://cloud.example.com' } }
    expect(await statusOf({ baseUrl: 'https://cloud.example.com/nc' }, behind)).toBe(200)
  })

  it('is shown in no frame of another page, and included by none', async () => {
    for (const [path, accept] of [
      ['/__admin/', 'text/html'],
      ['/__admin/state', ''],
    ] as const) {
      const { headers } = await answered({}, { path, headers: { accept } })
      const named = new Map(headers)
      expect(named.get('Content-Security-Policy')).toContain("frame-ancestors 'none'")
      expect(named.get('Cross-Origin-Resource-Policy')).toBe('same-origin')
      expect(named.get('X-Content-Type-Options')).toBe('nosniff')
    }
  })
})

describe('with a token, the control API', () => {
  const options = { adminToken: 'a long secret' }

  it('wants it', async () => {
    expect(await statusOf(options)).toBe(401)
    expect(await statusOf(options, { headers: { authorization: 'Bearer another' } })).toBe(401)
    expect(await statusOf(options, { path: '/__admin/state?token=another' })).toBe(401)
    expect(await statusOf(options, { headers: { authorization: 'Bearer a long secret' } })).toBe(200)
    expect(await statusOf(options, { path: '/w/one/__admin/health' })).toBe(401)
  })

  it('gives a browser a cookie for it, which it sends to no other site', async () => {
    const { status, headers } = await answered(options, { path: '/__admin/?token=a+long+secret' })
    expect(status).toBe(200)
    const cookie = new Map(headers).get('Set-Cookie')!
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict$/)
    expect(cookie).not.toContain('secret')
    expect(await statusOf(options, { headers: { cookie: cookie.split(';')[0]! } })).toBe(200)
    expect(
      new Map((await answered(options, { headers: { authorization: 'Bearer a long secret' } })).headers).has(
        'Set-Cookie',
      ),
    ).toBe(false)
  })

  it('leaves the faked product alone', async () => {
    expect(await statusOf(options, { path: '/status.php', host: 'anything.example' })).toBe(200)
  })
})

describe('pages of another origin', () => {
  const origin = 'http://localhost:5173'
  const question = {
    method: 'OPTIONS',
    path: '/ocs/v2.php/cloud/capabilities',
    headers: {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization,ocs-apirequest',
    },
  }

  it('may not use the faked product, as the real one', async () => {
    const { status, headers } = await answered({}, question)
    expect(status).toBe(405)
    expect(headers.some(([name]) => /^access-control/i.test(name))).toBe(false)
  })

  it('may use it where they are allowed, with the headers that OCS needs', async () => {
    const { status, headers } = await answered({ cors: [origin] }, question)
    expect(status).toBe(204)
    expect(Object.fromEntries(headers)).toMatchObject({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Headers': 'authorization,ocs-apirequest',
    })
    const answer = await answered({ cors: [origin] }, { path: '/status.php', headers: { origin } })
    const allowed = answer.headers.filter(([name]) => name.toLowerCase() === 'access-control-allow-origin')
    expect(allowed).toEqual([['Access-Control-Allow-Origin', origin]])
    expect(new Map(answer.headers).get('Vary')).toBe('Origin')
  })

  it('of which others are allowed may not', async () => {
    const asked = { ...question, headers: { ...question.headers, origin: 'http://localhost:5174' } }
    expect(await statusOf({ cors: [origin] }, asked)).toBe(405)
    const { headers } = await answered({ cors: [origin] }, { path: question.path, headers: { origin: 'null' } })
    expect(headers.some(([name]) => /^access-control/i.test(name))).toBe(false)
  })

  it('may all, without what the browser knows, where any is allowed', async () => {
    const { headers } = await answered({ cors: ['*'] }, { path: '/status.php', headers: { origin } })
    expect(new Map(headers).get('Access-Control-Allow-Origin')).toBe('*')
    expect(new Map(headers).has('Access-Control-Allow-Credentials')).toBe(false)
  })
})
