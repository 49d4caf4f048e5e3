import { describe, expect, it } from 'vitest'
import { isNumeric, rawurldecode, toBool, toFloat, toInt, urldecode } from '#lib/php.ts'

describe('casts', () => {
  it.each([
    ['12abc', 12],
    ['abc', 0],
    [' 7', 7],
    ['1e3', 1000],
    ['-4.9', -4],
    ['', 0],
    [true, 1],
    [[], 0],
    [['x'], 1],
    [3.9, 3],
  ])('(int)%j is %j', (value, expected) => expect(toInt(value)).toBe(expected))

  it.each([
    ['0', false],
    ['', false],
    ['0.0', true],
    ['false', true],
    [[], false],
    [0, false],
  ])('(bool)%j is %j', (value, expected) => expect(toBool(value)).toBe(expected))

  it('reads the number at the start of a text as a float', () => {
    expect(toFloat('1.5 GB')).toBe(1.5)
    expect(toFloat('.5')).toBe(0.5)
    expect(toFloat('x')).toBe(0)
  })

  it.each([
    ['12', true],
    [' 12 ', true],
    ['1e5', true],
    ['.5', true],
    ['12x', false],
    ['', false],
    [null, false],
  ])('is_numeric(%j) is %j', (value, expected) => expect(isNumeric(value)).toBe(expected))
})

describe('url decoding', () => {
  it('leaves broken escapes alone', () => {
    expect(rawurldecode('100%')).toBe('100%')
    expect(rawurldecode('%zz%41')).toBe('%zzA')
  })

  it('reads a plus as a blank only in forms', () => {
    expect(urldecode('a+b')).toBe('a b')
    expect(rawurldecode('a+b')).toBe('a+b')
  })
})
