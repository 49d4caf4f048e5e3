import type { Call } from '../call.ts'
import type { Handled } from '../handle.ts'

/** One request and what became of it. */
export interface JournalEntry {
  /** Counts from 1; entries that fell out of the journal keep theirs. */
  readonly id: number
  /** Milliseconds since 1970 by the world's clock. */
  readonly at: number
  readonly method: string
  readonly path: string
  readonly query: string
  /** Who called, or `null`. */
  readonly actor: string | null
  /** The operation that answered, or `null`. */
  readonly operation: string | null
  readonly outcome: Handled['outcome']
  readonly status: number
}

/** What was asked and answered, newest last. It keeps a fixed number and forgets the oldest. */
export class Journal {
  readonly limit: number
  #ring: JournalEntry[] = []
  #count = 0

  constructor(limit = 1000) {
    this.limit = limit
  }

  record(call: Call, handled: Handled, at: number): JournalEntry {
    const entry: JournalEntry = {
      id: ++this.#count,
      at,
      method: call.method,
      path: call.path,
      query: call.query,
      actor: handled.actor.userId,
      operation: handled.operation,
      outcome: handled.outcome,
      status: handled.answer.status,
    }
    this.#ring[(entry.id - 1) % this.limit] = entry
    return entry
  }

  /** All entries that are kept, oldest first. */
  get entries(): readonly JournalEntry[] {
    if (this.#count <= this.limit) return this.#ring.slice()
    const start = this.#count % this.limit
    return [...this.#ring.slice(start), ...this.#ring.slice(0, start)]
  }

  /** How many requests there were, kept or not. */
  get count(): number {
    return this.#count
  }

  clear(): void {
    this.#ring = []
    this.#count = 0
  }
}
