/**
 * Notes which outcomes of which operations the tests of a file see, and by which way in, for `spec/tested.json`.
 * The notes travel with the results of the file; `tested-setup.ts` reads them at the end of the run.
 */
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { Journal } from '#journal/journal.ts'
import type { Answer, Call } from '#line/call.ts'
import { nameOfWay, type Outcome, type WayIn } from '../../scripts/coverage/ways.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** What the tests of a file saw, each outcome once. */
    outcomes?: Outcome[]
    /** The way in that a test goes. */
    way?: WayIn
  }
}

// Files share modules, so each file's copy of this one is laid over the same class.
const { record } = Journal.prototype
const outcomes: Outcome[] = []
const noted = new Set<string>()
let transport: WayIn['transport'] | undefined

beforeAll(() => {
  Journal.prototype.record = function recordAndNote(...args) {
    const [{ call, handled }] = args
    const { operation, outcome, answer } = handled
    if (operation !== null && outcome === 'answered') note({ operation, status: statusOf(answer), way: wayOf(call) })
    return record.apply(this, args)
  }
})

beforeEach(({ task }) => {
  transport = task.meta.way?.transport
  task.file.meta.outcomes = outcomes
})

afterAll(() => {
  Journal.prototype.record = record
})

function note(outcome: Outcome): void {
  const key = Object.values(outcome).join('\t')
  if (noted.has(key)) return
  noted.add(key)
  outcomes.push(outcome)
}

/** The way that a call really came, whatever its test says: only the transport cannot be seen in it. */
function wayOf({ path, query, header }: Call): string | null {
  const version = /^\/ocs\/v([12])\.php\//.exec(path)?.[1]
  if (version === undefined || transport === undefined) return null
  const format = new URLSearchParams(query).get('format') ?? (/json/.test(header('accept')) ? 'json' : 'xml')
  return nameOfWay({ transport, version: version === '1' ? 1 : 2, format: format === 'json' ? 'json' : 'xml' })
}

/** The status in the handlers' one language: v1's 100 is 200. Without an envelope, HTTP's. */
function statusOf({ status, body }: Answer): number {
  const text = typeof body === 'string' ? body.slice(0, 500) : ''
  const code = /"statuscode":(\d+)|<statuscode>(\d+)</.exec(text)
  const found = code ? Number(code[1] ?? code[2]) : status
  return found === 100 ? 200 : found
}
