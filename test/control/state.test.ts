import { describe, expect, it } from 'vitest'
import { mergePatch } from '#lib/merge-patch.ts'
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
  ])('stays as it was when a %s of %j is refused', async (method, json, problem) => {
    const control = new Control({ seed: { clock: { now: 0, frozen: true } } })
    const before = (await control.ask('GET', '/state')).body
    const { status, body } = await control.ask(method, '/state', { json })
    expect(status).toBe(400)
    expect(body.error).toContain(problem)
    expect((await control.ask('GET', '/state')).body).toEqual(before)
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
