import { describe, expect, it } from 'vitest'
import { type Layer, layOver } from '#profiles/layer.ts'
import { layerBetween } from '#profiles/layer-between.ts'

const APPS = [
  { id: 'files', version: '2.6.0', enabled: true },
  { id: 'appstore', version: '1.0.0', enabled: true },
  { id: 'photos', version: '6.0.0', enabled: true, types: ['a'] },
]

describe('the layer between two values', () => {
  it.each<[string, unknown, unknown]>([
    [
      'an object with a member more, one less and one changed',
      { a: 1, b: { c: 2, d: 3 } },
      { b: { c: 4, d: 3 }, e: 5 },
    ],
    ['a list with an entry less', APPS, [APPS[0], APPS[2]]],
    [
      'a list with an entry changed',
      APPS,
      [APPS[0], { ...APPS[1], version: '0.9.0' }, { id: 'photos', version: '5.0.0', enabled: false }],
    ],
    [
      'a list with entries more',
      APPS,
      [{ id: 'admin_audit', enabled: false }, ...APPS, { id: 'zulip', enabled: true }],
    ],
    ['a list in another order', APPS, [...APPS].reverse()],
    ['a member that is null', { a: 1, b: 2, c: 3 }, { a: null, b: 2, c: 3 }],
    ['a list of texts', ['a', 'b'], ['b']],
    ['something else altogether', { a: 1 }, ['b']],
  ])('makes the older one of the newer one: %s', (_, newer, older) => {
    const layer = JSON.parse(JSON.stringify(layerBetween(newer, older))) as Layer

    expect(layOver(newer, layer)).toEqual(older)
  })

  it('is nothing where both are the same, whatever the order of members', () => {
    expect(layerBetween({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(null)
  })

  it('states only what differs', () => {
    const older = APPS.map((app) => (app.id === 'photos' ? { ...app, version: '5.0.0' } : app))

    expect(layerBetween(APPS, older)).toEqual({ list: { key: 'id', changed: [{ id: 'photos', version: '5.0.0' }] } })
  })

  it('leaves everything as it is where it says nothing', () => {
    expect(layOver(APPS, {})).toBe(APPS)
  })
})
