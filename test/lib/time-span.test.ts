import { expect, it } from 'vitest'
import { timeSpan } from '#lib/time-span.ts'

const at = (text: string) => Date.parse(text) / 1000
const NOW = at('2026-03-31T12:00:00Z')

it.each([
  ['2026-03-31T11:59:30Z', 'seconds ago'],
  ['2026-03-31T12:00:30Z', 'in a few seconds'],
  ['2026-03-31T11:58:59Z', '1 minute ago'],
  ['2026-03-31T09:00:00Z', '3 hours ago'],
  ['2026-03-31T14:00:00Z', 'in 2 hours'],
  ['2026-03-30T11:00:00Z', 'yesterday'],
  ['2026-04-01T13:00:00Z', 'tomorrow'],
  ['2026-03-26T11:00:00Z', '5 days ago'],
  ['2026-02-28T11:00:00Z', 'last month'],
  ['2026-03-01T00:00:00Z', '30 days ago'],
  ['2026-05-31T12:00:00Z', 'in 2 months'],
  ['2025-03-31T12:00:00Z', 'last year'],
  ['2029-04-01T12:00:00Z', 'in 3 years'],
])('%s is told as "%s"', (moment, told) => {
  expect(timeSpan(at(moment), NOW)).toBe(told)
})
