import { describe, expect, it } from 'vitest'
import type { Finding } from '#verify/finding.ts'
import { foldEverywhere, foldMissing } from '#verify/fold-findings.ts'

const finding = (operation: string, part: Partial<Finding> = {}): Finding => ({
  operation,
  where: '',
  expected: `what ${operation} declares`,
  got: 'no OCS envelope',
  severity: 'breaks',
  rule: 'well-formed',
  seen: ['admin v2 json'],
  reproduce: 'curl',
  ...part,
})

describe('findings that nearly every operation has', () => {
  const many = Array.from({ length: 20 }, (_, i) => finding(`operation-${i}`))

  it('are told once, before all others', () => {
    const other = finding('operation-1', { where: '/ocs/data/a', rule: 'schema' })
    const folded = foldEverywhere([other, ...many], 25)
    expect(folded.map(({ operation }) => operation)).toEqual(['everywhere', 'operation-1'])
    expect(folded[0]!.seen[0]).toBe('in 20 operations, first in operation-0')
  })

  it('are told one by one where they are few', () => {
    expect(foldEverywhere(many, 100)).toHaveLength(20)
    expect(foldEverywhere(many.slice(0, 5), 5)).toHaveLength(5)
  })
})

describe('a route that is not there', () => {
  it('is one finding, whatever else follows from it', () => {
    const missing = finding('gone', { rule: 'route', got: '998 Invalid query' })
    const others = [finding('gone', { rule: 'access', got: '998' }), finding('there', { rule: 'content-type' })]
    expect(foldMissing([missing, ...others])).toEqual([missing, others[1]])
  })
})
