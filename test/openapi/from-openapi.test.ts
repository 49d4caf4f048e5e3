import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#core.ts'
import { fits } from '#lib/schema.ts'
import type { OcsMock } from '#mock.ts'
import { fromOpenApi } from '#openapi/from-openapi.ts'
import { SHELF_DOCUMENT } from './shelf.ts'

const SHELVES = '/ocs/v2.php/apps/bookshelf/api/v1/shelves'
const USERS = [
  { id: 'alice', password: 'alice', displayName: 'Alice' },
  { id: 'bob', password: 'bob' },
]

const mockOf = (seed: object = {}, options: object = {}) =>
  createOcsMock({ apps: [fromOpenApi(SHELF_DOCUMENT, options)], seed: { users: USERS, ...seed } as never })

interface Asked {
  readonly status: number
  readonly meta: { readonly statuscode: number; readonly message: string }
  readonly data: unknown
  readonly text: string
}

function asking(ocs: OcsMock, user: string | null) {
  return async (method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Asked> => {
    const response = await ocs.fetch(`http://cloud${path}`, {
      method,
      headers: {
        'OCS-APIRequest': 'true',
        Accept: 'application/json',
        ...(user === null ? {} : { Authorization: `Basic ${btoa(`${user}:${user}`)}` }),
        ...(body ? { 'Content-Type': 'application/json' } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    const { meta, data } = /^\{"ocs"/.test(text) ? JSON.parse(text).ocs : { meta: undefined, data: undefined }
    return { status: response.status, meta, data, text }
  }
}

describe("an app of somebody else's openapi.json", () => {
  it('is installed as every other app, and can be disabled', async () => {
    const ocs = mockOf()
    expect((await ocs.occ('app:list --output=json')).stdout).toContain('"bookshelf":"2.1.0"')
    const alice = asking(ocs, 'alice')
    expect((await alice('GET', SHELVES)).data).toEqual([])
    await ocs.occ('app:disable bookshelf')
    expect((await alice('GET', SHELVES)).meta).toMatchObject({ statuscode: 998 })
  })

  it('keeps what is created: listed, found, changed and gone', async () => {
    const ocs = mockOf({ clock: { now: '2026-02-03T04:05:06Z' } })
    const alice = asking(ocs, 'alice')
    const made = await alice('POST', SHELVES, { title: 'Travel' })
    const now = Date.UTC(2026, 1, 3, 4, 5, 6) / 1000
    const shelf = { id: 1, title: 'Travel', colour: null, ownerId: 'alice', created: now, lastModified: now }
    const whole = { ...shelf, isPublic: false, books: [], place: { room: '', height: 0 }, view: 'spines' }
    expect([made.status, made.data]).toEqual([201, whole])
    expect((await alice('GET', SHELVES)).data).toEqual([whole])
    ocs.world.clock.advance(60_000)
    expect((await alice('PATCH', `${SHELVES}/1`, { keyValuePairs: { title: 'Far away' } })).data).toBe(1)
    expect((await alice('GET', `${SHELVES}/1`)).data).toEqual({ ...whole, title: 'Far away', lastModified: now + 60 })
    expect((await alice('DELETE', `${SHELVES}/1`)).data).toBe(1)
    const gone = await alice('GET', `${SHELVES}/1`)
    expect([gone.status, gone.meta.message]).toEqual([404, 'There is no such shelf'])
    expect((await alice('POST', SHELVES, { title: 'Next' })).data).toMatchObject({ id: 2 })
  })

  it('keeps what lies in it below it, and takes it along', async () => {
    const ocs = mockOf()
    const alice = asking(ocs, 'alice')
    for (const title of ['One', 'Two']) await alice('POST', SHELVES, { title })
    await alice('POST', `${SHELVES}/2/books`, { title: 'Elsewhere' })
    const book = (await alice('POST', `${SHELVES}/1/books`, { title: 'Iliad' })).data
    expect(book).toEqual({ id: 2, shelfId: 1, title: 'Iliad', isbn: null, order: 1 })
    expect((await alice('GET', `${SHELVES}/1/books`)).data).toEqual([book])
    expect((await alice('GET', `${SHELVES}/1`)).data).toMatchObject({ books: [book] })
    expect((await alice('PUT', `${SHELVES}/2/books/2`, { title: 'x' })).status).toBe(404)
    expect((await alice('PUT', `${SHELVES}/1/books/2`, { title: 'Odyssey' })).data).toMatchObject({ title: 'Odyssey' })
    await alice('DELETE', `${SHELVES}/1`)
    expect((await alice('GET', `${SHELVES}/1/books`)).status).toBe(404)
    expect(Object.keys(ocs.world.dump().tables.bookshelf!)).toEqual(['shelves/2', 'books/1'])
  })

  it('belongs to who made it', async () => {
    const ocs = mockOf()
    await asking(ocs, 'alice')('POST', SHELVES, { title: 'Mine' })
    const bob = asking(ocs, 'bob')
    expect((await bob('GET', SHELVES)).data).toEqual([])
    expect((await bob('GET', `${SHELVES}/1`)).status).toBe(403)
    expect((await bob('DELETE', `${SHELVES}/1`)).status).toBe(403)
    expect((await asking(ocs, 'alice')('GET', SHELVES)).data).toHaveLength(1)
  })

  it('refuses as the product does: without a login, without the header, without a right, with the wrong kind', async () => {
    const ocs = mockOf()
    expect((await asking(ocs, null)('GET', SHELVES)).status).toBe(401)
    const alice = asking(ocs, 'alice')
    expect((await alice('GET', SHELVES, undefined, { 'OCS-APIRequest': '' })).status).toBe(412)
    expect((await alice('GET', '/ocs/v2.php/apps/bookshelf/api/v1/statistics')).status).toBe(403)
    expect((await alice('POST', SHELVES, {})).status).toBe(400)
    const wrong = await alice('POST', SHELVES, { title: 'x', view: 'upside-down' })
    expect([wrong.status, wrong.meta.message]).toEqual([400, 'This is no view'])
    const order = await alice('GET', `${SHELVES}?sort=colour`)
    expect([order.status, order.meta.message]).toEqual([400, 'No such order'])
    expect((await asking(ocs, null)('GET', '/ocs/v2.php/apps/bookshelf/api/v1/open')).status).toBe(200)
    const gone = await alice('DELETE', `${SHELVES}/99`)
    expect([gone.status, gone.text]).toEqual([404, ''])
  })

  it('answers in both versions and in XML', async () => {
    const ocs = mockOf()
    const alice = asking(ocs, 'alice')
    await alice('POST', SHELVES, { title: 'A & B' })
    const v1 = await alice('GET', `${SHELVES.replace('v2.php', 'v1.php')}/1`, undefined, { Accept: 'application/xml' })
    expect(v1.text).toContain('<statuscode>100</statuscode>')
    expect(v1.text).toContain('<title>A &amp; B</title>')
  })

  it('makes up the rest by names, forms and limits, the same for the same request', async () => {
    const ask = asking(mockOf(), 'admin')
    const first = (await ask('GET', '/ocs/v2.php/apps/bookshelf/api/v1/statistics')).data
    const { email, books, busiest } = first as { email: string; books: number; busiest: string }
    expect(email).toMatch(/^[^@ ]+@[^@ ]+\.[a-z]+$/)
    expect([3, 4, 5]).toContain(books)
    expect(busiest).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect((await asking(mockOf(), 'admin')('GET', '/ocs/v2.php/apps/bookshelf/api/v1/statistics')).data).toEqual(first)
    const other = await asking(mockOf({ random: 7 }), 'admin')('GET', '/ocs/v2.php/apps/bookshelf/api/v1/statistics')
    expect(other.data).not.toEqual(first)
  })

  it('has pages of its own, and keeps what is put there', async () => {
    const alice = asking(mockOf(), 'alice')
    expect((await alice('GET', '/index.php/apps/bookshelf/settings')).text).toBe('{"theme":"oak"}')
    expect((await alice('PUT', '/index.php/apps/bookshelf/settings', { theme: 'pine' })).text).toBe('{"theme":"pine"}')
    expect((await alice('GET', '/index.php/apps/bookshelf/settings')).text).toBe('{"theme":"pine"}')
  })

  it('answers pictures as pictures', async () => {
    const ocs = mockOf()
    await asking(ocs, 'alice')('POST', SHELVES, { title: 'x' })
    const response = await ocs.fetch(`http://cloud${SHELVES}/1/cover`, {
      headers: { Authorization: `Basic ${btoa('alice:alice')}`, 'OCS-APIRequest': 'true' },
    })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png'])
  })

  it('answers every documented failure to those who ask for it', async () => {
    const alice = asking(mockOf(), 'alice')
    const refused = await alice('GET', `${SHELVES}/1`, undefined, { Prefer: 'code=403' })
    expect([refused.status, refused.meta.statuscode]).toEqual([403, 403])
    expect((await alice('GET', `${SHELVES}/1`, undefined, { Prefer: 'code=404' })).meta.message).toBe(
      'There is no such shelf',
    )
    expect((await alice('GET', `${SHELVES}/1`, undefined, { Prefer: 'code=200' })).status).toBe(200)
  })

  it('begins with what a seed says, and is reset, forked and dumped as all else', async () => {
    const bookshelf = {
      shelves: [{ owner: 'alice', title: 'Seeded' }],
      books: [{ owner: 'alice', shelfId: 1, title: 'Emma' }],
    }
    const ocs = mockOf({ bookshelf })
    const shelves = async (one: OcsMock) => (await asking(one, 'alice')('GET', SHELVES)).data as { title: string }[]
    expect(await shelves(ocs)).toMatchObject([{ id: 1, title: 'Seeded', ownerId: 'alice', books: [{ title: 'Emma' }] }])
    const fork = ocs.fork()
    await asking(fork, 'alice')('POST', SHELVES, { title: 'Other' })
    expect([(await shelves(ocs)).length, (await shelves(fork)).length]).toEqual([1, 2])
    fork.reset()
    expect(await shelves(fork)).toHaveLength(1)
  })

  it('fails where a seed says so, in a world that was reset too', async () => {
    const ocs = mockOf({
      bookshelf: { shelves: [{ owner: 'alice', title: 'Seeded' }], $failures: { 'shelf-show': 403 } },
    })
    expect((await asking(ocs, 'alice')('GET', `${SHELVES}/1`)).status).toBe(403)
    expect((await asking(ocs, 'alice')('GET', SHELVES)).status).toBe(200)
    ocs.reset()
    expect((await asking(ocs, 'alice')('GET', `${SHELVES}/1`)).status).toBe(403)
  })

  it.each([
    [{ bookshelf: { $failures: { 'shelf-sho': 403 } } }, 'there is no operation "shelf-sho". Did you mean'],
    [{ bookshelf: { $failures: { 'shelf-show': 418 } } }, 'the document declares no 418 for it; it declares'],
    [{ bookshelf: { shelves: { a: 1 } } }, 'expected a list of items.'],
    [{ bookshelf: { shelfs: [] } }, 'there is no collection "shelfs". Did you mean "shelves"?'],
    [{ bookshelf: { shelves: [{ owner: 'carol' }] } }, 'there is no account "carol".'],
  ])('says what is wrong with the seed %j', (seed, problem) => {
    expect(() => mockOf(seed)).toThrow(problem)
  })

  it('lets single operations be answered by hand, or by what was recorded', async () => {
    const ocs = mockOf(
      {},
      {
        handlers: {
          'shelf-index': async (_args: unknown, generated: () => Promise<{ data: unknown }>) => ({
            ...(await generated()),
            data: ['by hand'],
          }),
        },
        examples: { 'statistics-show': { email: 'a@example.com', books: 4, busiest: '2026-01-01' } },
      },
    )
    const admin = asking(ocs, 'admin')
    expect((await admin('GET', SHELVES)).data).toEqual(['by hand'])
    expect((await admin('GET', '/ocs/v2.php/apps/bookshelf/api/v1/statistics')).data).toMatchObject({ books: 4 })
    expect(() => mockOf({}, { handlers: { 'shelf-list': () => ({ status: 200, data: [] }) } })).toThrow(
      'there is no operation "shelf-list". Did you mean "shelf-',
    )
  })

  it('answers nothing that its own document does not allow', async () => {
    const app = fromOpenApi(SHELF_DOCUMENT)
    const ocs = createOcsMock({ apps: [app], seed: { bookshelf: { shelves: [{}], books: [{ shelfId: 1 }] } } as never })
    const admin = asking(ocs, 'admin')
    let answered = 0
    for (const { method, path, envelope, output } of app.endpoints.filter(({ id }) => !/cover|destroy/.test(id))) {
      const url = (envelope === false ? '' : '/ocs/v2.php') + path.replace(/\{\w+\}/g, '1')
      const { status, text } = await admin(
        method,
        url,
        method === 'GET' ? undefined : { title: '7', keyValuePairs: {} },
      )
      const value = JSON.parse(text)
      expect(status, text).toBeLessThan(300)
      expect(fits(output, value.ocs ? value.ocs.data : value), `${method} ${url}: ${text}`).toBe(true)
      answered++
    }
    expect(answered).toBe(11)
  })
})

describe('what is no document', () => {
  it.each([
    [null, 'a document is an object with openapi, info and paths'],
    [{ swagger: '2.0' }, 'at /openapi: versions 3.0 and 3.1 can be read, and this says null'],
    [{ openapi: '3.0.0' }, 'at /paths: there are no paths'],
    [{ openapi: '3.0.0', paths: {} }, 'it does not say whose it is. Pass its id: fromOpenApi(document, { id }).'],
    [
      {
        openapi: '3.0.0',
        paths: {
          '/ocs/v2.php/apps/x/y': { get: { parameters: [{ $ref: '#/components/parameters/z' }], responses: {} } },
        },
      },
      'at #/components/parameters/z: there is no such part',
    ],
  ])('is told what it lacks: %j', (document, problem) => {
    expect(() => fromOpenApi(document)).toThrow(problem)
  })
})
