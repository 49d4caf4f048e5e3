import { checkValue, type Mismatch, s } from '#lib/schema.ts'
import type { Answer } from '#line/call.ts'
import type { Endpoint } from '#line/endpoint.ts'
import { envelopeV2 } from '#line/envelope.ts'
import { compareValues, type Difference } from './compare-values.ts'
import { type DecodedEnvelope, decodeEnvelope, decodePlain, isUnknownRoute, plain } from './decode-answer.ts'
import { type Severity, show } from './finding.ts'
import { isSuccess, judgeFailure, judgeOpenPlaces, judgeOrder, type Places } from './judge-model.ts'
import { listIn } from './relations.ts'

const IN_ENVELOPE: Places = { data: '/ocs/data', status: '/ocs/meta/statuscode', message: '/ocs/meta/message' }
const WITHOUT_ENVELOPE: Places = { data: '', status: 'status', message: '/message' }

export const placesIn = ({ envelope }: Endpoint): Places => (envelope === false ? WITHOUT_ENVELOPE : IN_ENVELOPE)

/** A crash of the real server, which some operations cannot avoid: ours then crash too. */
export const CRASHED = 996
/** The same, where the legacy exit has the status of HTTP. */
export const CRASHED_IN_HTTP = 500

export const DENIALS: ReadonlySet<number> = new Set([997, 401, 403, 412])

/** What is too much in a state that is known is no addition: something should have gone, or not have come. */
const graver = (severity: Severity): Severity => (severity === 'undocumented' ? 'breaks' : severity)

/** What the server decided. Statuses that forbid a body say everything by themselves. */
export function readDecision(answer: Answer, { envelope }: Endpoint): DecodedEnvelope | string {
  if (answer.status === 204 || answer.status === 304) {
    return { meta: {}, status: answer.status, message: '', totalItems: undefined, itemsPerPage: undefined, data: [] }
  }
  return envelope === false ? decodePlain(answer) : decodeEnvelope(answer)
}

/** What the model and the server have in common, whatever people keep in them. */
export function judgeLikeness(
  { output }: Endpoint,
  predicted: DecodedEnvelope,
  decoded: DecodedEnvelope,
  places: Places,
): Difference[] {
  if (predicted.status !== decoded.status) return []
  if (!isSuccess(predicted.status)) return judgeFailure(predicted, decoded, places)
  if (predicted.status !== 200 || decoded.data === undefined) return []
  return [
    ...judgeOpenPlaces(output.toJsonSchema(), predicted.data, decoded.data, places.data),
    ...judgeOrder(predicted.data, decoded.data, places.data),
  ]
}

/** What the model says about a state that it shares with the server. */
export function judgeState(decoded: DecodedEnvelope, predicted: DecodedEnvelope, at: Places): Difference[] {
  const rule = isSuccess(predicted.status) ? 'state' : 'failure'
  const [expected, got] = [predicted, decoded].map(({ status, message }) => `${status} ${message}`.trim()) as [
    string,
    string,
  ]
  if (predicted.status !== decoded.status) {
    return [{ where: at.status, expected, got, severity: 'breaks', rule }]
  }
  // The envelope gives successes their message, another one in each version.
  if (rule === 'failure' && predicted.message !== decoded.message) {
    return [{ where: at.message, expected, got, severity: 'differs', rule }]
  }
  const found: Difference[] = []
  if (decoded.data === undefined) return found
  compareValues(plain(predicted.data), plain(decoded.data), at.data, (difference) =>
    found.push({ ...difference, severity: graver(difference.severity), rule: 'state' }),
  )
  return found
}

/** Whether an operation may decide this, and whether the data is what it declares. */
export function judgeDecision(
  endpoint: Endpoint,
  { status, message, data }: DecodedEnvelope,
  at: Places,
): Difference[] {
  const schema = endpoint.responses?.[status] ?? (status === 200 ? endpoint.output : undefined)
  if (schema) return data === undefined ? [] : checkValue(schema, plain(data), at.data).map(fromMismatch)
  const got = `${status} ${message}`.trim()
  const failures = failuresOf(endpoint)
  const isMissing = isUnknownRoute({ status, message })
  if (failures.includes(status) && !isMissing) return judgeFailureData(endpoint, data, at)
  const where = at.status
  const declared = [200, ...Object.keys(endpoint.responses ?? {}), ...failures]
  const expected = `one of ${[...new Set(declared.map(Number))].sort((a, b) => a - b).join(', ')}`
  if (status === CRASHED || status === CRASHED_IN_HTTP)
    return [{ where, expected, got, severity: 'breaks', rule: 'server-error' }]
  if (DENIALS.has(status)) {
    return [
      { where, expected: `${expected}, as ${endpoint.access} may call it`, got, severity: 'breaks', rule: 'access' },
    ]
  }
  if (isMissing || status === 998) return [{ where, expected, got, severity: 'breaks', rule: 'route' }]
  return [{ where, expected, got, severity: 'differs', rule: 'failure' }]
}

/** The statuses that declared failures have in answers. */
function failuresOf({ envelope, failures = {} }: Endpoint): number[] {
  const codes = Object.keys(failures).map(Number)
  return envelope === false ? codes.map((status) => envelopeV2({ status, data: [] }).httpStatus) : codes
}

/** A failure has no data; without an envelope it has a message. */
function judgeFailureData({ envelope }: Endpoint, data: unknown, at: Places): Difference[] {
  if (data === undefined) return []
  const schema = envelope === false ? s.object({ message: s.string() }, 'allow') : s.empty()
  if (checkValue(schema, plain(data)).length === 0) return []
  const expected = envelope === false ? 'a message' : '[]'
  return [{ where: at.data, expected, got: show(plain(data)), severity: 'differs', rule: 'failure' }]
}

function fromMismatch({ pointer, expected, got }: Mismatch): Difference {
  return { where: pointer, expected, got, severity: expected === 'absent' ? 'undocumented' : 'breaks', rule: 'schema' }
}

/** A list that was asked for with a limit: the data itself, or its only member that is one. */
export function judgeLimit({ data, status }: DecodedEnvelope, limit: unknown, at: Places): Difference[] {
  if (!isSuccess(status) || typeof limit !== 'number' || limit < 1) return []
  const found = listIn(plain(data))
  if (!found || found.list.length <= limit) return []
  const got = String(found.list.length)
  return [{ where: at.data + found.at, expected: `at most ${limit}`, got, severity: 'breaks', rule: 'limit' }]
}
