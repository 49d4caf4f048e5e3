import { describe, expect, it } from 'vitest'
import { Table } from '#world/table.ts'

interface Animal {
  readonly legs: number
  readonly name?: string
}

const nameOf = (animal: Animal) => animal.name

describe('an index of a table', () => {
  const zoo = () => {
    const table = new Table<Animal>()
    table.set('c', { legs: 4, name: 'ant' })
    table.set('a', { legs: 4, name: 'bear' })
    table.set('b', { legs: 2, name: 'ant' })
    table.set('d', { legs: 2 })
    return table
  }

  it('orders records by their text, then by their key, and leaves out those without one', () => {
    expect(zoo().index('name', nameOf).keys()).toEqual(['b', 'c', 'a'])
    expect(zoo().index('name', nameOf).keys(1, 2)).toEqual(['c'])
  })

  it('follows every write', () => {
    const table = zoo()
    const index = table.index('name', nameOf)
    table.patch('a', { name: 'aardvark' })
    table.set('d', { legs: 2, name: 'crane' })
    table.delete('b')
    expect(index.keys()).toEqual(['a', 'c', 'd'])
    expect(index.size).toBe(3)
    table.clear()
    expect(table.index('name', nameOf).keys()).toEqual([])
  })

  it('finds the records with exactly one text', () => {
    expect(zoo().index('name', nameOf).keysOf('ant')).toEqual(['b', 'c'])
    expect(zoo().index('name', nameOf).keysOf('an')).toEqual([])
  })

  it('is a separate one in every fork', () => {
    const table = zoo()
    table.index('name', nameOf)
    const fork = table.fork()
    fork.set('e', { legs: 8, name: 'aphid' })
    table.delete('c')
    expect(fork.index('name', nameOf).keys()).toEqual(['b', 'c', 'e', 'a'])
    expect(table.index('name', nameOf).keys()).toEqual(['b', 'a'])
  })
})

describe('keys with a prefix', () => {
  it('are found and counted without the others', () => {
    const table = new Table<number>()
    for (const key of ['x/2', 'y/1', 'x/1', 'xy/1', 'x']) table.set(key, 1)
    expect(table.keysWithPrefix('x/')).toEqual(['x/1', 'x/2'])
    expect(table.countPrefix('x/')).toBe(2)
    expect(table.countPrefix('z')).toBe(0)
  })
})

describe('a table with many records', () => {
  const big = () => {
    const table = new Table<Animal>()
    for (let i = 0; i < 300; i++) table.set(`k${i}`, { legs: i % 5, name: `n${i % 10}` })
    return table
  }

  it('has the same orders in a fork that changed some of them', () => {
    const base = big()
    const fork = base.fork()
    fork.delete('k10')
    fork.set('k11', { legs: 1, name: 'a' })
    fork.set('k999', { legs: 1, name: 'n0' })
    expect(fork.index('name', nameOf).keysOf('n0')).not.toContain('k10')
    expect(fork.index('name', nameOf).keysOf('n0')).toContain('k999')
    expect(fork.index('name', nameOf).keys(0, 1)).toEqual(['k11'])
    expect(fork.countPrefix('k')).toBe(300)
    expect(base.index('name', nameOf).keysOf('n0')).toContain('k10')
    expect(base.countPrefix('k999')).toBe(0)
  })

  it('finds texts that contain another, and only in the text', () => {
    const found = big().index('name', nameOf).keysContaining('9', 3)
    expect(found).toEqual(['k109', 'k119', 'k129'])
    expect(big().index('name', nameOf).keysContaining('k1')).toEqual([])
  })
})
