import { canonical, parseBody } from './body.ts'
import { maskVolatile, VOLATILE } from './compare-values.ts'
import { decodeEnvelope, plain, textOf } from './decode-answer.ts'
import { exchangeOf, type RecordedAnswer, type RecordedCase } from './recording.ts'

/** What is compared of a case: what it said, without what changes by itself. */
export interface NormalisedCase {
  /** `v2 json 200 application/json; charset=utf-8`, one for each variant. */
  readonly answers: readonly string[]
  readonly status: number
  readonly message: string
  readonly data: unknown
}

/** All cases by names that stay the same from one recording to the next: what a client asked again is numbered. */
export function nameCases(cases: readonly RecordedCase[]): Map<string, RecordedCase> {
  const named = new Map<string, RecordedCase>()
  const seen = new Map<string, number>()
  for (const recorded of cases) {
    const name = caseName(recorded)
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    named.set(times === 1 ? name : `${name} (${times})`, recorded)
  }
  return named
}

/** What is compared of all cases, by their names. */
export function normaliseCases(cases: readonly RecordedCase[]): Map<string, NormalisedCase> {
  return new Map([...nameCases(cases)].map(([name, recorded]) => [name, normaliseCase(recorded)]))
}

function caseName(recorded: RecordedCase): string {
  const { operation, kind, as, account = as, method, path, query, ocs } = recorded
  const words = [
    operation,
    kind,
    account,
    method ?? '',
    `${path}${query === '' ? '' : `?${query}`}`,
    bodyName(recorded),
    ocs === false ? 'without OCS-APIRequest' : '',
  ]
  return words.filter((word) => word !== '').join(' ')
}

function normaliseCase(recorded: RecordedCase): NormalisedCase {
  const { answers } = recorded
  const decoded = decodeFirst(recorded, answers[0])
  const again = recorded.again ? decodeFirst(recorded, recorded.again) : decoded
  const sameStatus = again.status === decoded.status
  return {
    answers: answers.map(
      ({ version, format, status, headers }) => `v${version} ${format} ${status} ${headers['content-type'] ?? ''}`,
    ),
    status: decoded.status,
    message: decoded.message,
    data: sameStatus ? plain(maskVolatile(decoded.data, again.data)) : VOLATILE,
  }
}

function bodyName({ body }: RecordedCase): string {
  if (body === undefined) return ''
  return 'text' in body ? canonical(parseBody(body.type, body.text)) : `${body.omitted} bytes`
}

function decodeFirst(recorded: RecordedCase, answer: RecordedAnswer | undefined): Omit<NormalisedCase, 'answers'> {
  if (!answer) return { status: 0, message: '', data: null }
  const exchange = exchangeOf(recorded, answer)
  const decoded = decodeEnvelope(exchange.answer)
  if (typeof decoded === 'string') return { status: answer.status, message: '', data: textOf(exchange.answer) }
  return { status: decoded.status, message: decoded.message, data: decoded.data ?? null }
}
