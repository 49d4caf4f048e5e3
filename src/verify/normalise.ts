import { maskVolatile, VOLATILE } from './compare.ts'
import { decodeEnvelope, plain, textOf } from './decode.ts'
import { exchangeOf, type RecordedAnswer, type RecordedCase } from './recording.ts'

/** What is compared of a case: what it said, without what changes by itself. */
export interface NormalisedCase {
  /** `v2 json 200 application/json; charset=utf-8`, one for each variant. */
  readonly answers: readonly string[]
  readonly status: number
  readonly message: string
  readonly data: unknown
}

/** The case by a name that stays the same from one recording to the next. */
export function normaliseCase(recorded: RecordedCase): [name: string, normalised: NormalisedCase] {
  const { operation, kind, as, path, query, ocs, answers } = recorded
  const words = [
    operation,
    kind,
    as,
    `${path}${query === '' ? '' : `?${query}`}`,
    ocs === false ? 'without OCS-APIRequest' : '',
  ]
  const decoded = decodeFirst(recorded, answers[0])
  const again = recorded.again ? decodeFirst(recorded, recorded.again) : decoded
  const sameStatus = again.status === decoded.status
  return [
    words.filter((word) => word !== '').join(' '),
    {
      answers: answers.map(
        ({ version, format, status, headers }) => `v${version} ${format} ${status} ${headers['content-type'] ?? ''}`,
      ),
      status: decoded.status,
      message: decoded.message,
      data: sameStatus ? plain(maskVolatile(decoded.data, again.data)) : VOLATILE,
    },
  ]
}

function decodeFirst(recorded: RecordedCase, answer: RecordedAnswer | undefined): Omit<NormalisedCase, 'answers'> {
  if (!answer) return { status: 0, message: '', data: null }
  const exchange = exchangeOf(recorded, answer)
  const decoded = decodeEnvelope(exchange.answer)
  if (typeof decoded === 'string') return { status: answer.status, message: '', data: textOf(exchange.answer) }
  return { status: decoded.status, message: decoded.message, data: decoded.data ?? null }
}
