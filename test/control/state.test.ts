import { describe, expect, it } from 'vitest'
import type { Seed } from '#index.ts'
import { mergePatch } from '#lib/merge-patch.ts'
import type { FileNode } from '#world/files/tree.ts'
import { Control } from './support.ts'

describe('the state', () => {
  it('is dumped, replaced, and the same again', async () => {
    const control = new Control({ seed: { users: [{ id: 'alice' }], clock: { now: '2026-01-01', frozen: true } } })
    const { body: dump } = await control.ask('GET', '/state')
    await control.ask('POST', '/reset', { json: { groups: ['other'] } })
    expect((await control.ask('PUT', '/state', { json: dump })).status).toBe(200)
    expect((await control.ask('GET', '/state')).body).toEqual(dump)
  })

  it('is changed by a merge patch', async () => {
    const control = new Control({ seed: { users: [{ id: 'alice' }, { id: 'bob' }] } })
    const patch = { tables: { users: { alice: { quota: '1 GB' }, bob: null } } }
    expect((await control.ask('PATCH', '/state', { json: patch })).status).toBe(200)
    const { users } = (await control.ask('GET', '/state')).body.tables
    expect(users.alice).toMatchObject({ id: 'alice', quota: '1 GB' })
    expect(users.bob).toBeUndefined()
  })

  it.each([
    ['PUT', [], 'the document is not an object'],
    ['PUT', {}, '"clock" is not an object'],
    ['PATCH', { tables: { users: { alice: 5 } } }, '"tables.users.alice" is not a record'],
    ['PATCH', { clock: { offset: 'x' } }, '"clock" is not'],
    ['PATCH', 5, 'the document is not an object'],
    ['PATCH', { clock: { offset: 1e300 } }, '"clock" is not'],
    ['PATCH', { clock: { frozenAt: -5 } }, '"clock.frozenAt" is not'],
    ['PATCH', { counters: { file: -1 } }, '"counters" is not an object of whole numbers'],
    ['PATCH', { counters: { file: 1.5 } }, '"counters" is not an object of whole numbers'],
    ['PATCH', { random: { draws: 0.5 } }, '"random" is not'],
    ['PATCH', { tables: { users: { admin: { quota: 5 } } } }, '"tables.users.admin.quota" is integer 5, and has to be'],
    [
      'PATCH',
      { tables: { users: { admin: { quotta: '5' } } } },
      '"tables.users.admin.quotta" is unknown. Did you mean "quota"?',
    ],
    ['PATCH', { tables: { users: { admin: { id: null } } } }, '"tables.users.admin.id" is missing'],
    ['PATCH', { tables: { collections: { 1: { id: 1, name: 'a' } } } }, '"tables.collections.1.resources" is missing'],
    ['PATCH', { tables: { storages: { 'home::a': { rootId: 5000 } } } }, '"tables.storages.home::a" begins with 5000'],
  ])('stays as it was when a %s of %j is refused', async (method, json, problem) => {
    const control = new Control({ seed: { clock: { now: 0, frozen: true } } })
    const before = (await control.ask('GET', '/state')).body
    const { status, body } = await control.ask(method, '/state', { json })
    expect(status).toBe(400)
    expect(body.error).toContain(problem)
    expect((await control.ask('GET', '/state')).body).toEqual(before)
  })
})

describe('a state to be shown', () => {
  const SEED = { users: [{ id: 'alice', password: 'a secret of alice' }] }

  async function redacted() {
    const control = new Control({ seed: SEED })
    const args = ['user:auth-tokens:add', 'alice']
    const { body } = await control.ask('POST', '/occ', { json: { args, stdin: 'a secret of alice\n' } })
    const token = body.stdout.trim().split('\n').at(-1)
    return { control, token, state: await control.ask('GET', '/state?redact=1') }
  }

  it('has neither passwords nor tokens, as members or as keys', async () => {
    const { token, state } = await redacted()
    expect(state.body).toMatchObject({ redacted: true, tables: { users: { alice: { id: 'alice' } } } })
    expect(token).toMatch(/^\w{72}$/)
    expect(JSON.stringify(state.body)).not.toContain(token)
    expect(JSON.stringify(state.body)).not.toContain('a secret of alice')
  })

  it('is not loaded: nobody could log in', async () => {
    const { control, state } = await redacted()
    const { status, body } = await control.ask('PUT', '/state', { json: state.body })
    expect(status).toBe(400)
    expect(body.error).toContain('its secrets are redacted')
  })
})

