/** Endpoints below `index.php`, and conditional requests. */
import { describe, expect, it } from 'vitest'
import { createOcsMock, defineApp, defineEndpoint, defineRoute, p, s } from '#index.ts'

const base = { app: 'shelf', access: 'user', summary: 'A test', output: s.any() } as const
const pageOf = (envelope: false | 'v1') =>
  defineEndpoint({
    ...base,
    id: `shelf-page-${envelope}`,
    method: 'GET',
    path: `/index.php/apps/shelf/${envelope === false ? 'plain' : 'v1'}/{how}`,
    envelope,
    failures: { 404: 'no such book', 123: 'only ours', 996: 'broken' },
    handle: ({ input, ok, fail, crash }) => {
      if (input.how === 'crash') crash()
      if (input.how === 'tagged') return ok({ how: 'tagged' }, { etag: true })
      return input.how === 'ok' ? ok({ how: 'ok' }) : fail(Number(input.how) as 404)
    },
  })

const tagged = defineEndpoint({
  ...base,
  id: 'shelf-tagged',
  method: 'GET',
  path: '/apps/shelf/tagged',
  input: { title: p.string().default('one') },
  handle: ({ input, ok }) => ok([input.title], { etag: true }),
})

const upload = defineRoute({
  id: 'shelf-upload',
  app: 'shelf',
  methods: ['PUT'],
  path: '/index.php/apps/shelf/plain/{how}',
  identify: false,
  summary: 'The same path for another method',
  handle: () => ({ status: 201, headers: [], body: '' }),
})

const ocs = createOcsMock({
  apps: [defineApp('shelf', { endpoints: [pageOf(false), pageOf('v1'), tagged], routes: [upload] })],
})

const ADMIN = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' }
async function ask(path: string, headers: Record<string, string> = ADMIN, method = 'GET') {
  const response = await ocs.fetch(`http://cloud${path}`, { method, headers })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

describe('an endpoint below index.php without an envelope', () => {
  it.each([
    ['ok', 200, '{"how":"ok"}'],
    ['404', 404, '{"message":"no such book"}'],
    ['123', 400, '{"message":"only ours"}'],
    ['996', 500, '{"message":"broken"}'],
  ])('answers %s with the status of HTTP', async (how, status, text) => {
    expect(await ask(`/index.php/apps/shelf/plain/${how}`)).toMatchObject({ status, text })
  })

  it('tells who may not in JSON, and sends browsers to the login', async () => {
    const nobody = await ask('/index.php/apps/shelf/plain/ok', {})
    expect(nobody).toMatchObject({ status: 401, text: '{"message":"Current user is not logged in"}' })
    const browser = await ask('/index.php/apps/shelf/plain/ok', { Accept: 'text/html' })
    expect([browser.status, browser.headers.get('location')]).toEqual([
      303,
      expect.stringContaining('/index.php/login?redirect_url='),
    ])
    const wrong = await ask('/index.php/apps/shelf/plain/ok', { Authorization: `Basic ${btoa('admin:no')}` })
    expect(wrong).toMatchObject({ status: 401, text: '{"message":""}' })
    const forged = await ask('/index.php/apps/shelf/plain/ok', { Authorization: ADMIN.Authorization })
    expect(forged).toMatchObject({ status: 412, text: '{"message":"CSRF check failed"}' })
  })

  it('answers a crash with a page', async () => {
    const { status, headers } = await ask('/index.php/apps/shelf/plain/crash')
    expect([status, headers.get('content-type')]).toEqual([500, 'text/html; charset=UTF-8'])
  })

  it('leaves other methods to routes, and refuses them where there are none', async () => {
    expect((await ask('/index.php/apps/shelf/plain/ok', ADMIN, 'PUT')).status).toBe(201)
    expect(await ask('/index.php/apps/shelf/v1/ok', ADMIN, 'PUT')).toMatchObject({ status: 405, text: '' })
    expect((await ask('/index.php/apps/shelf/nothing')).status).toBe(404)
  })

  it('is closed under maintenance, as pages are', async () => {
    await ocs.occ('maintenance:mode --on')
    const { status, headers } = await ask('/index.php/apps/shelf/plain/ok')
    expect([status, headers.get('retry-after')]).toEqual([503, '120'])
    ocs.reset()
  })
})

describe('an endpoint below index.php with the envelope of v1', () => {
  it.each([
    ['ok', 200, 100, 'OK'],
    ['404', 200, 404, 'no such book'],
  ])('answers %s', async (how, status, statuscode, message) => {
    const answer = await ask(`/index.php/apps/shelf/v1/${how}?format=json`)
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.text).ocs.meta).toMatchObject({ statuscode, message })
    expect((await ask(`/index.php/apps/shelf/v1/${how}`)).text).toMatch(/^<\?xml/)
  })
})

describe('an ETag that is made of the data', () => {
  it.each(['/ocs/v2.php/apps/shelf/tagged?format=json', '/index.php/apps/shelf/plain/tagged'])(
    'lets %s be asked on a condition',
    async (path) => {
      const first = await ask(path)
      const etag = first.headers.get('etag')!
      expect(etag).toMatch(/^"[0-9a-f]{32}"$/)
      expect((await ask(path)).headers.get('etag')).toBe(etag)
      const again = await ask(path, { ...ADMIN, 'If-None-Match': etag })
      expect(again).toMatchObject({ status: 304, text: '' })
      expect((await ask(path, { ...ADMIN, 'If-None-Match': '"another"' })).status).toBe(200)
    },
  )

  it('is another one for other data', async () => {
    const tags = await Promise.all(
      ['one', 'two'].map(async (title) =>
        (await ask(`/ocs/v2.php/apps/shelf/tagged?title=${title}`)).headers.get('etag'),
      ),
    )
    expect(new Set(tags).size).toBe(2)
  })
})
