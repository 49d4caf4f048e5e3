import { type Difference, maskVolatile, VOLATILE } from '../compare-values.ts'
import { type DecodedEnvelope, decodeEnvelope, isUnknownRoute, plain, textOf } from '../decode-answer.ts'
import { exchangeOf, type RecordedAnswer, type RecordedCase } from '../recording.ts'
import { compareData } from './compare-data.ts'

/** What became of one case from one server to another. */
export function compareCases(before: RecordedCase, after: RecordedCase): Difference[] {
  const [was, is] = [read(before), read(after)]
  if (hasRoute(was) !== hasRoute(is)) return [compareRoute(was, is)]
  if (typeof was === 'string' || typeof is === 'string') return compareUnreadable(before, after)
  if (was.status !== is.status) return [compareStatus(was, is, before)]
  const found: Difference[] = []
  if (was.message !== is.message)
    found.push({
      where: '/ocs/meta/message',
      expected: was.message,
      got: is.message,
      severity: 'noted',
      rule: 'changed',
    })
  found.push(...compareHttp(before, after))
  compareData(was.data, is.data, '/ocs/data', (difference) => found.push(difference))
  return found
}

interface ComparableAnswer extends Pick<DecodedEnvelope, 'status' | 'message'> {
  readonly data: unknown
}

/** What an answer says, without what changes by itself. A text: it cannot be read. */
function read(recorded: RecordedCase): ComparableAnswer | string {
  const first = recorded.answers.find(({ format }) => format === 'json') ?? recorded.answers[0]
  if (!first) return 'no answer'
  const decoded = decode(recorded, first)
  if (typeof decoded === 'string') return decoded
  const again = recorded.again ? decode(recorded, recorded.again) : decoded
  const steady = typeof again !== 'string' && again.status === decoded.status
  const data = steady && decoded.data !== undefined ? plain(maskVolatile(decoded.data, again.data)) : VOLATILE
  return { status: decoded.status, message: decoded.message, data }
}

const decode = (recorded: RecordedCase, answer: RecordedAnswer) => decodeEnvelope(exchangeOf(recorded, answer).answer)

const hasRoute = (answer: ComparableAnswer | string) => typeof answer === 'string' || !isUnknownRoute(answer)
const statusText = (answer: ComparableAnswer | string) =>
  typeof answer === 'string' ? 'there' : `${answer.status} ${answer.message}`.trim()

function compareRoute(was: ComparableAnswer | string, is: ComparableAnswer | string): Difference {
  return hasRoute(is)
    ? { where: 'route', expected: 'not there', got: statusText(is), severity: 'undocumented', rule: 'added' }
    : { where: 'route', expected: statusText(was), got: 'gone', severity: 'breaks', rule: 'removed' }
}

/**
 * Another outcome of the same question. Whether there is something is a fact of people, not of the product: somebody who
 * has no status today had one yesterday, and the server says what it is that there is not.
 */
function compareStatus(was: ComparableAnswer, is: ComparableAnswer, { kind }: RecordedCase): Difference {
  const [expected, got] = [statusText(was), statusText(is)]
  const isThere = [was, is].filter(({ status }) => status >= 200 && status < 300)
  const isAbsent = [was, is].filter(({ status, message }) => status === NOT_FOUND && !/^(OK)?$/.test(message))
  const ofPeople = ASKED_RIGHTLY.has(kind) && isThere.length === 1 && isAbsent.length === 1
  return { where: '/ocs/meta/statuscode', expected, got, severity: ofPeople ? 'noted' : 'breaks', rule: 'changed' }
}

const NOT_FOUND = 404
/** Questions with nothing wrong in them. */
const ASKED_RIGHTLY: ReadonlySet<RecordedCase['kind']> = new Set(['valid', 'observed', 'unknown-parameter'])

/** HTTP status and type, variant by variant: they differ for XML alone, or for v1 alone. */
function compareHttp(before: RecordedCase, after: RecordedCase): Difference[] {
  const found: Difference[] = []
  for (const was of before.answers) {
    const is = after.answers.find(
      ({ version, format, query }) => version === was.version && format === was.format && query === was.query,
    )
    if (!is) continue
    if (was.status !== is.status)
      found.push({
        where: 'status',
        expected: `HTTP ${was.status}`,
        got: `HTTP ${is.status}`,
        severity: 'breaks',
        rule: 'changed',
      })
    const [type, now] = [was, is].map(({ headers }) => (headers['content-type'] ?? 'none').toLowerCase())
    if (type !== now)
      found.push({ where: 'header Content-Type', expected: type!, got: now!, severity: 'differs', rule: 'changed' })
  }
  return found
}

function compareUnreadable(before: RecordedCase, after: RecordedCase): Difference[] {
  const [was, is] = [before, after].map((recorded) => {
    const [first] = recorded.answers
    if (!first) return 'no answer'
    const answer = read(recorded)
    const body = textOf(exchangeOf(recorded, first).answer)
    return typeof answer === 'string'
      ? `HTTP ${first.status}, ${body === '' ? 'no body' : (first.headers['content-type'] ?? 'no type')}`
      : `${answer.status} ${answer.message}`.trim()
  })
  if (was === is) return []
  return [{ where: 'status', expected: was!, got: is!, severity: 'breaks', rule: 'changed' }]
}
