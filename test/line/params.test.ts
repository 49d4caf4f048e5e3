import { describe, expect, it } from 'vitest'
import { OUT_OF_RANGE, p, TYPE_ERROR } from '#line/params.ts'

describe('a parameter', () => {
  it('of type string takes nothing but a string', () => {
    expect(p.string().coerce('x', 'a')).toBe('a')
    expect(p.string().coerce('x', 12)).toBe(TYPE_ERROR)
    expect(p.string().coerce('x', ['a'])).toBe(TYPE_ERROR)
    expect(p.string().coerce('x', undefined)).toBe(TYPE_ERROR)
  })

  it('of type int is cast from anything but null', () => {
    expect(p.int().coerce('x', '12abc')).toBe(12)
    expect(p.int().coerce('x', ['a'])).toBe(1)
    expect(p.int().coerce('x', null)).toBe(TYPE_ERROR)
  })

  it('of type bool knows the word false', () => {
    expect(p.bool().coerce('x', 'false')).toBe(false)
    expect(p.bool().coerce('x', 'no')).toBe(true)
    expect(p.bool().coerce('x', '0')).toBe(false)
  })

  it('of type array takes lists and maps', () => {
    expect(p.array().coerce('x', { a: 1 })).toEqual({ a: 1 })
    expect(p.array().coerce('x', 'a')).toBe(TYPE_ERROR)
  })

  it('falls back to its default where it is missing or null', () => {
    expect(p.string().default('d').coerce('x', undefined)).toBe('d')
    expect(p.string().default('d').coerce('x', null)).toBe('d')
    expect(p.string().orNull().coerce('x', undefined)).toBeNull()
  })

  it('named limit must lie between 1 and 500 unless it is the default', () => {
    expect(p.int().default(0).coerce('limit', '0')).toBe(0)
    expect(p.int().orNull().coerce('limit', '0')).toBe(OUT_OF_RANGE)
    expect(p.int().orNull().coerce('limit', '501')).toBe(OUT_OF_RANGE)
    expect(p.int().orNull().coerce('limit', '500')).toBe(500)
  })

  it('with a range of its own ignores the one of limit', () => {
    expect(p.int().range(0, 9).coerce('limit', '0')).toBe(0)
    expect(p.int().range(0, 9).coerce('limit', '10')).toBe(OUT_OF_RANGE)
  })
})
