import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'
import { readRecording } from '#server.ts'
import { authorizationOf, httpRequestOf } from '#verify/exchange.ts'
import { exchangesOf, type RecordedCase, type Recording, targetOfRecording } from '#verify/recording.ts'
import { everyTransport } from '../support/ways.ts'

const REAL = readRecording(fileURLToPath(new URL('../../fixtures/recorded/nextcloud-34.0.1', import.meta.url)))

/** One request of a client with its answer. */
function seen(
  part: Partial<RecordedCase>,
  body: string,
  answer: Partial<RecordedCase['answers'][number]> = {},
): RecordedCase {
  return {
    operation: 'some-operation',
    app: 'core',
    kind: 'observed',
    as: 'user',
    account: 'alice',
    path: '/cloud/groups',
    query: '',
    answers: [
      {
        version: 2,
        format: 'json',
        status: 200,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body,
        ...answer,
      },
    ],
    ...part,
  }
}
const ok = (data: unknown) =>
  `{"ocs":{"meta":{"status":"ok","statuscode":200,"message":"OK"},"data":${JSON.stringify(data)}}}`
const recordingOf = (...cases: RecordedCase[]): Recording => ({ target: { ...REAL.target, accounts: [] }, cases })

const CLIENT = recordingOf(
  seen({}, ok({ groups: ['first'] })),
  seen(
    { method: 'POST', body: { type: 'application/x-www-form-urlencoded', text: 'groupid=new&password=redacted' } },
    ok([]),
  ),
  seen({}, ok({ groups: ['first', 'new'] })),
  seen({ query: 'search=f&limit=1' }, ok({ groups: ['f'] })),
  seen(
    { path: '/apps/notes/api/v1/note/redacted', account: 'bob' },
    ok({ link: 'http://cloud.example.com/s/1', to: 'someone1@example.org' }),
  ),
  seen({ as: 'anonymous', account: undefined as never, path: '/cloud/user' }, ok([]), { status: 401 }),
)

function headersFor(as: string, accept = 'application/json'): Record<string, string> {
  return { Authorization: `Basic ${btoa(as)}`, 'OCS-APIRequest': 'true', Accept: accept }
}
const V2 = '/ocs/v2.php'

