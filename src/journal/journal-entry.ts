import type { OcsMeta } from '#line/call.ts'
import type { Handled } from '#line/run.ts'
import type { Why } from '#line/why.ts'

/** What can be asked of a request: all that matchers look at. */
export interface RequestFacts {
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
  /** Status and message of the envelope as they were sent; `null`: there was none. */
  readonly ocs: OcsMeta | null
  /** The step of the way that decided the answer, and what decided it. Missing: it is not answered yet. */
  readonly why?: Why
}

/** Headers by their names in lower case, those that came several times joined. Secrets are redacted. */
export type JournalHeaders = Readonly<Record<string, string>>

/** What was sent back. */
export interface JournalAnswer {
  readonly headers: JournalHeaders
  /** As text, cut after 16,384 bytes, with secrets redacted; `null`: there was none, or it is no text. */
  readonly body: string | null
  /** In bytes. */
  readonly bodySize: number
}

/** Something that the request changed: the event's name, and its details as far as they are plain. */
export interface JournalChange {
  readonly type: string
  readonly [detail: string]: unknown
}

/** What a list shows of a request. */
export type BriefEntry = Omit<JournalEntry, 'headers' | 'body' | 'answer' | 'changes'>

/** One request and what became of it. In `query`, `body` and headers secrets are redacted. */
export interface JournalEntry extends RequestFacts {
  /** The world that was asked; `null`: the default one. */
  readonly world: string | null
  /** Of the request. */
  readonly headers: JournalHeaders
  readonly answer: JournalAnswer
  /** Milliseconds of the machine's clock that the answer took, latency of faults included. Never the same twice. */
  readonly duration: number
  readonly why: Why
  /** What it changed in the world; nothing where several requests were answered at the same time. */
  readonly changes: readonly JournalChange[]
}
