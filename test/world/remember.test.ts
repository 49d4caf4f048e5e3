import { describe, expect, it } from 'vitest'
import { defineTable } from '#world/define-table.ts'
import { World } from '#world/world.ts'

const left = defineTable<{ readonly n: number }>('left')
const right = defineTable<{ readonly n: number }>('right')

describe('what a world remembers', () => {
  it('is computed again only when a table that was read has changed', () => {
    const world = new World()
    let computed = 0
    const value = () => world.remember('sum', () => ++computed && (world.table(left).get('a')?.n ?? 0))
    expect([value(), value(), computed]).toEqual([0, 0, 1])
    world.table(right).set('a', { n: 1 })
    expect([value(), computed]).toEqual([0, 1])
    world.table(left).set('a', { n: 5 })
    expect([value(), computed]).toEqual([5, 2])
  })

  it('sees what inner computations read, remembered or derived', () => {
    const world = new World()
    const inner = () => world.remember('inner', () => world.table(left).size)
    const derived = () => world.derive('derived', [right], () => world.table(right).size)
    const outer = () => world.remember('outer', () => `${inner()} ${derived()}`)
    inner()
    derived()
    expect(outer()).toBe('0 0')
    world.table(left).set('a', { n: 1 })
    expect(outer()).toBe('1 0')
    world.table(right).set('a', { n: 1 })
    expect(outer()).toBe('1 1')
  })

  it('is forgotten with the state that it was computed from', () => {
    const world = new World()
    const empty = world.fork()
    world.table(left).set('a', { n: 1 })
    const size = () => world.remember('size', () => world.table(left).size)
    expect(size()).toBe(1)
    world.restore(empty)
    expect(size()).toBe(0)
  })
})
