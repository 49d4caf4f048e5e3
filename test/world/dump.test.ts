/** Dumps of older versions of tables, and of tables that nobody has. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOcsMock, defineApp, defineTable, type OcsApp, type TableOptions } from '#index.ts'
import { type OcsMockServer, serve } from '#server.ts'
import { nodesTable } from '#world/files/tree.ts'

interface Book {
  readonly title: string
}

const shelf = (options: TableOptions<Book> = {}): OcsApp =>
  defineApp('shelf', { tables: [defineTable<Book>('shelf_books', options)] })

/** The dump of a world whose shelf is of a version. */
function dumpOf(version: number, record: object) {
  const ocs = createOcsMock({ apps: [shelf({ version })] })
  ocs.world.table(defineTable<object>('shelf_books')).set('1', record)
  return structuredClone(ocs.world.dump())
}

describe('a dump of another version', () => {
  it('says the version of its tables, unless it is the first', () => {
    expect(dumpOf(1, {}).versions).toBeUndefined()
    expect(dumpOf(2, {}).versions).toEqual({ shelf_books: 2 })
  })

  it('is migrated record by record', () => {
    const seen: number[] = []
    const migrate = (record: unknown, version: number) => {
      seen.push(version)
      return { title: (record as { name: string }).name }
    }
    const ocs = createOcsMock({ apps: [shelf({ version: 3, migrate })] })
    ocs.world.load(dumpOf(2, { name: 'Emma' }))
    expect(ocs.world.table(defineTable<Book>('shelf_books')).get('1')).toEqual({ title: 'Emma' })
    expect(seen).toEqual([2])
    expect(ocs.world.dump().versions).toEqual({ shelf_books: 3 })
  })

  it.each([
    [
      2,
      1,
      'the table "shelf_books" is of version 1, and this one knows version 2. Its app cannot migrate it; make the dump again.',
    ],
    [
      1,
      2,
      'the table "shelf_books" is of version 2, and this one knows version 1. Use the version of its app that wrote the dump.',
    ],
  ])('is refused with a sentence (%i knows nothing of %i)', (known, version, sentence) => {
    const ocs = createOcsMock({ apps: [shelf({ version: known })] })
    const before = ocs.world.dump()
    expect(() => ocs.world.load(dumpOf(version, { name: 'Emma' }))).toThrow(`Failed to load the state: ${sentence}`)
    expect(ocs.world.dump()).toEqual(before)
  })

  it('is refused where nobody has one of its tables', () => {
    expect(() => createOcsMock().world.load(dumpOf(1, { title: 'Emma' }))).toThrow(
      'Failed to load the state: there is no table "shelf_books". It may belong to an app that is not here; add the app, or remove the table from the dump.',
    )
  })
})

describe('a dump whose records name others', () => {
  it.each([
    ['members', 'groupId', 'group'],
    ['shares', 'nodeId', 'file'],
    ['tokens', 'userId', 'account'],
    ['systemTagMappings', 'tagId', 'tag'],
    ['circleMembers', 'circleId', 'team'],
  ])('is refused where %s name by %s a %s that is not there', async (table, member) => {
    const ocs = createOcsMock({
      seed: {
        users: [{ id: 'Alice', groups: ['staff'] }],
        files: { Alice: { '/a.txt': 'a' } },
        shares: [{ owner: 'Alice', type: 'user', with: 'admin', path: '/a.txt' }],
      },
    })
    const admin = (method: string, path: string, body?: unknown) =>
      ocs.fetch(`https://cloud.example.com${path}`, {
        method,
        headers: {
          Authorization: `Basic ${btoa('Alice:Alice')}`,
          'OCS-APIRequest': 'true',
          'Content-Type': 'application/json',
        },
        body: body === undefined ? null : JSON.stringify(body),
      })
    await admin('GET', '/ocs/v2.php/core/getapppassword')
    await admin('POST', '/ocs/v2.php/apps/circles/circles', { name: 'Friends' })
    await admin('POST', '/remote.php/dav/systemtags/', { name: 'red', userVisible: true, userAssignable: true })
    const node = [...ocs.world.table(nodesTable).values()].find(({ name }) => name === 'a.txt')!
    await admin('PUT', `/remote.php/dav/systemtags-relations/files/${node.id}/1`)
    const tables = await ocs.tables()
    const dump = structuredClone(ocs.world.dump())
    ocs.world.load(dump, tables)

    const records: Record<string, object> = { ...dump.tables[table] } as Record<string, object>
    const [key, record] = Object.entries(records)[0]!
    const gone = typeof Reflect.get(record, member) === 'number' ? 999_999 : 'nobody'
    const broken = {
      ...dump,
      tables: { ...dump.tables, [table]: { ...records, [key]: { ...record, [member]: gone } } },
    }
    expect(() => ocs.world.load(broken, tables)).toThrow(
      `Failed to load the state: "tables.${table}.${key}.${member}" names ${JSON.stringify(gone)}, which is not in`,
    )
    expect(ocs.world.dump()).toEqual(dump)
  })
})

describe('the control API', () => {
  let server: OcsMockServer
  beforeAll(async () => {
    const migrate = (record: unknown) => ({ title: (record as { name: string }).name })
    server = await serve({ port: 0, apps: [shelf({ version: 2, migrate })] })
  })
  afterAll(() => server.close())

  const put = async (state: unknown) => {
    const response = await fetch(`${server.url}/__admin/state`, { method: 'PUT', body: JSON.stringify(state) })
    return { status: response.status, body: await response.json() }
  }

  it('migrates what is put, and keeps it in snapshots', async () => {
    expect(await put(dumpOf(1, { name: 'Emma' }))).toEqual({ status: 200, body: { loaded: true } })
    await fetch(`${server.url}/__admin/snapshots/one`, { method: 'POST' })
    const snapshot = await (await fetch(`${server.url}/__admin/snapshots/one`)).json()
    expect(snapshot.tables.shelf_books).toEqual({ 1: { title: 'Emma' } })
    expect(snapshot.versions).toEqual({ shelf_books: 2 })
    // What GET answered can be put again.
    expect((await put(snapshot)).status).toBe(200)
  })

  it('refuses what it cannot read', async () => {
    expect(await put(dumpOf(3, { title: 'Emma' }))).toEqual({
      status: 400,
      body: {
        error: expect.stringContaining('the table "shelf_books" is of version 3, and this one knows version 2.'),
      },
    })
  })
})
