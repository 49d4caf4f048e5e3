import { checkMembers } from '#lib/check-members.ts'
import { UserError } from '#lib/errors.ts'
import { checkOperation } from '#line/check-operation.ts'
import type { Operation } from '#line/operation.ts'
import { EXPECTATION_MEMBERS, type Expectation, ExpectationError, unmet } from './expectation.ts'
import type { BriefEntry, JournalEntry } from './journal-entry.ts'
import { type Answered, KeptRequest } from './kept-request.ts'
import { matching, REQUEST_MEMBERS, type RequestMatcher } from './match.ts'

/** What was asked and answered, newest last. It keeps a fixed number and forgets the oldest. */
export class Journal {
  readonly limit: number
  #ring: KeptRequest[] = []
  #count = 0

  readonly #operations: () => readonly Operation[]

  /**
   * @param limit how many entries it keeps
   * @param operations all that can answer; without it, nobody knows which there are
   */
  constructor(limit = 1000, operations: () => readonly Operation[] = () => []) {
    if (!Number.isSafeInteger(limit) || limit < 0)
      throw new UserError(`Failed to make a journal of ${limit} requests: write a whole number from 0.`)
    this.limit = limit
    this.#operations = operations
  }

  record(answered: Answered): KeptRequest {
    const request = new KeptRequest(++this.#count, answered)
    if (this.limit > 0) this.#ring[(request.id - 1) % this.limit] = request
    return request
  }

  /** All entries that are kept, oldest first. */
  get entries(): readonly JournalEntry[] {
    return this.#requests.map(({ entry }) => entry)
  }

  /** The newest entries that are kept, oldest first. @param before only those before this one */
  last(most: number, before?: number): readonly JournalEntry[] {
    return this.#last(most, before).map(({ entry }) => entry)
  }

  /** As {@link last}, without headers, bodies and changes. */
  briefly(most: number, before?: number): readonly BriefEntry[] {
    return this.#last(most, before).map(({ brief }) => brief)
  }

  /** The entry with this number, if it is kept. */
  get(id: number): JournalEntry | undefined {
    const request = this.limit === 0 ? undefined : this.#ring[(id - 1) % this.limit]
    return request?.id === id ? request.entry : undefined
  }

  #last(most: number, before = Number.POSITIVE_INFINITY): readonly KeptRequest[] {
    const requests = this.#requests.filter(({ id }) => id < before)
    return requests.slice(Math.max(0, requests.length - most))
  }

  /** All that is kept, oldest first. */
  get #requests(): readonly KeptRequest[] {
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
    return this.#requests.filter(matching(matcher)).map(({ entry }) => entry)
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
    const requests = this.#requests
    const problem = unmet(expectation, requests)
    if (problem === null) return
    const forgotten = this.#count - requests.length
    const note =
      forgotten > 0 ? `\n(The journal has forgotten its first ${forgotten} requests: raise journalLimit.)` : ''
    throw new ExpectationError(problem + note)
  }

  /** A member or an operation in another spelling would match nothing, and forbid nothing. */
  #check(what: string, given: RequestMatcher, members: readonly string[]): void {
    checkMembers(what, given, members)
    const known = this.#operations()
    if (typeof given.operation !== 'string') return
    if (!this.#requests.some(({ operation }) => operation === given.operation))
      checkOperation(what, given.operation, known)
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