everyTransport('a recording of a real server', { replay: REAL, notRecorded: 'fail', onNotBuilt: () => {} }, (way) => {
  it('comes back byte by byte, with the address that was asked in its links', async () => {
    const { accounts } = await targetOfRecording(REAL)
    const here = way.base().replace(/^https?:\/\//, '')
    const compared = REAL.cases.filter((_, i) => i % 7 === 0)
    for (const recorded of compared) {
      way.ocs.reset()
      for (const { request, answer } of exchangesOf(recorded)) {
        const { path, query, headers } = httpRequestOf(request)
        // Whoever had the wrong password in the recording is nobody that it knows.
        const login =
          request.as === 'wrong-password' ? `Basic ${btoa('nobody:wrong')}` : authorizationOf(request.as, accounts)
        const sent = { ...headers, ...(login === null ? {} : { Authorization: login }) }
        const got = await way.fetch(`${path}?${query}`, { headers: sent, redirect: 'manual' })
        const body = String(answer.body).replaceAll(
          /https?(:(?:\\?\/){2})cloud\.example\.com(?![\w.:-])/g,
          (_, slashes) => way.base().replace('://', slashes),
        )
        expect([path, query, request.as, got.status, await got.text()]).toEqual([
          path,
          query,
          request.as,
          answer.status,
          body,
        ])
        expect(got.headers.get('content-type')).toBe(
          answer.headers.find(([name]) => name === 'content-type')?.[1] ?? null,
        )
      }
    }
    expect(compared.length).toBeGreaterThan(20)
    expect(here).not.toBe('')
  })
})

everyTransport('a recording of a client', { replay: CLIENT, notRecorded: 'fail' }, (way) => {
  const ask = async (path: string, init: RequestInit & { as?: string } = {}) => {
    const { as = 'alice:any-password', ...rest } = init
    const answer = await way.fetch(V2 + path, { ...rest, headers: { ...headersFor(as), ...(rest.headers as object) } })
    return { status: answer.status, headers: answer.headers, ocs: JSON.parse(await answer.text()).ocs }
  }

  it('is answered in the order in which it was recorded, and the last answer stays', async () => {
    const groups = async () => (await ask('/cloud/groups')).ocs.data.groups
    expect([await groups(), await groups(), await groups()]).toEqual([['first'], ['first', 'new'], ['first', 'new']])
    way.ocs.reset()
    expect(await groups()).toEqual(['first'])
    expect(
      (await (await way.ocs.fork().fetch(`https://a.b${V2}/cloud/groups`, { headers: headersFor('alice:x') })).json())
        .ocs.data.groups,
    ).toEqual(['first'])
  })

  it('is found by what a request means: parameters in any order, as a form or as JSON, with any secret', async () => {
    expect((await ask('/cloud/groups?limit=1&format=json&search=f')).ocs.data).toEqual({ groups: ['f'] })
    const json = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"password":"a secret/1","groupid":"new"}',
    }
    expect((await ask('/cloud/groups', json)).status).toBe(200)
    expect((await ask('/apps/notes/api/v1/note/t0k3n', { as: 'bob:x' })).status).toBe(200)
  })

  it('names the address that was asked in its links', async () => {
    const { ocs } = await ask('/apps/notes/api/v1/note/t0k3n', { as: 'bob:x' })
    expect(ocs.data.link).toBe(`${way.base()}/s/1`)
  })

  it('is written in the variant that is asked for, where another one was recorded', async () => {
    const answer = await way.fetch('/ocs/v1.php/cloud/groups', { headers: headersFor('alice:x', 'application/xml') })
    expect(answer.headers.get('content-type')).toBe('application/xml; charset=utf-8')
    const text = await answer.text()
    expect(text).toContain('<statuscode>100</statuscode>')
    expect(text).toContain('<element>first</element>')
  })

  it.each([
    ['GET', '/cloud/groups?search=other', 'alice:x', 'Nearest is GET /cloud/groups as alice, with another query.'],
    ['GET', '/cloud/groups', 'carol:x', 'Nearest is GET /cloud/groups as alice, with another caller.'],
    ['DELETE', '/cloud/groups', 'alice:x', 'Nearest is GET /cloud/groups as alice, with another method.'],
    ['GET', '/cloud/groups/first', 'alice:x', 'Nearest is GET /cloud/groups as alice, with another path.'],
    ['GET', '/apps/other/x', 'alice:x', 'It has none for that address.'],
  ])('fails for %s %s of %s, and names the nearest that was recorded', async (method, path, as, words) => {
    const { status, headers, ocs } = await ask(path, { method, as })
    expect([status, headers.get('x-ocs-mock')]).toEqual([501, 'not-recorded'])
    expect(ocs.meta.message).toContain(words)
    expect(way.ocs.journal.entries.at(-1)).toMatchObject({ outcome: 'not-recorded', path: V2 + path.split('?')[0] })
  })

  it('says which server it was, and has no pages', async () => {
    expect(await (await way.fetch('/status.php')).json()).toMatchObject({
      productname: 'Nextcloud',
      versionstring: '34.0.1',
    })
    const page = await way.fetch('/remote.php/dav/files/alice/')
    expect([page.status, await page.text()]).toEqual([501, expect.stringContaining('has answers to OCS alone')])
  })
})

everyTransport(
  'a recording before the model',
  { replay: CLIENT, seed: { users: [{ id: 'alice', password: 'right', groups: ['staff'] }] } },
  (way) => {
    it('leaves everything else to the model', async () => {
      const groups = await way.fetch(`${V2}/cloud/groups`, { headers: headersFor('alice:right') })
      expect((await groups.json()).ocs.data.groups).toEqual(['first'])
      const me = await way.fetch(`${V2}/cloud/user`, { headers: headersFor('alice:right') })
      expect((await me.json()).ocs.data).toMatchObject({ id: 'alice', groups: ['staff'] })
      expect((await way.fetch('/status.php')).status).toBe(200)
    })

    it('lets nobody in whom the world knows by another password', async () => {
      const answer = await way.fetch(`${V2}/cloud/groups`, { headers: headersFor('alice:wrong') })
      expect(answer.status).toBe(401)
    })
  },
)

describe('a recording with a status that HTTP does not have', () => {
  it('is refused, and told which answer has it', () => {
    const [first] = CLIENT.cases
    const replay = recordingOf({ ...first!, answers: first!.answers.map((answer) => ({ ...answer, status: 997 })) })
    expect(() => createOcsMock({ replay })).toThrow(
      `an answer to ${first!.method ?? 'GET'} ${first!.path} has the status 997. Write one of HTTP`,
    )
  })
})

describe('a mock without a recording', () => {
  it('has no trace of it', async () => {
    expect(createOcsMock().instance.replay).toBeUndefined()
  })
})
