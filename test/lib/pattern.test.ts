import { describe, expect, it } from 'vitest'
import { compilePattern, isPattern } from '#lib/pattern.ts'

const TEXTS = [
  '',
  'a',
  'aaa',
  'ab',
  'abab',
  'xaby',
  '/ocs/v2.php/cloud/users',
  'A',
  'a\nb',
  'a b',
  '-',
  'é',
  '9',
  '{2}',
  '😀',
]

describe('a pattern of somebody else', () => {
  it.each([
    'a',
    '^a$',
    '^a|b$',
    '(a|b)*$',
    '^(?:ab)+$',
    'a?b',
    '^a{2,3}$',
    '^a{2}$',
    '^a{2,}$',
    'x{0}y',
    '[a-c]+y',
    '[^a]b',
    '^\\w+$',
    '\\bb\\b',
    '\\Bb',
    '^/ocs/v[12]\\.php/cloud/(?<what>users|groups)$',
    '\\u0061\\x62',
    '^.$',
    '^a.b$',
    '()',
    'a||b',
    '(a*)*$',
    '^(a?){3}$',
    '\\d{1,2}',
    '[\\]a]b',
    'a+?b',
    '^[^]*$',
    '\\{2\\}',
    '^[^a]{1,2}$',
  ])('%s matches what it matches on the platform', (source) => {
    for (const flags of ['', 'i', 'm', 's', 'u']) {
      const found = TEXTS.filter((text) => compilePattern(source, flags).test(text))
      expect(found, flags).toEqual(TEXTS.filter((text) => new RegExp(source, flags).test(text)))
    }
  })

  it.each(['(a+)+$x', '(a|a)*b', '(a|aa)+$x', 'a*a*a*a*a*a*b', '(?:a?){40}a{40}$x', '(.*)*x'])(
    '%s gives up on a long text',
    (source) => {
      expect(compilePattern(source).test('a'.repeat(5000))).toBe(false)
    },
  )

  it.each([
    ['(', /Invalid regular expression/],
    ['(?=a)a+', /look-around/],
    ['(?<!a)b+', /look-around/],
    ['(a)+\\1', /back-references/],
    ['(?:(?:a{100}){100}){100}', /repeats too much/],
    ['a{100000}', /more than 5000 times/],
  ])('%s is refused with a sentence', (source, message) => {
    expect(() => compilePattern(source)).toThrow(message)
    expect(isPattern(source)).toBe(false)
  })

  it('is refused where its groups are nested too deep', () => {
    expect(() => compilePattern(`${'('.repeat(300)}${')*'.repeat(300)}`)).toThrow(/groups in groups/)
  })
})
