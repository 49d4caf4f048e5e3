import { EXPECTATION_MEMBERS, ExpectationError, readExpectation } from '#journal/expectation.ts'
import { REQUEST_MEMBERS, readRequestMatcher } from '#journal/match.ts'
import { UserError } from '#lib/errors.ts'
import { s } from '#lib/schema.ts'
import { type ControlArguments, type ControlCall, ExpectationNotMetError, NotFoundError, readObject } from './call.ts'

const NUMBERS = 'times, atLeast, atMost'

const ENTRY = s.object({ id: s.int(), method: s.string(), path: s.string(), status: s.int() }, 'allow')

/** The journal of the world. */
export const requestCalls: readonly ControlCall[] = [
  {
    method: 'GET',
    path: '/requests',
    summary:
      'all requests that are kept, oldest first; ?limit=N for the last, ?before=ID for older, ?brief=1 without bodies',
    query: {
      limit: 'how many at most, the last ones',
      before: 'older than the request of this id',
      brief: 'without headers and bodies',
    },
    answers: s.object({ requests: s.list(ENTRY), total: s.int(), limit: s.int() }),
    run: ({ selected: { mock }, query }) => {
      const { journal } = mock
      const limit = readNumber(query, 'limit') ?? Number.POSITIVE_INFINITY
      const before = readNumber(query, 'before')
      const brief = query.get('brief') !== null
      const requests = brief ? journal.briefly(limit, before) : journal.last(limit, before)
      return { requests, total: journal.count, limit: journal.limit }
    },
  },
  {
    method: 'GET',
    path: '/requests/{id}',
    summary: 'one request with its headers, both bodies, and what it changed',
    answers: ENTRY,
    run: ({ selected: { mock }, params }) => {
      const entry = mock.journal.get(Number(params.id))
      if (!entry) throw new NotFoundError(`There is no request ${params.id}, or it is no longer kept.`)
      return entry
    },
  },
  {
    method: 'DELETE',
    path: '/requests',
    summary: 'forget all requests',
    answers: s.object({ cleared: s.literal(true) }),
    run: ({ selected: { mock } }) => {
      mock.journal.clear()
      return { cleared: true }
    },
  },
  {
    method: 'POST',
    path: '/requests/count',
    summary: `how many requests match {${REQUEST_MEMBERS.join(', ')}}`,
    sends: ({ request }) => request,
    answers: s.object({ count: s.int() }),
    run: async (args) => ({ count: (await find(args)).length }),
  },
  {
    method: 'POST',
    path: '/requests/find',
    summary: 'the requests that match',
    sends: ({ request }) => request,
    answers: s.object({ requests: s.list(ENTRY) }),
    run: async (args) => ({ requests: await find(args) }),
  },
  {
    method: 'POST',
    path: '/requests/expect',
    summary: `whether requests came as expected, with ${NUMBERS} or inOrder; 409 says what came instead`,
    sends: ({ expectation }) => expectation,
    answers: s.object({ met: s.literal(true) }),
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
    answers: s.object({ requests: s.list(ENTRY) }),
    run: ({ selected: { mock } }) => ({
      requests: mock.journal.entries.filter(({ outcome }) => outcome !== 'answered'),
    }),
  },
]

function readNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  if (!/^\d+$/.test(text)) throw new UserError(`Failed to read ${name} "${text}": write a number.`)
  return Number(text)
}

async function find({ selected: { mock }, body }: ControlArguments) {
  return mock.journal.find(readRequestMatcher(await readObject(body, 'a request to look for', REQUEST_MEMBERS)))
}
