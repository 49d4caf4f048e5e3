import { describe, expect, it } from 'vitest'
import { encodeJson, encodeXml } from '#line/encode.ts'
import type { Exchange } from '#verify/exchange.ts'
import { Redactor } from '#verify/redact.ts'

const PASSWORD = 'Str0ng/päss "word"'
const META = { status: 'ok', statuscode: 200, message: 'OK' }

function exchange(body: string, extra: { path?: string; headers?: [string, string][] } = {}): Exchange {
  return {
    request: { as: 'user', version: 2, format: 'json', method: 'GET', path: extra.path ?? '/cloud/user', query: '' },
    answer: { status: 200, headers: extra.headers ?? [], body },
  }
}

function redactAll(...exchanges: readonly Exchange[]): string {
  const redactor = new Redactor({ base: 'https://cloud.intern.firma.de:8443/nextcloud', secrets: [PASSWORD] })
  for (const one of exchanges) redactor.learn(one)
  return JSON.stringify(exchanges.map((one) => redactor.redact(one)))
}

describe('what reaches a disk', () => {
  const data = {
    token: 'aB3dE6gH9jK2mN5',
    link: 'https://cloud.intern.firma.de:8443/nextcloud/s/aB3dE6gH9jK2mN5',
    email: 'alice.smith@firma.de',
    cloudId: 'alice@cloud.intern.firma.de:8443',
    note: `the password is ${PASSWORD}, ask alice.smith@firma.de or https://wiki.firma.de/x`,
    apppassword: 'short',
    storageLocation: '/mnt/very-private/data/alice',
    docs: 'https://docs.nextcloud.com/x',
  }
  const secrets = ['aB3dE6gH9jK2mN5', 'firma.de', 'alice.smith', 'short', 'very-private', 'Str0ng', 'c2Vzc2lvbg']
  const cookies: [string, string][] = [
    ['Set-Cookie', 'nc_session=c2Vzc2lvbg; path=/'],
    ['Content-Type', 'application/json'],
    ['X-Request-Id', 'c2Vzc2lvbg'],
  ]

  it('has no secret of a JSON answer', () => {
    const text = redactAll(exchange(encodeJson(META, data), { headers: cookies }))
    for (const secret of secrets) expect(text).not.toContain(secret)
    expect(text).toContain('content-type')
    expect(text).toContain('docs.nextcloud.com')
  })

  it('has no secret of an XML answer', () => {
    const text = redactAll(exchange(encodeXml(META, data), { headers: cookies }))
    for (const secret of secrets) expect(text).not.toContain(secret)
  })

  it('has no token in a path, though another answer named it', () => {
    const text = redactAll(
      exchange(encodeJson(META, []), { path: '/apps/x/aB3dE6gH9jK2mN5' }),
      exchange(encodeJson(META, data)),
    )
    expect(text).not.toContain('aB3dE6gH9jK2mN5')
  })

  it('keeps JSON and XML readable', () => {
    const redactor = new Redactor({ base: 'https://cloud.intern.firma.de', secrets: [PASSWORD] })
    const json = exchange(encodeJson(META, data))
    redactor.learn(json)
    const body = JSON.parse(String(redactor.redact(json).answer.body)) as { ocs: { data: typeof data } }
    expect(body.ocs.data).toMatchObject({
      token: 'redacted',
      link: 'https://cloud.example.com:8443/nextcloud/s/redacted',
      email: 'someone1@example.org',
      storageLocation: '/srv/data/alice',
    })
  })

  it('calls the same address the same everywhere', () => {
    const text = redactAll(exchange(encodeJson(META, ['a@b.de', 'c@d.de', 'A@b.de'])))
    expect(text.match(/someone\d@example\.org/g)).toEqual([
      'someone1@example.org',
      'someone2@example.org',
      'someone1@example.org',
    ])
  })

  it('leaves versions, sizes and ids alone', () => {
    const plain = { version: '34.0.1.2', size: 12345678, id: 'admin', path: '/Documents/a.md', color: '#0082c9' }
    const body = encodeJson(META, plain)
    const redactor = new Redactor({ base: 'http://127.0.0.1:8080', secrets: [] })
    expect(redactor.redact(exchange(body)).answer.body).toBe(body)
  })
})
