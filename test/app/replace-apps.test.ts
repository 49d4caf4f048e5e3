/** Going on with other versions of one's own apps, in the same state. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOcsMock, defineApp, defineEndpoint, defineTable, type OcsApp, s, type TableOptions } from '#index.ts'
import { type OcsMockServer, serve } from '#server.ts'

interface Book {
  readonly title: string
}
interface OldBook {
  readonly name: string
}

const ADMIN = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true', Accept: 'application/json' }

/** An app that keeps books, and answers them with a word. */
function shelf(word: string, options: TableOptions<Book> = {}): OcsApp {
  const books = defineTable<Book>('shelf_books', options)
  const list = defineEndpoint({
    id: 'shelf-books-list',
    app: 'shelf',
    method: 'GET',
    path: '/apps/shelf/books',
    access: 'user',
    summary: 'Books',
    output: s.any(),
    handle: ({ world, ok }) => ok({ word, books: [...world.table(books).values()].map(({ title }) => title) }),
  })
  return defineApp('shelf', { endpoints: [list], tables: [books] })
}

const add = (ocs: { world: ReturnType<typeof createOcsMock>['world'] }, record: Book | OldBook) =>
  ocs.world.table(defineTable('shelf_books')).set(String(ocs.world.nextId('books')), record)

const listed = async (ocs: { fetch: typeof fetch }) => {
  const response = await ocs.fetch('http://cloud/ocs/v2.php/apps/shelf/books', { headers: ADMIN })
  return ((await response.json()) as { ocs: { data: unknown } }).ocs.data
}

describe('replaceApps', () => {
  it('answers by the new definitions, in the same state', async () => {
    const ocs = createOcsMock({ apps: [shelf('one')] })
    add(ocs, { title: 'Emma' })
    expect(await listed(ocs)).toEqual({ word: 'one', books: ['Emma'] })
    expect(ocs.replaceApps([shelf('two')])).toEqual([])
    expect(await listed(ocs)).toEqual({ word: 'two', books: ['Emma'] })
    ocs.reset()
    expect(await listed(ocs)).toEqual({ word: 'two', books: [] })
  })

  it('migrates tables, and says what is lost', async () => {
    const ocs = createOcsMock({ apps: [shelf('one')] })
    add(ocs, { name: 'Emma' })
    const migrate = (record: unknown) => ({ title: (record as OldBook).name })
    expect(ocs.replaceApps([shelf('two', { version: 2, migrate })])).toEqual([])
    expect(await listed(ocs)).toEqual({ word: 'two', books: ['Emma'] })
    expect(ocs.replaceApps([shelf('three', { version: 3 })])).toEqual([
      'What was in the table "shelf_books" is lost: it is of version 2, which its app, at version 3, cannot migrate.',
    ])
    expect(await listed(ocs)).toEqual({ word: 'three', books: [] })
  })

  it('installs apps that are new, leaves disabled ones disabled, and takes those away that went', async () => {
    const ocs = createOcsMock({ apps: [shelf('one')] })
    await ocs.occ('app:disable shelf')
    add(ocs, { title: 'Emma' })
    ocs.replaceApps([shelf('one'), defineApp('desk', { name: 'Desk' })])
    expect(ocs.world.rules.tables?.has('shelf_books')).toBe(true)
    const apps = async () => JSON.parse((await ocs.occ('app:list --output=json')).stdout)
    expect(Object.keys((await apps()).enabled)).toContain('desk')
    expect(Object.keys((await apps()).disabled)).toContain('shelf')
    expect(ocs.replaceApps([])).toEqual(['What was in the table "shelf_books" is lost: no app has it any more.'])
    const { enabled, disabled } = await apps()
    expect([...Object.keys(enabled), ...Object.keys(disabled)]).not.toContain('shelf')
    expect((await ocs.fetch('http://cloud/ocs/v1.php/apps/shelf/books', { headers: ADMIN })).status).toBe(200)
    expect(() => ocs.world.load(structuredClone(ocs.world.dump()))).not.toThrow()
  })

  it('changes nothing where the apps do not fit', async () => {
    const ocs = createOcsMock({ apps: [shelf('one')], seed: { users: [{ id: 'alice' }] } })
    add(ocs, { title: 'Emma' })
    expect(() => ocs.replaceApps([shelf('two'), shelf('three')])).toThrow('there is one of that id')
    expect(await listed(ocs)).toEqual({ word: 'one', books: ['Emma'] })
    expect(ocs.apps.map(({ id }) => id)).toEqual(['shelf'])
  })

  it('is told to those who watch, and lets scenarios go on', async () => {
    const ocs = createOcsMock({
      apps: [shelf('one')],
      scenario: { steps: [{ when: 'advanced', occ: 'app:disable shelf' }] },
    })
    await ocs.scenario.settled()
    const heard: string[] = []
    ocs.on(({ type }) => heard.push(type))
    ocs.replaceApps([shelf('two')])
    expect(heard).toContain('apps')
    await ocs.scenario.advance()
    expect(ocs.scenario.state).toMatchObject({ status: 'done' })
    expect((await ocs.occ('app:list --output=json')).stdout).toMatch(/"disabled":\{.*"shelf"/)
  })
})

describe('replaceApps of a server', () => {
  let server: OcsMockServer
  beforeAll(async () => {
    server = await serve({ port: 0, apps: [shelf('one')] })
  })
  afterAll(() => server.close())

  const ask = async (path: string, world: string, method = 'GET') => {
    const headers = { ...ADMIN, 'X-OCS-Mock-World': world }
    return (await fetch(server.url + path, { method, headers })).json()
  }
  const books = async (world: string) => (await ask('/ocs/v2.php/apps/shelf/books', world)).ocs.data

  it('reaches all worlds and their snapshots', async () => {
    expect(await books('other')).toEqual({ word: 'one', books: [] })
    add(server.mock, { name: 'Emma' })
    await ask('/__admin/snapshots/old', '', 'POST')
    await ask('/__admin/reset', '', 'POST')
    const migrate = (record: unknown) => ({ title: (record as OldBook).name })
    expect(server.replaceApps([shelf('two', { version: 2, migrate })])).toEqual([])
    expect(await books('other')).toEqual({ word: 'two', books: [] })
    await ask('/__admin/snapshots/old/restore', '', 'POST')
    expect(await books('')).toEqual({ word: 'two', books: ['Emma'] })
    expect((await ask('/__admin/state', '')).versions).toEqual({ shelf_books: 2 })
  })
})
