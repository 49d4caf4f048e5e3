/**
 * Notes with which outcome the tests of a file ask which operations, for `spec/tested.json`: `id 200`, `id 404`.
 * The notes travel with the results of the file; `tested-setup.ts` reads them at the end of the run.
 */
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { Journal } from '#journal/journal.ts'
import type { Answer } from '#line/call.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** Operations with the status that they answered. */
    asked?: string[]
  }
}

// Files share modules, so each file's copy of this one is laid over the same class.
const { record } = Journal.prototype
const asked: string[] = []

beforeAll(() => {
  Journal.prototype.record = function recordAndNote(...args) {
    const [, , { operation, outcome, answer }] = args
    const note = `${operation} ${statusOf(answer)}`
    if (operation !== null && outcome === 'answered' && !asked.includes(note)) asked.push(note)
    return record.apply(this, args)
  }
})

beforeEach(({ task }) => {
  task.file.meta.asked = asked
})

afterAll(() => {
  Journal.prototype.record = record
})

/** The status in the handlers' one language: v1's 100 is 200. Without an envelope, HTTP's. */
function statusOf({ status, body }: Answer): number {
  const text = typeof body === 'string' ? body.slice(0, 500) : ''
  const code = /"statuscode":(\d+)|<statuscode>(\d+)</.exec(text)
  const found = code ? Number(code[1] ?? code[2]) : status
  return found === 100 ? 200 : found
}
