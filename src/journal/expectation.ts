import { UserError } from '#lib/errors.ts'
import { redactMembers } from '#lib/secrets.ts'
import { isFailure, whyText } from '#line/why.ts'
import type { RequestFacts } from './journal-entry.ts'
import { differing, matching, REQUEST_MEMBERS, type RequestMatcher, readRequestMatcher } from './match.ts'

/**
 * Which requests are to have come. Without a number, at least one that matches; `times: 0` forbids them.
 * With `inOrder`, one for each matcher, one after the other; others may come between.
 */
export interface Expectation extends RequestMatcher {
  readonly times?: number
  readonly atLeast?: number
  readonly atMost?: number
  readonly inOrder?: readonly RequestMatcher[]
}

const NUMBERS = ['times', 'atLeast', 'atMost'] as const
export const EXPECTATION_MEMBERS = [...REQUEST_MEMBERS, ...NUMBERS, 'inOrder'] as const

/** Requests that should have come and did not, or should not have. */
export class ExpectationError extends Error {
  override readonly name = 'ExpectationError'
}

/**
 * An expectation from a document.
 * @throws UserError for one that nothing could meet.
 */
export function readExpectation(document: Readonly<Record<string, unknown>>): Expectation {
  for (const member of NUMBERS) {
    const value = document[member]
    if (value !== undefined && !(Number.isInteger(value) && (value as number) >= 0))
      throw new UserError(`Failed to read the expectation: "${member}" is not a whole number from 0.`)
  }
  const { inOrder } = document
  if (inOrder !== undefined) readOrder(inOrder)
  return readRequestMatcher(document) as Expectation
}

function readOrder(inOrder: unknown): void {
  if (!Array.isArray(inOrder) || inOrder.length === 0)
    throw new UserError('Failed to read the expectation: "inOrder" is not a list of requests.')
  for (const matcher of inOrder) {
    const unknown = Object.keys(Object(matcher)).find((name) => !(REQUEST_MEMBERS as readonly string[]).includes(name))
    if (typeof matcher !== 'object' || matcher === null || unknown !== undefined)
      throw new UserError(
        `Failed to read the expectation: "inOrder" has ${unknown === undefined ? 'something that is no request' : `the unknown member "${unknown}"`}. Known are ${REQUEST_MEMBERS.join(', ')}.`,
      )
    readRequestMatcher(matcher)
  }
}

/**
 * What is wrong with some requests, oldest first, in words; `null`: nothing.
 * @throws UserError for a path pattern that is no regular expression.
 */
export function unmet(expectation: Expectation, entries: readonly RequestFacts[]): string | null {
  const { inOrder, times, atLeast, atMost, ...matcher } = expectation
  if (inOrder) return unmetOrder(inOrder, entries)
  const least = times ?? atLeast ?? (atMost === undefined ? 1 : 0)
  const most = times ?? atMost ?? Number.POSITIVE_INFINITY
  const found = entries.filter(matching(matcher))
  if (found.length >= least && found.length <= most) return null
  const message = `Expected ${describe(matcher)} ${amount(least, most)}; ${cameTimes(found.length)}`
  if (found.length > most) return `${message}: ${found.slice(0, MOST_SHOWN).map(showRequest).join(', ')}.`
  return `${message}.\n${nearest(
    matcher,
    entries.filter((entry) => !found.includes(entry)),
  )}`
}

const MOST_SHOWN = 5

function unmetOrder(inOrder: readonly RequestMatcher[], entries: readonly RequestFacts[]): string | null {
  let from = 0
  for (const [i, matcher] of inOrder.entries()) {
    const at = entries.slice(from).findIndex(matching(matcher))
    if (at >= 0) {
      from += at + 1
      continue
    }
    const before = entries.slice(0, from).findLast(matching(matcher))
    const last = from === 0 ? '' : ` after ${showRequest(entries[from - 1]!)}`
    const list = inOrder.map((one, n) => `  ${n + 1}. ${describe(one)}${n < i ? ' (came)' : ''}`).join('\n')
    const hint = before ? `It came before that: ${showRequest(before)}.` : nearest(matcher, entries.slice(from))
    return `Expected requests in this order:\n${list}\nThe ${ordinal(i + 1)} did not come${last}. ${hint}`
  }
  return null
}

function nearest(matcher: RequestMatcher, entries: readonly RequestFacts[]): string {
  if (entries.length === 0) return 'There were no other requests.'
  const differences = differing(matcher)
  let best = { entry: entries[0]!, found: differences(entries[0]!) }
  for (const entry of entries.slice(1)) {
    const found = differences(entry)
    if (found.length <= best.found.length) best = { entry, found }
  }
  const lines = best.found.map(
    ({ member, wanted: w, found }) => `  ${member}: expected ${text(w)}, found ${redactMembers(text(found))}`,
  )
  return `The nearest of ${entries.length === 1 ? 'one other request' : `${entries.length} other requests`} was ${showRequest(best.entry)}:\n${lines.join('\n')}`
}

/** A request that is wanted, in words: `POST /ocs/v2.php/cloud/users with actor "alice"`. */
export function describe({ method, path, pathPattern, operation, ...others }: RequestMatcher): string {
  const where = path ?? (pathPattern === undefined ? (operation ?? undefined) : `/${pathPattern}/`)
  const more = Object.entries({ ...others, ...(where !== operation && operation !== undefined ? { operation } : {}) })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${text(value)}`)
  const what = [method, where].filter((part) => part !== undefined).join(' ') || 'a request'
  return more.length === 0 ? what : `${what} with ${more.join(', ')}`
}

function amount(least: number, most: number): string {
  if (most === 0) return 'never'
  if (least === most) return `exactly ${times(least)}`
  if (most === Number.POSITIVE_INFINITY) return `at least ${times(least)}`
  return least === 0 ? `at most ${times(most)}` : `${least} to ${most} times`
}

const times = (n: number) => (n === 1 ? 'once' : `${n} times`)
const cameTimes = (n: number) => (n === 0 ? 'none came' : n === 1 ? 'one came' : `${n} came`)
const ordinal = (n: number) => ['first', 'second', 'third'][n - 1] ?? `${n}th`

/** What came, and why it was refused if it was. */
/** A request in one line, with why it was refused if it was. */
export function showRequest({ id, method, path, actor, status, ocs, why }: RequestFacts): string {
  const reason = why !== undefined && isFailure({ status, ocs }) ? ` (${whyText(why)})` : ''
  return `#${id} ${method} ${path} by ${actor ?? 'nobody'} → ${status}${reason}`
}

function text(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value)
  return json.length > 200 ? `${json.slice(0, 197)}...` : json
}
