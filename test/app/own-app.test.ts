/** An app of one's own, from outside of the project: it is everywhere where the apps that ship are. */
import { readFileSync } from 'node:fs'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openApiDocument } from '#adapters/openapi.ts'
import { compose } from '#compose.ts'
import { createOcsMock } from '#index.ts'
import { type OcsMockServer, serve } from '#server.ts'
import { verify } from '#verify/verify.ts'
import { app } from '../../examples/own-app/bookmarks_lite/app.ts'

const SEED = {
  users: [
    { id: 'alice', password: 'alice' },
    { id: 'bob', password: 'bob' },
  ],
  bookmarks: [{ user: 'alice', url: 'https://example.com/first' }],
}
const PATH = '/apps/bookmarks_lite/bookmarks'
const ADMIN = { user: 'admin', password: 'admin' }

type Fetch = (path: string, init?: RequestInit) => Promise<Response>

/** Ask as an account, in JSON. */
async function ask(fetch: Fetch, as: string, method: string, path: string, body?: object, headers = {}) {
  const response = await fetch(path.startsWith('/index.php') ? path : `/ocs/v2.php${path}`, {
    method,
    headers: {
      Authorization: `Basic ${btoa(`${as}:${as}`)}`,
      'OCS-APIRequest': 'true',
      Accept: 'application/json',
      ...(body ? { 'Content-Type': 'application/json' } : {}),
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  const json = text === '' ? null : JSON.parse(text)
  return { status: response.status, data: json?.ocs?.data ?? json, headers: response.headers }
}

const FIRST = { id: 1, url: 'https://example.com/first', title: 'https://example.com/first' }
const urls = ({ data }: { data: unknown }) => (data as { url: string }[]).map(({ url }) => url)

describe('in a mock', () => {
  const ocs = createOcsMock({ apps: [app], seed: SEED })
  const fetch: Fetch = (path, init) => ocs.fetch(`http://cloud${path}`, init)
  beforeEach(() => ocs.reset())

  it('lists, creates and deletes, for each account its own', async () => {
    expect((await ask(fetch, 'alice', 'GET', PATH)).data).toMatchObject([FIRST])
    const created = await ask(fetch, 'alice', 'POST', PATH, { url: 'https://example.com/2', title: 'Second' })
    expect(created).toMatchObject({ status: 200, data: { id: 2, title: 'Second' } })
    expect((await ask(fetch, 'alice', 'POST', PATH, { url: 'nowhere' })).status).toBe(400)
    expect((await ask(fetch, 'bob', 'GET', PATH)).data).toEqual([])
    expect((await ask(fetch, 'bob', 'DELETE', `${PATH}/2`)).status).toBe(404)
    expect((await ask(fetch, 'alice', 'DELETE', `${PATH}/2`)).status).toBe(200)
    expect((await ask(fetch, 'alice', 'GET', PATH)).data).toMatchObject([FIRST])
  })

  it('is in the capabilities and in the list of apps', async () => {
    const { data } = await ask(fetch, 'alice', 'GET', '/cloud/capabilities')
    expect(data.capabilities.bookmarks_lite).toEqual({ version: 1, features: ['export'] })
    expect((await ask(fetch, 'admin', 'GET', '/cloud/apps?filter=enabled')).data.apps).toContain('bookmarks_lite')
    const { data: info } = await ask(fetch, 'admin', 'GET', '/cloud/apps/bookmarks_lite')
    expect(info).toMatchObject({ id: 'bookmarks_lite', name: 'Bookmarks lite', summary: 'Keeps addresses' })
  })

  it('answers pages, in plain JSON and with the envelope of v1', async () => {
    const page = await ask(fetch, 'alice', 'GET', '/index.php/apps/bookmarks_lite/export')
    expect(page.data).toMatchObject({ owner: 'alice', bookmarks: [FIRST] })
    const etag = page.headers.get('etag')!
    const again = await ask(fetch, 'alice', 'GET', '/index.php/apps/bookmarks_lite/export', undefined, {
      'If-None-Match': etag,
    })
    expect(again.status).toBe(304)
    const count = await fetch('/index.php/apps/bookmarks_lite/count?format=json', {
      headers: { Authorization: `Basic ${btoa('alice:alice')}`, 'OCS-APIRequest': 'true' },
    })
    expect(await count.json()).toMatchObject({ ocs: { meta: { statuscode: 100 }, data: { count: 1 } } })
  })

  it('has commands, and is disabled by one', async () => {
    expect((await ocs.occ('list')).stdout).toMatch(/bookmarks_lite\n\s+bookmarks_lite:add .*\n\s+bookmarks_lite:list /)
    expect((await ocs.occ('bookmarks_lite:list alice')).stdout).toBe('  - 1: https://example.com/first\n')
    expect(await ocs.occ('bookmarks_lite:add nobody https://example.com')).toMatchObject({ exitCode: 1 })
    await ocs.occ('app:disable bookmarks_lite')
    const off = await ocs.fetch(`http://cloud/ocs/v1.php${PATH}?format=json`, {
      headers: { Authorization: `Basic ${btoa('alice:alice')}`, 'OCS-APIRequest': 'true' },
    })
    expect(await off.json()).toMatchObject({ ocs: { meta: { statuscode: 998 } } })
    expect((await fetch('/index.php/apps/bookmarks_lite/export')).status).toBe(404)
    expect((await ask(fetch, 'alice', 'GET', '/cloud/capabilities')).data.capabilities.bookmarks_lite).toBeUndefined()
    expect((await ocs.occ('list')).stdout).not.toContain('bookmarks_lite')
    await ocs.occ('app:enable bookmarks_lite')
    expect((await ask(fetch, 'alice', 'GET', PATH)).data).toMatchObject([FIRST])
  })

  it('tells accounts what others gave them, as long as it is there', async () => {
    const notes = async () => (await ask(fetch, 'bob', 'GET', '/apps/notifications/api/v2/notifications')).data
    await ask(fetch, 'bob', 'POST', PATH, { url: 'https://example.com/own' })
    await ocs.occ(['bookmarks_lite:add', 'bob', 'https://example.com/x', '--title', 'For you'])
    expect(await notes()).toMatchObject([
      { app: 'bookmarks_lite', subject: 'You got the bookmark "For you"', link: 'https://example.com/x' },
    ])
    await ask(fetch, 'bob', 'DELETE', `${PATH}/3`)
    expect((await ask(fetch, 'bob', 'GET', '/apps/notifications/api/v2/notifications')).data ?? []).toEqual([])
  })

  it('follows what happens to accounts', async () => {
    await ocs.occ('user:delete alice')
    expect(ocs.world.dump().tables.bookmarks_lite).toBeUndefined()
  })

  it('is in dumps, forks and resets', async () => {
    await ask(fetch, 'alice', 'POST', PATH, { url: 'https://example.com/2' })
    const dump = ocs.world.dump()
    expect(Object.keys(dump.tables.bookmarks_lite!)).toEqual(['1', '2'])
    const other = ocs.fork()
    other.world.load(structuredClone(dump))
    await ask(fetch, 'alice', 'DELETE', `${PATH}/1`)
    const otherFetch: Fetch = (path, init) => other.fetch(`http://cloud${path}`, init)
    expect(urls(await ask(otherFetch, 'alice', 'GET', PATH))).toEqual([FIRST.url, 'https://example.com/2'])
    ocs.reset()
    expect(urls(await ask(fetch, 'alice', 'GET', PATH))).toEqual([FIRST.url])
  })

  it('takes seeds and scenarios, and names the place of a mistake', async () => {
    const wrong = (bookmarks: { user: string; url: string }[]) => () => ocs.reset({ bookmarks })
    expect(wrong([{ user: 'nobody', url: 'https://example.com' }])).toThrow(
      'Failed to seed bookmarks[0].user: there is no account "nobody".',
    )
    expect(wrong([{ user: 'alice', url: 'x' }])).toThrow('Failed to seed bookmarks[0].url: "x" is no address.')
    await ocs.scenario.start({
      steps: [{ when: 'advanced', addBookmark: { user: 'bob', url: 'https://example.com/s' } }],
    })
    expect((await ask(fetch, 'bob', 'GET', PATH)).data).toEqual([])
    await ocs.scenario.advance()
    expect(urls(await ask(fetch, 'bob', 'GET', PATH))).toEqual(['https://example.com/s'])
  })

  it('is intercepted', async () => {
    const server = setupServer(...ocs.handlers)
    server.listen({ onUnhandledRequest: 'error' })
    try {
      const there: Fetch = (path, init) => globalThis.fetch(`https://cloud.example.com${path}`, init)
      expect((await ask(there, 'alice', 'GET', PATH)).data).toMatchObject([FIRST])
      expect((await ask(there, 'alice', 'GET', '/index.php/apps/bookmarks_lite/export')).status).toBe(200)
    } finally {
      server.close()
    }
  })

  it('is in the OpenAPI document', async () => {
    const { catalogue } = compose([app])
    const { paths, components } = openApiDocument(await catalogue.loadAll(), ocs.profile) as {
      paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>
      components: { schemas: Record<string, unknown> }
    }
    expect(paths[`/ocs/v2.php${PATH}`]!.get!.operationId).toBe('bookmarks_lite-bookmarks-list.v2')
    expect(paths[`/ocs/v1.php${PATH}/{id}`]!.delete!.operationId).toBe('bookmarks_lite-bookmarks-delete.v1')
    expect(paths['/index.php/apps/bookmarks_lite/export']!.get!.operationId).toBe('bookmarks_lite-page-export')
    expect(components.schemas['bookmarks_lite-bookmarks-create']).toMatchObject({ type: 'object' })
  })
})

describe('on a server', () => {
  let server: OcsMockServer
  beforeAll(async () => {
    server = await serve({ port: 0, apps: [app], seed: SEED })
  })
  afterAll(() => server.close())
  const fetch: Fetch = (path, init) => globalThis.fetch(server.url + path, init)
  const control = async (method: string, path: string, body?: unknown, world = '') => {
    const headers: Record<string, string> = world === '' ? {} : { 'X-OCS-Mock-World': world }
    const init = body === undefined ? {} : { body: JSON.stringify(body) }
    return (await fetch(`/__admin${path}`, { method, headers, ...init })).json()
  }

  it('is in snapshots and in worlds of their own', async () => {
    await control('POST', '/snapshots/before')
    await ask(fetch, 'alice', 'POST', PATH, { url: 'https://example.com/2' })
    const inWorld = async (world: string) =>
      urls(await ask(fetch, 'alice', 'GET', PATH, undefined, { 'X-OCS-Mock-World': world }))
    expect(await inWorld('one')).toEqual([FIRST.url])
    expect(await inWorld('')).toHaveLength(2)
    await control('POST', '/snapshots/before/restore')
    expect(await inWorld('')).toEqual([FIRST.url])
  })

  it('is in the numbers of the dashboard', async () => {
    expect((await control('GET', '/summary')).ownApps).toEqual([
      {
        id: 'bookmarks_lite',
        name: 'Bookmarks lite',
        version: '1.0.0',
        enabled: true,
        operations: [
          'GET /apps/bookmarks_lite/bookmarks',
          'POST /apps/bookmarks_lite/bookmarks',
          'DELETE /apps/bookmarks_lite/bookmarks/{id}',
          'GET /index.php/apps/bookmarks_lite/export',
          'GET /index.php/apps/bookmarks_lite/count',
        ],
        tables: { bookmarks_lite: 1 },
      },
    ])
  })

  it('is driven by the console of the control API', async () => {
    const { stdout } = await control('POST', '/occ', { args: ['bookmarks_lite:list', 'alice'] })
    expect(stdout).toBe('  - 1: https://example.com/first\n')
  })

  it('is judged, in what it answers and in what it changes', async () => {
    const { catalogue, addedApps } = compose([app])
    const options = { url: server.url, catalogue, apps: addedApps, only: /^bookmarks_lite$/ }
    const verification = await verify({ ...options, logins: [ADMIN, { user: 'bob', password: 'bob' }], write: true })
    expect(verification.findings).toEqual([])
    expect(verification.notes).toEqual([])
    const verdicts = verification.operations.map(({ operation, verdict }) => [operation, verdict])
    expect(Object.fromEntries(verdicts)).toMatchObject({
      'bookmarks_lite-bookmarks-list': 'conforms',
      'bookmarks_lite-bookmarks-create': 'conforms',
      'bookmarks_lite-bookmarks-delete': 'conforms',
      'bookmarks_lite-page-export': 'conforms',
      'bookmarks_lite-page-count': 'conforms',
    })
  })

  it('is found by those who are no administrators, and left alone where it is not', async () => {
    const { catalogue, addedApps } = compose([app])
    const options = { catalogue, apps: addedApps, only: /^bookmarks_lite$/, logins: [{ user: 'bob', password: 'bob' }] }
    const found = await verify({ ...options, url: server.url })
    expect(found.operations.find(({ operation }) => operation === 'bookmarks_lite-page-export')!.verdict).toBe(
      'conforms',
    )
    const without = await serve({ port: 0, seed: { users: SEED.users } })
    try {
      const { operations, findings } = await verify({ ...options, url: without.url })
      expect(findings).toEqual([])
      expect(operations.find(({ operation }) => operation === 'bookmarks_lite-page-export')).toMatchObject({
        verdict: 'skipped',
        reason: 'the app bookmarks_lite is not enabled there',
      })
    } finally {
      await without.close()
    }
  })
})

it('imports nothing but the package and its own files', () => {
  const folder = new URL('../../examples/own-app/bookmarks_lite/', import.meta.url)
  const files = [
    'app',
    'bookmarks',
    'capabilities',
    'notifications',
    'occ',
    'pages',
    'scenario-actions',
    'seed',
    'state',
    'stories',
  ]
  for (const file of files) {
    const text = readFileSync(new URL(`${file}.ts`, folder), 'utf8')
    const imported = [...text.matchAll(/from '([^']+)'/g)].map(([, name]) => name!)
    expect(imported.filter((name) => name !== 'ocs-mock' && !name.startsWith('./'))).toEqual([])
  }
})
