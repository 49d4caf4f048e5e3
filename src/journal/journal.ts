import { checkMembers, checkName } from '#lib/check-members.ts'
import { UserError } from '#lib/errors.ts'
import type { Call } from '#line/call.ts'
import type { Handled } from '#line/run.ts'
import { EXPECTATION_MEMBERS, type Expectation, ExpectationError, unmet } from './expectation.ts'
import type { JournalEntry } from './journal-entry.ts'
import { matching, REQUEST_MEMBERS, type RequestMatcher } from './match.ts'

const MAX_BODY_BYTES = 16_384

/** What was asked and answered, newest last. It keeps a fixed number and forgets the oldest. */
export class Journal {
  readonly limit: number
  #ring: JournalEntry[] = []
  #count = 0

  readonly #operations: () => readonly string[]

  /**
   * @param limit how many entries it keeps
   * @param operations ids of all that can answer; without it, nobody knows which there are
   */
  constructor(limit = 1000, operations: () => readonly string[] = () => []) {
    if (!Number.isSafeInteger(limit) || limit < 0)
      throw new UserError(`Failed to make a journal of ${limit} requests: write a whole number from 0.`)
    this.limit = limit
    this.#operations = operations
  }

  /** @param body what was read of the call's body */
  record(
    call: Call,
    body: Uint8Array | null,
    { answer, actor, operation, outcome, fault }: Handled,
    at: number,
  ): JournalEntry {
    const entry: JournalEntry = {
      id: ++this.#count,
      at,
      method: call.method,
      path: call.path,
      query: call.query,
      contentType: call.header('content-type'),
      body: body === null || body.length === 0 ? null : textOf(body),
      bodySize: body === null ? 0 : body.length,
      actor: actor.userId,
      operation,
      outcome,
      status: outcome === 'dropped' ? 0 : answer.status,
      ...(fault === undefined ? {} : { fault }),
    }
    if (this.limit > 0) this.#ring[(entry.id - 1) % this.limit] = entry
    return entry
  }

  /** All entries that are kept, oldest first. */
  get entries(): readonly JournalEntry[] {
    if (this.limit === 0) return []
    if (this.#count <= this.limit) return this.#ring.slice()
    const start = this.#count % this.limit
    return [...this.#ring.slice(start), ...this.#ring.slice(0, start)]
  }

  /**
   * The kept entries that match, oldest first.
   * @throws UserError for a member or an operation that there is not, and a pattern that is no regular expression.
   */
  find(matcher: RequestMatcher): JournalEntry[] {
    this.#check('Failed to look for requests', matcher, REQUEST_MEMBERS)
    return this.entries.filter(matching(matcher))
  }

  /**
   * The requests that are kept are what is expected of them.
   *
   * @example
   * ocs.journal.expect({ method: 'POST', path: '/ocs/v*.php/cloud/users', actor: 'admin', times: 1 })
   * ocs.journal.expect({ inOrder: [{ method: 'PUT' }, { method: 'PROPFIND' }] })
   * @throws ExpectationError that says what came instead, and what was nearest; UserError for a member or an operation
   * that there is not.
   */
  expect(expectation: Expectation): void {
    this.#check('Failed to read the expectation', expectation, EXPECTATION_MEMBERS)
    for (const one of expectation.inOrder ?? []) this.#check('Failed to read the expectation', one, REQUEST_MEMBERS)
    const problem = unmet(expectation, this.entries)
    if (problem === null) return
    const forgotten = this.#count - this.entries.length
    const note =
      forgotten > 0 ? `\n(The journal has forgotten its first ${forgotten} requests: raise journalLimit.)` : ''
    throw new ExpectationError(problem + note)
  }

  /** A member or an operation in another spelling would match nothing, and forbid nothing. */
  #check(what: string, given: RequestMatcher, members: readonly string[]): void {
    checkMembers(what, given, members)
    const known = this.#operations()
    if (typeof given.operation !== 'string' || known.length === 0) return
    if (!this.entries.some(({ operation }) => operation === given.operation))
      checkName(what, 'operation', given.operation, known)
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

const decoder = new TextDecoder()

/** A body as the journal keeps it. */
export function textOf(body: Uint8Array): string {
  return decoder.decode(body.length > MAX_BODY_BYTES ? body.subarray(0, MAX_BODY_BYTES) : body)
}
