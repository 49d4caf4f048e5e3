import { isPattern } from '#lib/pattern.ts'
import { type Schema, s } from '#lib/schema.ts'
import { WHY_CODES } from '#line/why.ts'

/** What can be known of a request before it is answered. Members that are left out may be anything. */
const BEFORE = {
  method: s.optional(s.described('GET, POST, PROPFIND …', s.nameOf('method', s.string()))),
  path: s.optional(
    s.described(
      'the path without the query; * stands for any part of a segment, ** for any part of the path',
      s.form<string>('a path that begins with "/" or "*"', (v) => typeof v === 'string' && /^[/*]/.test(v), {
        type: 'string',
        pattern: '^[/*]',
      }),
    ),
  ),
  pathPattern: s.optional(
    s.described(
      'a regular expression that the path has to match',
      s.form<string>('a regular expression', (v) => typeof v === 'string' && isPattern(v), { type: 'string' }),
    ),
  ),
  query: s.optional(s.described('parameters of the query; others may be there too', s.record(s.any()))),
  actor: s.optional(s.described('the account that asks; null: nobody', s.nullable(s.string()))),
  operation: s.optional(
    s.described('the operation: `ocs-mock operations` lists them', s.nullable(s.nameOf('operation', s.string()))),
  ),
  body: s.optional(s.described('members of a JSON or form body, or the whole body as text', s.any())),
} satisfies Record<string, Schema>

/** A request as it comes. */
export const requestSchema = s.object(BEFORE)

/** How a step waits for a request. */
export const awaitedRequestSchema = s.object({
  ...BEFORE,
  nth: s.optional(s.described('the how manieth such request; default: the first', s.int())),
  every: s.optional(s.described('each such request, as long as the scenario runs', s.literal(true))),
})

const ANSWERED = {
  ...BEFORE,
  status: s.optional(s.described('the HTTP status of the answer', s.int())),
  outcome: s.optional(
    s.described('what became of the request', s.literal('answered', 'unknown-route', 'not-built', 'dropped')),
  ),
  ocsStatus: s.optional(
    s.described('the status of the envelope, as it is sent; null: there is none', s.nullable(s.int())),
  ),
  why: s.optional(s.described('the step that decides the answer', s.literal(...WHY_CODES))),
}

/** A request that was answered, and how. */
export const answeredRequestSchema = s.object(ANSWERED)

/** Requests that are to come, or not to. */
export const expectationSchema = s.object({
  ...ANSWERED,
  times: s.optional(s.described('exactly so often; 0: never', s.int())),
  atLeast: s.optional(s.described('so often or more', s.int())),
  atMost: s.optional(s.described('so often or less', s.int())),
  inOrder: s.optional(
    s.described('instead: one for each of these, one after the other', s.list(answeredRequestSchema)),
  ),
})
