import { describe, expect, it } from 'vitest'
import { s } from '#lib/schema.ts'
import { judgeOpenPlaces, judgeOrder } from '#verify/judge-model.ts'
import { relate } from '#verify/relations.ts'

const capabilities = s.object({ capabilities: s.record(s.record(s.any())) }).toJsonSchema()
const model = {
  capabilities: {
    files: { bigfilechunking: true, blacklisted: ['.htaccess'], chunks: { size: 10, most: 100 } },
    sharing: { enabled: true, password: { enforced: false }, label: null },
  },
}
const open = (change: (copy: typeof model) => void) => {
  const got = structuredClone(model)
  change(got)
  return judgeOpenPlaces(capabilities, model, got, '').map(({ where, expected, got }) => [where, expected, got])
}

describe('what a definition leaves open', () => {
  it('has the kinds of the model', () => {
    expect(open((got) => Object.assign(got.capabilities.files.chunks, { size: '10' }))).toEqual([
      ['/capabilities/files/chunks/size', 'a number', 'string "10"'],
    ])
    expect(open((got) => Object.assign(got.capabilities.files, { blacklisted: { a: '.htaccess' } }))).toEqual([
      ['/capabilities/files/blacklisted', 'an array', 'object {"a":".htaccess"}'],
    ])
    expect(open((got) => Object.assign(got.capabilities.files, { blacklisted: [1] }))).toEqual([
      ['/capabilities/files/blacklisted/0', 'a string', 'number 1'],
    ])
  })

  it('has its members, where no setting beside them is another', () => {
    expect(open((got) => Reflect.deleteProperty(got.capabilities.sharing, 'password'))).toEqual([
      ['/capabilities/sharing/password', '{"enforced":false}', 'missing'],
    ])
    expect(open((got) => Object.assign(got.capabilities, { sharing: { enabled: false } }))).toEqual([])
  })

  it('may have other values, more members, and null where the model has it', () => {
    const other = { files: { bigfilechunking: false, more: 1 }, sharing: { label: 'x' }, notes: { version: 1 } }
    expect(open((got) => Object.assign(got.capabilities.files, other.files))).toEqual([])
    expect(open((got) => Object.assign(got.capabilities.sharing, other.sharing))).toEqual([])
    expect(open((got) => Object.assign(got.capabilities, { notes: other.notes }))).toEqual([])
  })
})

describe('items that both have', () => {
  const order = (one: unknown, two: unknown) => judgeOrder(one, two, '/ocs/data').map(({ where }) => where)

  it('come in one order, whatever else there is', () => {
    expect(order(['a', 'b', 'c'], ['a', 'x', 'c', 'b'])).toEqual(['/ocs/data'])
    expect(order(['a', 'b', 'c'], ['x', 'a', 'c'])).toEqual([])
    expect(order({ list: [{ id: 1 }, { id: 2 }] }, { list: [{ id: 2 }, { id: 1 }] })).toEqual(['/ocs/data/list'])
  })

  it('are known by a name, or not compared', () => {
    expect(order([{ x: 1 }, { x: 2 }], [{ x: 2 }, { x: 1 }])).toEqual([])
    expect(order([{ id: 'a', n: 1 }], [{ id: 'a', n: 2 }])).toEqual([])
  })
})

describe('what two answers to one question have in common', () => {
  const places = (kind: 'limit' | 'offset' | 'unmatched', subject: string, all: unknown, some: unknown) =>
    relate(kind, subject, all, some).map(({ where }) => where)

  it('is the beginning of the list, where there is a limit, and its rest behind an offset', () => {
    expect(places('limit', 'parameter limit', { users: ['a', 'b'] }, { users: ['a'] })).toEqual([])
    expect(places('limit', 'parameter limit', { users: ['a', 'b'] }, { users: ['b'] })).toEqual(['/ocs/data/users'])
    expect(places('offset', 'parameter offset', ['a', 'b', 'c'], ['b', 'c'])).toEqual([])
    expect(places('offset', 'parameter offset', ['a', 'b', 'c'], ['a', 'b', 'c'])).toEqual(['/ocs/data'])
    expect(places('offset', 'parameter offset', ['a', 'b'], ['b', 'c'])).toEqual([])
    expect(places('offset', 'parameter offset', ['a'], [])).toEqual([])
    expect(places('offset', 'parameter offset', ['a'], ['a'])).toEqual(['/ocs/data'])
    expect(places('offset', 'parameter offset', [], [])).toEqual([])
  })

  it('is nothing, where one searches for what nothing has', () => {
    expect(places('unmatched', 'parameter search', ['a', 'b'], [])).toEqual([])
    expect(places('unmatched', 'parameter search', ['a', 'b'], ['a', 'b'])).toEqual(['/ocs/data'])
    expect(places('unmatched', 'parameter language', ['a', 'b'], ['a', 'b'])).toEqual([])
  })
})
