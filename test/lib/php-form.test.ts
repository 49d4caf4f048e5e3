import { describe, expect, it } from 'vitest'
import { parseStr } from '#lib/php-form.ts'

describe('parse_str', () => {
  it.each([
    ['', {}],
    ['a=1&b=2', { a: '1', b: '2' }],
    ['a=1&a=2', { a: '2' }],
    ['a[]=x&a[]=y', { a: ['x', 'y'] }],
    ['a[k]=1&a[l][]=2', { a: { k: '1', l: ['2'] } }],
    ['a[1]=x&a[0]=y', { a: ['y', 'x'] }],
    ['a[5]=x', { a: { 5: 'x' } }],
    ['a.b=1&c d=2', { a_b: '1', c_d: '2' }],
    ['a', { a: '' }],
    ['=x&&b=', { b: '' }],
    ['[=1&[a]=2&+a=3', { a: '3' }],
    ['a[b=1&a.b[c.d=2', { a_b: '1', a_b_c_d: '2' }],
    ['a[b][c=1', { a: { b: '1' } }],
    ['a[ ]=x&a[07]=y&a[]=z', { a: { 0: 'x', 1: 'z', '07': 'y' } }],
    ['a%00b[c]=1&%00=2', { a: '1' }],
    ['a=%C3%A9+b%2Bc', { a: 'é b+c' }],
    ['__proto__=x&a[__proto__]=y', { a: {} }],
  ])('reads %j', (text, expected) => {
    expect(JSON.parse(JSON.stringify(parseStr(text)))).toEqual(JSON.parse(JSON.stringify(expected)))
  })

  it('reads 1,000 variables and nothing behind them', () => {
    const pairs = Array.from({ length: 1002 }, (_, i) => `v${i}=1`)
    expect(Object.keys(parseStr(pairs.join('&')))).toHaveLength(1000)
    expect(parseStr('a[]=1&'.repeat(32_000)).a).toHaveLength(1000)
  })

  it('counts neither empty pairs nor what is between them as variables', () => {
    expect(parseStr(`${'&'.repeat(5000)}a=1`)).toEqual({ a: '1' })
  })

  it('drops a variable that is nested deeper than 64 levels, with all that it held', () => {
    const deep = (levels: number) => `a${'[b]'.repeat(levels)}`
    expect(Object.keys(parseStr(`${deep(64)}=1&c=2`))).toEqual(['a', 'c'])
    expect(parseStr(`a[x]=1&${deep(65)}=1&c=2`)).toEqual({ c: '2' })
    expect(parseStr(`${deep(8000)}=1`)).toEqual({})
  })

  it('goes on counting behind the greatest index', () => {
    expect(parseStr('a[7]=x&a[]=y&a[k]=z&a[]=w')).toEqual({ a: { 7: 'x', 8: 'y', k: 'z', 9: 'w' } })
  })

  it('gives nobody another prototype', () => {
    for (const text of ['__proto__[a]=1', 'a[__proto__][b]=1', 'a[constructor][prototype][b]=1']) parseStr(text)
    expect(({} as { a?: unknown; b?: unknown }).a ?? ({} as { b?: unknown }).b).toBeUndefined()
  })
})
