import { describe, expect, it } from 'vitest'
import { EMPTY_OBJECT, type PhpValue } from '#lib/php.ts'
import { encodeJson, encodeXml, toJson } from '#line/encode.ts'
import { Fatal } from '#line/failures.ts'

// What PHP 8.2 prints for the same values, by json_encode($x, JSON_HEX_TAG) and XMLWriter with one blank of indent.
describe('JSON has the bytes of PHP', () => {
  it.each<[PhpValue, string]>([
    ['a/b<c>', '"a\\/b\\u003Cc\\u003E"'],
    ['é😀', '"\\u00e9\\ud83d\\ude00"'],
    ['"\\\n\t\u001f\u007f', '"\\"\\\\\\n\\t\\u001f\u007f"'],
    [1e25, '1.0e+25'],
    [1.5e-9, '1.5e-9'],
    [0.1, '0.1'],
    [{}, '[]'],
    [EMPTY_OBJECT, '{}'],
    [[1, [true, null]], '[1,[true,null]]'],
    [{ a: undefined, b: 1 }, '{"b":1}'],
    [
      new Map<string | number, string>([
        ['10', 'x'],
        [2, 'y'],
      ]),
      '{"10":"x","2":"y"}',
    ],
  ])('%j', (value, expected) => expect(toJson(value)).toBe(expected))

  it('wraps meta and data', () => {
    expect(encodeJson({ status: 'ok' }, [])).toBe('{"ocs":{"meta":{"status":"ok"},"data":[]}}')
  })
})

describe('XML has the bytes of XMLWriter', () => {
  const dataOf = (value: Parameters<typeof encodeXml>[1]) => encodeXml({}, value).slice(37, -7)

  it('writes null, empty texts and empty arrays each in its own way', () => {
    expect(dataOf({ a: null, b: '', c: [], d: EMPTY_OBJECT })).toBe(
      ' <data>\n  <a/>\n  <b></b>\n  <c/>\n  <d/>\n </data>\n',
    )
  })

  it('writes true as 1 and false as nothing', () => {
    expect(dataOf({ yes: true, no: false })).toBe(' <data>\n  <yes>1</yes>\n  <no></no>\n </data>\n')
  })

  it('calls members of lists, and keys that are numbers, element', () => {
    expect(dataOf({ list: ['x'], 12: 'y' })).toBe(
      ' <data>\n  <element>y</element>\n  <list>\n   <element>x</element>\n  </list>\n </data>\n',
    )
  })

  it('makes attributes of keys that begin with an at sign', () => {
    expect(dataOf({ a: { '@attributes': { min: '1"é' } }, b: { '@x': 'y', c: 1 } })).toBe(
      ' <data>\n  <a min="1&quot;&#xE9;"/>\n  <b x="y">\n   <c>1</c>\n  </b>\n </data>\n',
    )
  })

  it('escapes what XMLWriter escapes and nothing else', () => {
    expect(dataOf({ b: 'x"<>&\r\n\t é \'' })).toBe(" <data>\n  <b>x&quot;&lt;&gt;&amp;&#13;\n\t é '</b>\n </data>\n")
  })

  it('keeps 14 digits of a float, as a cast to string does', () => {
    expect(dataOf({ f: 1 / 3 })).toContain('<f>0.33333333333333</f>')
  })

  it('refuses a key that is no element name, as the real server does', () => {
    expect(() => dataOf({ '1a b': 'x' })).toThrow(Fatal)
  })
})
