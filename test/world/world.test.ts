import { describe, expect, it } from 'vitest'
import { UserError } from '#lib/errors.ts'
import { defineTable } from '#world/define-table.ts'
import { World } from '#world/world.ts'

const notes = defineTable<{ readonly text: string }>('notes')

function worldWithNote(): World {
  const world = new World()
  world.random.restore({ seed: 7, draws: 0 })
  world.table(notes).set('a', { text: 'first' })
  return world
}

describe('a world', () => {
  it('is not touched by what happens in its fork', () => {
    const world = worldWithNote()
    const fork = world.fork()
    fork.table(notes).set('b', { text: 'second' })
    fork.table(notes).delete('a')
    fork.nextId('note')
    expect([...world.table(notes).keys()]).toEqual(['a'])
    expect(world.nextId('note')).toBe(1)
    expect([...fork.table(notes).keys()]).toEqual(['b'])
  })

  it('draws the same tokens from the same seed', () => {
    const [one, two] = [worldWithNote(), worldWithNote()]
    expect(one.random.token(32)).toBe(two.random.token(32))
    expect(one.random.token(32)).not.toBe(one.random.token(32))
  })

  it('goes on drawing in a fork where it was', () => {
    const world = worldWithNote()
    world.random.token(8)
    const fork = world.fork()
    expect(fork.random.token(8)).toBe(world.random.token(8))
  })

  it('comes back from its dump', () => {
    const world = worldWithNote()
    world.clock.freeze(5000)
    world.nextId('note')
    const copy = new World()
    copy.load(JSON.parse(JSON.stringify(world.dump())))
    expect(copy.dump()).toEqual(world.dump())
    expect(copy.nextId('note')).toBe(2)
  })

  it.each([
    [null, 'the document'],
    [{}, '"clock"'],
    [{ clock: { offset: 0, frozenAt: 'x' } }, '"clock.frozenAt"'],
    [{ clock: { offset: 0, frozenAt: null }, random: {} }, '"random"'],
    [{ clock: { offset: 0, frozenAt: null }, random: { seed: 1, draws: 0 }, counters: { a: 'x' } }, '"counters"'],
    [
      { clock: { offset: 0, frozenAt: null }, random: { seed: 1, draws: 0 }, counters: {}, tables: { notes: [] } },
      '"tables.notes"',
    ],
  ])('refuses %j as a dump and stays as it was', (dump, place) => {
    const world = worldWithNote()
    expect(() => world.load(dump)).toThrow(UserError)
    expect(() => world.load(dump)).toThrow(place)
    expect(world.table(notes).get('a')).toEqual({ text: 'first' })
  })

  it('computes again only what is derived from a table that changed', () => {
    const world = worldWithNote()
    let computed = 0
    const count = () => world.derive('count', [notes], () => ++computed && world.table(notes).size)
    expect([count(), count()]).toEqual([1, 1])
    world.table(notes).set('b', { text: '' })
    expect(count()).toBe(2)
    expect(computed).toBe(2)
  })

  it('tells its listeners what happens until they stop listening', () => {
    const world = new World()
    const heard: string[] = []
    const stop = world.on((event) => heard.push(event.type))
    world.emit({ type: 'group.created', groupId: 'one' })
    stop()
    world.emit({ type: 'group.deleted', groupId: 'two' })
    expect(heard).toEqual(['group.created'])
  })
})
