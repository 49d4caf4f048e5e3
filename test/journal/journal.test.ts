import { expect, it } from 'vitest'
import { createOcsMock } from '#core.ts'

const STATUS = 'https://cloud.example.com/status.php'
const OCS = { 'OCS-APIRequest': 'true', 'Content-Type': 'text/plain' }

it('keeps the newest entries and their numbers', async () => {
  const { fetch, journal } = createOcsMock({ journalLimit: 3 })
  for (let i = 0; i < 5; i++) await fetch(`${STATUS}?${i}`)
  expect(journal.entries.map(({ id, query }) => [id, query])).toEqual([
    [3, '2'],
    [4, '3'],
    [5, '4'],
  ])
  expect(journal.count).toBe(5)
})

it('keeps nothing where it shall not', async () => {
  const { fetch, journal } = createOcsMock({ journalLimit: 0 })
  await fetch(STATUS)
  expect(journal.entries).toEqual([])
  expect(journal.count).toBe(1)
})

it('cuts long bodies and says how long they were', async () => {
  const { fetch, journal } = createOcsMock()
  const headers = { ...OCS, 'Content-Type': 'application/json' }
  const body = JSON.stringify({ text: 'x'.repeat(50_000) })
  await fetch('https://cloud.example.com/ocs/v2.php/no/such', { method: 'POST', headers, body })
  const [entry] = journal.entries
  expect(entry?.body).toHaveLength(16_384)
  expect(entry?.bodySize).toBe(body.length)
})

it('finds entries', async () => {
  const { fetch, journal } = createOcsMock()
  await fetch(STATUS)
  await fetch('https://cloud.example.com/ocs/v2.php/no/such')
  expect(journal.find({ outcome: 'unknown-route' }).map(({ path }) => path)).toEqual(['/ocs/v2.php/no/such'])
})

it('finds bodies by what is in them: of objects a part, of lists each item', async () => {
  const { fetch, journal } = createOcsMock()
  const headers = { ...OCS, 'Content-Type': 'application/json' }
  const body = JSON.stringify({ tags: ['a', 'b'], who: { id: 'x', name: 'X' }, none: [] })
  await fetch('https://cloud.example.com/ocs/v2.php/no/such', { method: 'POST', headers, body })
  const isFound = (wanted: unknown) => journal.find({ body: wanted }).length === 1
  expect(isFound({ tags: ['a', 'b'] })).toBe(true)
  expect(isFound({ who: { id: 'x' }, none: [] })).toBe(true)
  for (const other of [['a'], ['b'], ['b', 'a'], ['a', 'b', 'c'], [], 'a', { 0: 'a', 1: 'b' }])
    expect([other, isFound({ tags: other })]).toEqual([other, false])
  expect(isFound({ who: ['x'] })).toBe(false)
  expect(isFound({ none: ['a'] })).toBe(false)
  expect(isFound({ other: undefined })).toBe(false)
})

it('finds queries with lists of the same length', async () => {
  const { fetch, journal } = createOcsMock()
  await fetch(`${STATUS}?ids[]=1&ids[]=2&x=y`)
  expect(journal.find({ query: { ids: ['1', '2'] } })).toHaveLength(1)
  for (const ids of [['1'], ['1', '2', '3'], '1']) expect(journal.find({ query: { ids } })).toEqual([])
})
