/** The steps that can decide an answer. `app`: its restriction to groups; `password`: its confirmation. */
export const WHY_CODES = [
  'host',
  'same-site',
  'format',
  'maintenance',
  'credentials',
  'route',
  'not-built',
  'access',
  'csrf',
  'app',
  'password',
  'input',
  'handler',
  'crash',
  'fault',
  'recording',
] as const

export type WhyCode = (typeof WHY_CODES)[number]

/** Why a request was answered as it was: the step that decided, and what decided it. */
export interface Why {
  readonly code: WhyCode
  readonly sentence: string
}

/** What callers send stands in sentences, and may be as long as they like. */
const MOST_CHARACTERS = 300

/** A reason as it is kept. */
export const why = (code: WhyCode, sentence: string): Why => ({
  code,
  sentence: sentence.length > MOST_CHARACTERS ? `${sentence.slice(0, MOST_CHARACTERS - 1)}…` : sentence,
})

/** The answer with the reason of the step that made it. */
export const because = <A extends object>(answer: A, code: WhyCode, sentence: string): A & { readonly why: Why } => ({
  ...answer,
  why: why(code, sentence),
})

/** What of an answer says how it ended. */
interface Ending {
  /** Of HTTP; 0: there was none. */
  readonly status: number
  /** Of the envelope, where there is one. */
  readonly ocs?: { readonly status: number; readonly message: string } | null | undefined
}

/** A reason in one line: `csrf: neither OCS-APIRequest nor a request token`, `fault "flaky" (fail)`. */
export const whyText = ({ code, sentence }: Why): string => (code === 'fault' ? sentence : `${code}: ${sentence}`)

/** Whether an answer says no: by HTTP, or in its envelope alone, as v1 does. */
export const isFailure = ({ status, ocs }: Ending): boolean => status === 0 || status >= 400 || isNo(ocs?.status ?? 200)

const isNo = (ocsStatus: number) => ocsStatus !== 100 && (ocsStatus < 200 || ocsStatus >= 400)

/** Why an answer is what it is. What no step before the handler decided, the operation did. */
export function whyOf(answer: Ending & { readonly why?: Why }, operation: string | null): Why {
  if (answer.why) return answer.why
  const who = operation ?? 'the server'
  if (!isFailure(answer)) return why('handler', `${who} answered`)
  const { status, message } = answer.ocs ?? { status: answer.status, message: '' }
  return why('handler', `${who} answered ${status}${message === '' ? '' : `: ${message}`}`)
}
