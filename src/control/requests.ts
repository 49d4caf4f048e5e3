import { EXPECTATION_MEMBERS, ExpectationError, readExpectation } from '#journal/expectation.ts'
import { REQUEST_MEMBERS, readRequestMatcher } from '#journal/match.ts'
import { UserError } from '#lib/errors.ts'
import { type ControlArguments, type ControlCall, ExpectationNotMetError, readObject } from './call.ts'

const NUMBERS = 'times, atLeast, atMost'

/** The journal of the world. */
export const requestCalls: readonly ControlCall[] = [
  {
    method: 'GET',
    path: '/requests',
    summary: 'all requests that are kept, oldest first; ?limit=N for the last ones',
    run: ({ selected: { mock }, query }) => {
      const { journal } = mock
      const limit = query.get('limit')
      if (limit !== null && !/^\d+$/.test(limit))
        throw new UserError(`Failed to read limit "${limit}": write a number.`)
      return {
        requests: limit === null ? journal.entries : journal.last(Number(limit)),
        total: journal.count,
        limit: journal.limit,
      }
    },
  },
  {
    method: 'DELETE',
    path: '/requests',
    summary: 'forget all requests',
    run: ({ selected: { mock } }) => {
      mock.journal.clear()
      return { cleared: true }
    },
  },
  {
    method: 'POST',
    path: '/requests/count',
    summary: `how many requests match {${REQUEST_MEMBERS.join(', ')}}`,
    run: async (args) => ({ count: (await find(args)).length }),
  },
  {
    method: 'POST',
    path: '/requests/find',
    summary: 'the requests that match',
    run: async (args) => ({ requests: await find(args) }),
  },
  {
    method: 'POST',
    path: '/requests/expect',
    summary: `whether requests came as expected, with ${NUMBERS} or inOrder; 409 says what came instead`,
    run: async ({ selected: { mock }, body }) => {
      const expectation = readExpectation(await readObject(body, 'an expectation', EXPECTATION_MEMBERS))
      try {
        mock.journal.expect(expectation)
      } catch (error) {
        throw error instanceof ExpectationError ? new ExpectationNotMetError(error.message) : error
      }
      return { met: true }
    },
  },
  {
    method: 'GET',
    path: '/requests/unmatched',
    summary: 'requests for routes that there are not, or that are not built here',
    run: ({ selected: { mock } }) => ({
      requests: mock.journal.entries.filter(({ outcome }) => outcome !== 'answered'),
    }),
  },
]

async function find({ selected: { mock }, body }: ControlArguments) {
  return mock.journal.find(readRequestMatcher(await readObject(body, 'a request to look for', REQUEST_MEMBERS)))
}
