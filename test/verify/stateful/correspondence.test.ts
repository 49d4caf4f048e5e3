import { describe, expect, it } from 'vitest'
import { VOLATILE } from '#verify/compare-values.ts'
import { Correspondence } from '#verify/stateful/correspondence.ts'

const NOW = Date.parse('2026-11-29T04:40:09Z')

describe('moments of two clocks', () => {
  const seconds = NOW / 1000
  const forms: readonly ((at: number) => string | number)[] = [
    (at) => at,
    (at) => at * 1000,
    (at) => String(at),
    (at) => at.toString(16),
    (at) => new Date(at * 1000).toISOString(),
    (at) => new Date(at * 1000).toISOString().replace('T', ' ').slice(0, 19),
    (at) => new Date(at * 1000).toUTCString(),
  ]

  it.each(forms.map((form) => [form(seconds), form] as const))('are the same some seconds apart: %s', (_, form) => {
    const translate = (model: number, got: number) =>
      new Correspondence(() => NOW).translate({ at: form(model) }, { at: form(got) }, 'core')
    expect(translate(seconds, seconds + 2)).toEqual({ at: VOLATILE })
    expect(translate(seconds, seconds + 300)).toEqual({ at: VOLATILE })
    expect(translate(seconds, seconds + 301)).toEqual({ at: form(seconds) })
  })

  it('are no moments in another form', () => {
    const translate = (model: unknown, got: unknown) => new Correspondence(() => NOW).translate(model, got, 'core')
    expect(translate({ at: seconds }, { at: String(seconds) })).toEqual({ at: seconds })
    expect(translate({ at: '12ab' }, { at: '12ac' })).toEqual({ at: '12ab' })
    expect(translate({ at: 'abcdefab' }, { at: 'abcdefac' })).not.toEqual({ at: 'abcdefac' })
  })
})
