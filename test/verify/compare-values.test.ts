import { describe, expect, it } from 'vitest'
import { compareValues, type Difference, VOLATILE } from '#verify/compare-values.ts'

const differences = (expected: unknown, got: unknown): Difference[] => {
  const found: Difference[] = []
  compareValues(expected, got, '/ocs/data', (difference) => found.push(difference))
  return found
}
const places = (expected: unknown, got: unknown) => differences(expected, got).map(({ where }) => where)

describe('lists', () => {
  it('in another order are one difference, with both orders', () => {
    expect(differences(['a', 'b', 'c'], ['c', 'b', 'a'])).toEqual([
      {
        where: '/ocs/data',
        expected: '["a","b","c"]',
        got: 'another order: ["c","b","a"]',
        severity: 'differs',
        rule: 'order',
      },
    ])
  })

  it('of items that have ids too', () => {
    const shares = [
      { id: '1', path: '/a', permissions: 1 },
      { id: '2', path: '/b', permissions: 19 },
      { id: '3', path: '/c', permissions: 31 },
    ]
    expect(differences(shares, [...shares].reverse())).toMatchObject([
      { where: '/ocs/data', expected: '["1","2","3"]', got: 'another order: ["3","2","1"]' },
    ])
  })

  it('in another order say besides what is different in an item', () => {
    const one = { id: 1, note: 'x', path: '/a', at: VOLATILE }
    const two = { id: 2, note: 'y', path: '/b', at: VOLATILE }
    expect(places([one, two], [{ ...two, note: 'z' }, one])).toEqual(['/ocs/data', '/ocs/data/1/note'])
  })

  it('that lack an item in the middle are told that one, not all that follow', () => {
    expect(differences(['a', 'b', 'c', 'd'], ['a', 'c', 'd'])).toMatchObject([
      { where: '/ocs/data/1', expected: '"b"', got: 'missing', severity: 'breaks' },
    ])
  })

  it('that have one too many at the start are told that one', () => {
    const items = [{ id: 4 }, { id: 5 }]
    expect(differences(items, [{ id: 9 }, ...items])).toMatchObject([{ where: '/ocs/data/0', expected: 'absent' }])
  })

  it('whose items have swapped a value are told the value, not another order', () => {
    const [one, two] = [
      { id: 1, name: 'a', size: 3 },
      { id: 2, name: 'b', size: 4 },
    ]
    const got = [
      { ...one, size: 4 },
      { ...two, size: 3 },
    ]
    expect(places([one, two], got)).toEqual(['/ocs/data/0/size', '/ocs/data/1/size'])
  })

  it('of which nothing is the same are told place by place', () => {
    expect(places(['a', 'b'], ['x', 'y'])).toEqual(['/ocs/data/0', '/ocs/data/1'])
  })

  it('whose items cannot be told apart are told place by place', () => {
    expect(places(['a', 'b', 'b'], ['b', 'b', 'a'])).toEqual(['/ocs/data/0', '/ocs/data/2'])
  })

  it('within lists are compared in the same way', () => {
    const group = (members: string[]) => ({ id: 'g', members })
    expect(places([group(['a', 'b', 'c'])], [group(['b', 'c', 'a'])])).toEqual(['/ocs/data/0/members'])
  })
})
