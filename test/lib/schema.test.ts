import { describe, expect, it } from 'vitest'
import { checkValue, s } from '#lib/schema.ts'

const user = s.object({ id: s.string(), quota: s.object({ used: s.int() }), note: s.optional(s.nullable(s.string())) })

describe('a schema', () => {
  it('finds nothing in a value that fits', () => {
    expect(checkValue(user, { id: 'a', quota: { used: 1 } })).toEqual([])
    expect(checkValue(user, { id: 'a', quota: { used: 1 }, note: null })).toEqual([])
  })

  it('says where a value has another type', () => {
    expect(checkValue(user, { id: 'a', quota: { used: '1' } })).toEqual([
      { pointer: '/quota/used', expected: 'integer', got: 'string "1"' },
    ])
  })

  it('says which member is missing and which was not expected', () => {
    expect(checkValue(user, { quota: { used: 1 }, 'a/b': 2 })).toEqual([
      { pointer: '/id', expected: 'present', got: 'missing' },
      { pointer: '/a~1b', expected: 'absent', got: 'integer 2', known: ['id', 'quota', 'note'] },
    ])
  })

  it('takes an empty list for an object without required members, as PHP encodes it', () => {
    expect(checkValue(s.object({ a: s.optional(s.int()) }), [])).toEqual([])
    expect(checkValue(s.record(s.int()), [])).toEqual([])
    expect(checkValue(user, [])).toHaveLength(1)
  })

  it('reports the difference inside the one member of a union that nearly fits', () => {
    expect(checkValue(s.union(s.empty(), s.object({ a: s.int() })), { a: 'x' })).toEqual([
      { pointer: '/a', expected: 'integer', got: 'string "x"' },
    ])
    expect(checkValue(s.union(s.string(), s.int()), true)).toEqual([
      { pointer: '', expected: 'one of string, integer', got: 'boolean true' },
    ])
  })

  it('becomes a JSON Schema', () => {
    expect(user.toJsonSchema()).toEqual({
      type: 'object',
      properties: {
        id: { type: 'string' },
        quota: {
          type: 'object',
          properties: { used: { type: 'integer' } },
          required: ['used'],
          additionalProperties: false,
        },
        note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      },
      required: ['id', 'quota'],
      additionalProperties: false,
    })
  })
})
