import { describe, expect, it } from 'vitest'
import { SortedTexts } from '#lib/sorted-texts.ts'

const numbered = (count: number) => Array.from({ length: count }, (_, i) => String((i * 7919) % count).padStart(5, '0'))

describe('texts in order', () => {
  it('are the same however they came in', () => {
    const all = numbered(3000)
    const sorted = new SortedTexts()
    for (const text of all) sorted.add(text)
    expect(sorted.all()).toEqual([...all].sort())
    expect([...sorted]).toEqual([...new SortedTexts(all)])
    expect(sorted.size).toBe(3000)
  })

  it('can be removed, and what is not there cannot', () => {
    const sorted = new SortedTexts(numbered(2000))
    for (let i = 0; i < 2000; i += 2) sorted.remove(String(i).padStart(5, '0'))
    sorted.remove('x')
    expect(sorted.size).toBe(1000)
    expect(sorted.slice(0, 2)).toEqual(['00001', '00003'])
    for (const text of sorted.all()) sorted.remove(text)
    expect(sorted.all()).toEqual([])
    sorted.remove('x')
    sorted.add('again')
    expect(sorted.all()).toEqual(['again'])
  })

  it('are cut by place and by text across chunks', () => {
    const sorted = new SortedTexts(numbered(5000))
    expect(sorted.slice(700, 703)).toEqual(['00700', '00701', '00702'])
    expect(sorted.slice(4998)).toEqual(['04998', '04999'])
    expect(sorted.between('00254', '00259')).toEqual(['00254', '00255', '00256', '00257', '00258'])
    expect(sorted.countBetween('00254', '03259')).toBe(3005)
    expect(sorted.between('1', '2')).toEqual([])
    expect(new SortedTexts().between('a', 'b')).toEqual([])
  })

  it('are found by what they contain, in order, also after they changed', () => {
    const sorted = new SortedTexts(numbered(4000))
    const plainly = (wanted: string) => sorted.all().filter((text) => text.includes(wanted))
    for (const wanted of ['0399', '399', '99', '9', '', 'x', '99999']) {
      expect([...sorted.containing(wanted)]).toEqual(plainly(wanted))
    }
    sorted.add('0399x')
    sorted.remove('00399')
    const copy = sorted.share()
    copy.add('x0399')
    expect([...sorted.containing('0399')]).toEqual(plainly('0399'))
    expect([...copy.containing('0399')]).toEqual([...plainly('0399'), 'x0399'])
    expect([...sorted.containing('x0399')]).toEqual([])
  })

  it('are found among letters of any writing', () => {
    const sorted = new SortedTexts(['ärger', 'ὀδυσσεύς', '東京都庁', '𝒳𝒴𝒵'])
    for (const wanted of ['rge', 'σσεύ', '東京都', '𝒳𝒴', 'är']) expect([...sorted.containing(wanted)]).toHaveLength(1)
  })

  it('are shared with copies until one side writes', () => {
    const sorted = new SortedTexts(numbered(1000))
    const copy = sorted.share()
    copy.add('000005')
    sorted.remove('00001')
    expect(copy.slice(0, 3)).toEqual(['00000', '000005', '00001'])
    expect(sorted.slice(0, 3)).toEqual(['00000', '00002', '00003'])
    expect(copy.share().all()).toEqual(copy.all())
  })
})
