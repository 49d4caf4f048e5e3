/**
 * Notes which operations the tests ask, for the coverage table. Loaded only by `npm run generate:tested`,
 * which says in OCS_MOCK_TESTED where to.
 */
import { appendFileSync } from 'node:fs'
import { afterAll } from 'vitest'
import { Journal } from '../../src/journal/journal.ts'

const asked = new Set<string>()
const { record } = Journal.prototype

Journal.prototype.record = function recordAndNote(...args) {
  const entry = record.apply(this, args)
  if (entry.operation !== null && entry.outcome === 'answered') asked.add(entry.operation)
  return entry
}

afterAll(() => {
  const file = process.env.OCS_MOCK_TESTED
  if (file) appendFileSync(file, [...asked].map((operation) => `${operation}\n`).join(''))
})
