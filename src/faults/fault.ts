import { type Infer, notTogether, type Schema, s } from '#lib/schema.ts'
import { type Duration, durationSchema } from './duration.ts'
import { requestSchema } from './request-schema.ts'

/** The effects of which a fault has one at most; a bad body goes with none of them. */
export const EFFECTS = ['fail', 'drop', 'rateLimit', 'maintenance', 'answer', 'replace', 'patch'] as const

const texts = () => s.record(s.string())

/** A status that an answer with a body, or none, can have. */
const httpStatus = s.form<number>(
  'an HTTP status from 200 to 599',
  (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599,
  { type: 'integer', minimum: 200, maximum: 599 },
)

/** A whole answer, sent as it is. */
const wholeAnswer = s.object({
  status: s.optional(s.described('HTTP status; default: 200', httpStatus)),
  headers: s.optional(texts()),
  body: s.optional(s.described('a text, or a value that is sent as JSON', s.any())),
  file: s.optional(s.described('a file with the body, beside the scenario', s.string())),
})

/** What an operation answers instead; version and format of the envelope are as asked. */
export const replacementShape = {
  operation: s.described(
    'the operation that answers: `ocs-mock operations` lists them',
    s.nameOf('operation', s.string()),
  ),
  status: s.optional(s.described('an OCS status such as 200 or 404, of either version; default: 200', s.int())),
  message: s.optional(s.string()),
  data: s.optional(s.described('the data in the envelope', s.any())),
  file: s.optional(s.described('a JSON file with the data, beside the scenario', s.string())),
}

/** What is changed of what an operation answers. */
export const patchShape = {
  operation: replacementShape.operation,
  data: s.optional(s.described('a JSON merge patch for the data in the envelope: null removes a member', s.any())),
  file: s.optional(s.described('a JSON file with the patch, beside the scenario', s.string())),
}

const faultShape = {
  name: s.optional(s.described('what it is called in the journal and when it is removed', s.string())),
  on: s.optional(s.described('the requests that it applies to; default: all', requestSchema)),
  skip: s.optional(s.described('how many requests pass before it begins', s.int())),
  times: s.optional(
    s.described('how many requests it applies to before it is over; default: until it is removed', s.int()),
  ),
  chance: s.optional(
    s.described(
      'the probability that it applies to a matching request, from 0 to 1',
      s.form<number>('a number from 0 to 1', (v) => typeof v === 'number' && v >= 0 && v <= 1, {
        type: 'number',
        minimum: 0,
        maximum: 1,
      }),
    ),
  ),
  latency: s.optional(s.described('how long the answer takes at least', durationSchema)),
  jitter: s.optional(s.described('up to how much longer it takes, by the randomness of the world', durationSchema)),
  fail: s.optional(
    s.described(
      'an OCS failure',
      s.object({
        status: s.described('an OCS status such as 403, 996 or 997', s.int()),
        message: s.optional(s.string()),
      }),
    ),
  ),
  drop: s.optional(
    s.described('the connection breaks: before the request was handled, or after it', s.literal('request', 'answer')),
  ),
  body: s.optional(s.described('the body of the answer is broken', s.literal('malformed', 'truncated'))),
  rateLimit: s.optional(
    s.described(
      '429 with Retry-After',
      s.object({
        limit: s.optional(s.described('how many requests are answered in each period; default: 0', s.int())),
        per: s.optional(s.described('the period, by the clock of the world; default: 1m', durationSchema)),
        retryAfter: s.optional(s.described('what the header says; default: when the period ends', durationSchema)),
      }),
    ),
  ),
  maintenance: s.optional(s.described('what the server answers under maintenance', s.literal(true))),
  answer: s.optional(s.described('another answer, sent as it is', wholeAnswer)),
  replace: s.optional(s.described('other data in the envelope of one operation', s.object(replacementShape))),
  patch: s.optional(s.described('what one operation answers, but for some of its data', s.object(patchShape))),
} satisfies Record<string, Schema>

/** What `faultProblem` says in words, for editors. */
const RULES = {
  allOf: [
    ...EFFECTS.filter((effect) => !['answer', 'replace', 'patch'].includes(effect)).map((effect) => ({
      not: { required: ['body', effect] },
    })),
    notTogether(EFFECTS),
  ],
  anyOf: [...EFFECTS, 'body', 'latency', 'jitter'].map((effect) => ({ required: [effect] })),
}

export const faultSchema = s.hinted(RULES, s.object(faultShape))

/** Something that goes wrong on the way of requests: at most one effect, a broken body, or only a delay. */
export type Fault = Infer<typeof faultSchema>
export type { Duration }
