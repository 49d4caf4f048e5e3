import { redactMembers } from '#lib/secrets.ts'
import type { Answer, Call, OcsMeta } from '#line/call.ts'
import type { Handled } from '#line/run.ts'
import { type Why, whyOf } from '#line/why.ts'
import type { WorldEvent } from '#world/events.ts'
import { cutText, textOf } from './body-text.ts'
import type { BriefEntry, JournalEntry, RequestFacts } from './journal-entry.ts'
import { changeOf, redactHeaders } from './redact.ts'

/** A request that was answered, as the journal is told of it. */
export interface Answered {
  readonly call: Call
  /** What was read of the call's body. */
  readonly body: Uint8Array | null
  readonly handled: Handled
  /** Milliseconds since 1970 by the world's clock. */
  readonly at: number
  /** Milliseconds of the machine's clock. */
  readonly duration: number
  readonly world: string | null
  readonly changes: readonly WorldEvent[]
}

/**
 * A request as it is kept: matchers see it as it came, people as {@link entry} shows it. What is only shown is made when
 * somebody looks.
 */
export class KeptRequest implements RequestFacts {
  readonly id: number
  readonly at: number
  readonly method: string
  readonly path: string
  readonly query: string
  readonly contentType: string
  readonly body: string | null
  readonly bodySize: number
  readonly actor: string | null
  readonly operation: string | null
  readonly outcome: Handled['outcome']
  readonly status: number
  readonly fault?: string
  readonly ocs: OcsMeta | null
  readonly #shown: Pick<Answered, 'duration' | 'world' | 'changes'> & {
    readonly headers: ReturnType<Call['headers']>
    readonly answer: Pick<Answer, 'status' | 'headers' | 'ocs' | 'why'>
    readonly answerBody: { readonly text: string | null; readonly size: number }
  }
  #entry: JournalEntry | undefined

  constructor(id: number, { call, body, handled, at, duration, world, changes }: Answered) {
    const { answer, actor, operation, outcome, fault } = handled
    this.id = id
    this.at = at
    this.method = call.method
    this.path = call.path
    this.query = call.query
    this.contentType = call.header('content-type')
    this.body = body === null || body.length === 0 ? null : textOf(body)
    this.bodySize = body === null ? 0 : body.length
    this.actor = actor.userId
    this.operation = operation
    this.outcome = outcome
    this.status = outcome === 'dropped' ? 0 : answer.status
    if (fault !== undefined) this.fault = fault
    this.ocs = answer.ocs ?? null
    const { status, headers, ocs, why } = answer
    const head = { status, headers, ...(ocs && { ocs }), ...(why && { why }) }
    this.#shown = { duration, world, changes, headers: call.headers(), answer: head, answerBody: cutText(answer) }
  }

  get why(): Why {
    return whyOf(this.#shown.answer, this.operation)
  }

  /** As it is shown: with secrets redacted. */
  get entry(): JournalEntry {
    this.#entry ??= this.#show()
    return this.#entry
  }

  /** As a list shows it. */
  get brief(): BriefEntry {
    const { id, at, method, path, contentType, bodySize, actor, operation, outcome, status, fault, ocs, why } = this
    return {
      id,
      at,
      world: this.#shown.world,
      method,
      path,
      query: redactMembers(this.query),
      contentType,
      bodySize,
      actor,
      operation,
      outcome,
      status,
      ocs,
      why,
      ...(fault === undefined ? {} : { fault }),
      duration: Math.round(this.#shown.duration * 1000) / 1000,
    }
  }

  #show(): JournalEntry {
    const { changes, headers, answer, answerBody } = this.#shown
    return {
      ...this.brief,
      headers: redactHeaders(headers),
      body: this.body === null ? null : redactMembers(this.body),
      answer: {
        headers: redactHeaders(answer.headers),
        body: answerBody.text === null ? null : redactMembers(answerBody.text),
        bodySize: answerBody.size,
      },
      changes: changes.map(changeOf),
    }
  }
}
