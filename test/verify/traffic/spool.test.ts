import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Spool } from '#verify/traffic/spool.ts'

describe('what is kept until the end', () => {
  it('comes back as it was, as often as it is wanted', () => {
    const spool = new Spool<unknown>()
    const values = [{ a: 'b' }, new Map([['x', 1]]), Uint8Array.of(1, 2, 3), 'ü'.repeat(100_000), null]
    for (const value of values) spool.add(value)
    expect(spool.size).toBe(values.length)
    for (let again = 0; again < 2; again++) expect([...spool.values()]).toEqual(values)
    spool.close()
  })

  it('does not fill the memory', () => {
    const spool = new Spool<Uint8Array>()
    const before = process.memoryUsage().arrayBuffers
    const part = randomBytes(1024 * 1024)
    for (let count = 0; count < 100; count++) spool.add(part)
    expect(spool.bytes).toBeGreaterThan(100 * part.length)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * part.length)
    spool.close()
  })
})