describe('a state that is none', () => {
  const SEED = { users: [{ id: 'alice', password: 'alice' }], files: { alice: { '/a/b/c.txt': 'c' } } }
  const authorization = `Basic ${btoa('alice:alice')}`

  const madeFolder = async (control: Control, name: string) =>
    (await control.answer('MKCOL', `/remote.php/dav/files/alice/${name}`, { headers: { authorization } })).status

  it('has no sequence that gives an id twice: those that a patch takes away go on behind all records', async () => {
    const control = new Control({ seed: SEED })
    const { counters } = (await control.ask('GET', '/state')).body
    expect((await control.ask('PATCH', '/state', { json: { counters: { file: null } } })).status).toBe(200)
    expect(await madeFolder(control, 'new')).toBe(201)
    expect((await control.ask('GET', '/state')).body.counters.file).toBeGreaterThan(counters.file - 5)
    expect(await madeFolder(control, 'a/b/new')).toBe(201)
  })

  it.each([
    [
      'a folder in itself',
      ({ a, b, parent }) => ({
        fileNodes: { [a]: { parent: b } },
        fileNames: { [`${parent}/a`]: null, [`${b}/a`]: { id: a } },
      }),
      /is in itself/,
    ],
    ['a node in nothing', ({ a }) => ({ fileNodes: { [a]: { parent: 9999 } } }), /is in 9999, which is no folder/],
    ['a node that is gone', ({ b }) => ({ fileNodes: { [b]: null } }), /which is no(t there| folder)/],
    ['a node with the id of another', ({ a, b }) => ({ fileNodes: { [a]: { id: b } } }), /has the id/],
    ['a node in another storage', ({ a }) => ({ fileNodes: { [a]: { storage: 'home::bob' } } }), /another storage/],
    [
      'a root that is no folder',
      ({ root }) => ({ fileNodes: { [root]: { type: 'file' } } }),
      /is no folder|no such root/,
    ],
    ['bytes of a folder', ({ a }) => ({ fileContents: { [a]: { base64: 'YQ==' } } }), /belongs to no file/],
  ] as const satisfies readonly (readonly [
    string,
    (ids: Record<'a' | 'b' | 'root' | 'parent', number>) => object,
    RegExp,
  ])[])('has %s, and is refused', async (_, tables, problem) => {
    const control = new Control({ seed: SEED })
    await madeFolder(control, 'new')
    const nodes: FileNode[] = Object.values((await control.ask('GET', '/state')).body.tables.fileNodes)
    const a = nodes.find(({ name }) => name === 'a')!
    const b = nodes.find(({ name }) => name === 'b')!
    const root = nodes.find(({ storage, parent }) => storage === a.storage && parent === 0)!
    const patch = { tables: tables({ a: a.id, b: b.id, root: root.id, parent: a.parent }) }
    const { status, body } = await control.ask('PATCH', '/state', { json: patch })
    expect(status).toBe(400)
    expect(body.error).toMatch(problem)
    expect(await madeFolder(control, 'a/b/new')).toBe(201)
  })
})

const RICH: Seed = {
  clock: { now: '2026-01-01', frozen: true },
  users: [{ id: 'alice', email: 'alice@example.org' }, { id: 'bob' }],
  groups: ['staff'],
  files: { alice: { '/a.txt': 'a', '/b/c.txt': 'c' } },
  shares: [
    { type: 'user', owner: 'alice', with: 'bob', path: '/a.txt' },
    { type: 'link', owner: 'alice', path: '/b' },
  ],
  notifications: [{ user: 'alice', subject: 'Hello' }],
}

describe('null in a patch', () => {
  it('removes a record, and is what a member holds that can be null', async () => {
    const control = new Control({ seed: { users: [{ id: 'alice', email: 'alice@example.org' }], groups: ['staff'] } })
    const patch = { tables: { users: { alice: { email: null } }, groups: { staff: null } } }
    expect((await control.ask('PATCH', '/state', { json: patch })).status).toBe(200)
    const { users, groups } = (await control.ask('GET', '/state')).body.tables
    expect(users.alice.email).toBeNull()
    expect(groups.staff).toBeUndefined()
  })

  it('lets a clock run that stood still', async () => {
    const control = new Control({ seed: { clock: { now: '2026-01-01', frozen: true } } })
    expect((await control.ask('PATCH', '/state', { json: { clock: { frozenAt: null } } })).status).toBe(200)
    expect((await control.ask('GET', '/state')).body.clock.frozenAt).toBeNull()
  })

  it('makes a dump laid over itself a dump that can be loaded', async () => {
    const control = new Control({ seed: RICH })
    const { body: dump } = await control.ask('GET', '/state')
    expect((await control.ask('PATCH', '/state', { json: dump })).status).toBe(200)
    expect((await control.ask('GET', '/state')).body).toEqual(dump)
  })
})

describe('a merge patch', () => {
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('turns %j with %j into %j', (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result)
  })

  it('keeps what it is laid over, and takes any name of a member', () => {
    const target = { a: { b: 1 } }
    const merged = mergePatch(target, JSON.parse('{"__proto__": {"x": 1}, "a": {"b": 2}}')) as object
    expect(target).toEqual({ a: { b: 1 } })
    expect(Object.keys(merged)).toEqual(['a', '__proto__'])
    expect(({} as { x?: number }).x).toBeUndefined()
  })
})
