import type { Handled } from '#line/run.ts'

/** One request and what became of it. */
export interface JournalEntry {
  /** Counts from 1; entries that fell out of the journal keep theirs. */
  readonly id: number
  /** Milliseconds since 1970 by the world's clock. */
  readonly at: number
  readonly method: string
  readonly path: string
  readonly query: string
  readonly contentType: string
  /** The body as text, cut after 16,384 bytes; `null`: there was none, or nothing asked for it. */
  readonly body: string | null
  /** In bytes. */
  readonly bodySize: number
  /** Who called, or `null`. */
  readonly actor: string | null
  /** The operation that answered, or `null`. */
  readonly operation: string | null
  readonly outcome: Handled['outcome']
  /** Of HTTP; 0: the connection was dropped. */
  readonly status: number
  /** The name of the fault that had a hand in it. */
  readonly fault?: string
}
