import { describe, expect, it } from 'vitest'
import { OUT_OF_RANGE, p, TYPE_ERROR } from '#line/params.ts'

describe('a parameter', () => {
  it('of type string takes nothing but a string', () => {
    expect(p.string().coerce('a')).toBe('a')
    expect(p.string().coerce(12)).toBe(TYPE_ERROR)
    expect(p.string().coerce(['a'])).toBe(TYPE_ERROR)
    expect(p.string().coerce(undefined)).toBe(TYPE_ERROR)
  })

  it('of type int is cast from anything but null', () => {
    expect(p.int().coerce('12abc')).toBe(12)
    expect(p.int().coerce(['a'])).toBe(1)
    expect(p.int().coerce(null)).toBe(TYPE_ERROR)
  })

  it('of type bool knows the word false', () => {
    expect(p.bool().coerce('false')).toBe(false)
    expect(p.bool().coerce('no')).toBe(true)
    expect(p.bool().coerce('0')).toBe(false)
  })

  it('of type array takes lists and maps', () => {
    expect(p.array().coerce({ a: 1 })).toEqual({ a: 1 })
    expect(p.array().coerce('a')).toBe(TYPE_ERROR)
  })

  it('falls back to its default where it is missing or null', () => {
    expect(p.string().default('d').coerce(undefined)).toBe('d')
    expect(p.string().default('d').coerce(null)).toBe('d')
    expect(p.string().orNull().coerce(undefined)).toBeNull()
  })

  it('that limits an answer must lie between 1 and 500 unless it is the default', () => {
    expect(p.limit().default(0).coerce('0')).toBe(0)
    expect(p.limit().default(0).coerce('-1')).toBe(OUT_OF_RANGE)
    expect(p.limit().orNull().coerce('0')).toBe(OUT_OF_RANGE)
    expect(p.limit().orNull().coerce('501')).toBe(OUT_OF_RANGE)
    expect(p.limit().orNull().coerce('500')).toBe(500)
    expect(p.int().orNull().coerce('501')).toBe(501)
  })

  it('that limits an answer may have a range of its own', () => {
    expect(p.limit().range(0, 999).coerce('0')).toBe(0)
    expect(p.limit().range(0, 999).coerce('999')).toBe(999)
    expect(p.limit().range(0, 999).coerce('1000')).toBe(OUT_OF_RANGE)
  })
})
