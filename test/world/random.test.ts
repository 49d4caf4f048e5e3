import { describe, expect, it } from 'vitest'
import { Random } from '#world/random.ts'

const seeded = (seed: number, draws = 0) => {
  const random = new Random()
  random.restore({ seed, draws })
  return random
}
const COUNT = 10_000

describe("the world's randomness", () => {
  it('is the same for the same seed and the same questions, and another for another seed', () => {
    const all = (random: Random) => [random.token(15), random.hex(32), random.int(0, 999_999), random.uuid()]
    expect(all(seeded(7))).toEqual(all(seeded(7)))
    const [one, other] = [all(seeded(7)), all(seeded(8))]
    expect(one.filter((value, i) => value === other[i])).toEqual([])
  })

  it('goes on from its state', () => {
    const random = seeded(3)
    random.token(5)
    const later = new Random()
    later.restore(random.state)
    expect(random.state).toEqual({ seed: 3, draws: 1 })
    expect(later.hex(64)).toBe(random.hex(64))
  })

  it('uses a whole alphabet, as often each', () => {
    const counts = new Map<string, number>()
    for (const digit of seeded(1).hex(COUNT)) counts.set(digit, (counts.get(digit) ?? 0) + 1)
    expect([...counts.keys()].sort().join('')).toBe('0123456789abcdef')
    for (const count of counts.values()) expect(Math.abs(count - COUNT / 16)).toBeLessThan(COUNT / 64)
  })

  it('has both ends of a range, and nothing outside, over many draws', () => {
    const random = seeded(1)
    const drawn = Array.from({ length: 1000 }, () => random.int(3, 6))
    expect([...new Set(drawn)].sort()).toEqual([3, 4, 5, 6])
    const fractions = Array.from({ length: 1000 }, () => random.fraction())
    expect(Math.min(...fractions)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...fractions)).toBeLessThan(1)
    expect(Math.abs(fractions.reduce((sum, one) => sum + one, 0) / 1000 - 0.5)).toBeLessThan(0.05)
  })

  it('draws no token twice, with neighbouring seeds neither', () => {
    const tokens = [1, 2, 3, 4].flatMap((seed) => {
      const random = seeded(seed)
      return Array.from({ length: COUNT / 4 }, () => random.token(15))
    })
    expect(new Set(tokens).size).toBe(COUNT)
  })

  it('shuffles what is there, and picks of it', () => {
    const list = [...'abcdefgh']
    const random = seeded(5)
    const shuffled = random.shuffle(list)
    expect(shuffled).not.toEqual(list)
    expect([...shuffled].sort()).toEqual(list)
    expect(new Set(Array.from({ length: 200 }, () => random.pick(list))).size).toBe(8)
  })

  it('makes UUIDs of version 4', () => {
    const random = seeded(2)
    for (let i = 0; i < 100; i++)
      expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})
