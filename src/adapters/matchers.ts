import { type Expectation, ExpectationError } from '#journal/expectation.ts'
import type { OperationId } from '#line/operation.ts'
import { OcsMock } from '#mock.ts'

/** A request that is expected: the id of its operation, or what it looks like and how often it comes. */
export type ExpectedRequest = OperationId | Expectation

/** What a matcher of Vitest and Jest answers. */
interface Judgement {
  readonly pass: boolean
  message(): string
}

/**
 * Matchers for `expect.extend`, of Vitest and of Jest.
 *
 * @example
 * expect(ocs).toHaveReceived('user_status-set-status')
 * expect(ocs).toHaveReceived({ method: 'POST', path: '/ocs/v2.php/cloud/users', times: 1 })
 * expect(ocs).toHaveAnswered('provisioning_api-users-get-user', 404)
 */
export const ocsMatchers = {
  /** Such a request came. */
  toHaveReceived: (ocs: unknown, expected: ExpectedRequest): Judgement =>
    judge(ocs, 'toHaveReceived', expectationOf(expected)),
  /** Such a request came, and was answered with a status: that of HTTP, or the envelope's. */
  toHaveAnswered: (ocs: unknown, expected: ExpectedRequest, status: number): Judgement => {
    if (!Number.isInteger(status))
      throw new TypeError(
        `toHaveAnswered takes a status as a number: expect(ocs).toHaveAnswered(…, 200), not ${JSON.stringify(status)}`,
      )
    const expectation = expectationOf(expected)
    const ofHttp = judge(ocs, 'toHaveAnswered', { ...expectation, status })
    return ofHttp.pass
      ? ofHttp
      : { ...ofHttp, pass: judge(ocs, 'toHaveAnswered', { ...expectation, ocsStatus: status }).pass }
  },
}

function expectationOf(expected: ExpectedRequest): Expectation {
  if (typeof expected === 'string') return { operation: expected }
  if (typeof expected === 'object' && expected !== null) return expected
  throw new TypeError(
    `A request is the id of an operation, or an object such as { method: 'GET' }, not ${String(expected)}`,
  )
}

function judge(ocs: unknown, name: string, expectation: Expectation): Judgement {
  if (!(ocs instanceof OcsMock))
    throw new TypeError(
      `${name} judges what createOcsMock() made: expect(ocs).${name}(…)${typeof ocs === 'function' ? '; of a function, what it returns: expect(ocs())' : ''}`,
    )
  try {
    ocs.journal.expect(expectation)
    return { pass: true, message: () => `Expected no such request, and it came: ${JSON.stringify(expectation)}` }
  } catch (error) {
    if (!(error instanceof ExpectationError)) throw error
    return { pass: false, message: () => error.message }
  }
}
