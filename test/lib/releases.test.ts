import { describe, expect, it } from 'vitest'
import { byRelease, isIn } from '#lib/releases.ts'
import { checkValue, type Schema, s } from '#lib/schema.ts'

describe('a value by release', () => {
  const changed = byRelease('first', { 33: 'third', 30: 'second' })

  it.each([
    [27, 'first'],
    [30, 'second'],
    [32, 'second'],
    [33, 'third'],
    [99, 'third'],
  ])('is in %i what the last change before made of it: %s', (release, expected) => {
    expect(changed.at(release)).toBe(expected)
  })
})

describe('releases', () => {
  it('begin with since and end with until, both of them included', () => {
    expect([31, 32, 33, 34].map((release) => isIn({ since: 32, until: 33 }, release))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  it('are all where nothing is said', () => {
    expect(isIn({}, 1)).toBe(true)
  })
})

describe('a schema in a release', () => {
  const schema: Schema = s.object({
    id: s.string(),
    pronouns: s.since(32, s.string()),
    old: s.until(31, s.string()),
    mails: s.list(s.object({ value: s.string(), verified: s.since(34, s.bool()) })),
    byName: s.record(s.object({ color: s.since(34, s.string()) })),
    either: s.union(s.null(), s.object({ color: s.since(34, s.string()) })),
  })
  const answer = {
    id: 'a',
    pronouns: 'they',
    mails: [{ value: 'x', verified: true }],
    byName: { a: { color: 'red' } },
    either: { color: 'red' },
  }

  it('is the same object where nothing differs', () => {
    const plain = s.object({ id: s.string(), list: s.list(s.since(32, s.string())) })

    expect(plain.at?.(34).schema).toBe(plain)
    expect(plain.at?.(34).trim).toBeUndefined()
  })

  it('has no member that came later, at any depth', () => {
    const { schema: older, trim } = schema.at!(27)
    const trimmed = trim!(answer)

    expect(trimmed).toEqual({ id: 'a', mails: [{ value: 'x' }], byName: { a: {} }, either: {} })
    expect(checkValue(older, trimmed)).toEqual([])
    expect(checkValue(older, { ...(trimmed as object), pronouns: 'they' }).map(({ pointer }) => pointer)).toEqual([
      '/pronouns',
    ])
  })

  it('has no member that went before', () => {
    const found = checkValue(schema.at!(34).schema, { ...answer, old: 'gone' })

    expect(found.map(({ pointer }) => pointer)).toEqual(['/old'])
  })

  it('leaves what is no object as it is', () => {
    expect(schema.at!(27).trim!(null)).toBe(null)
  })
})
