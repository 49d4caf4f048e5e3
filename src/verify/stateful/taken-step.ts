import type { Step } from '#app/story.ts'
import { decodeEnvelope } from '../decode-answer.ts'
import type { Exchange, Variant } from '../exchange.ts'
import type { Finding } from '../finding.ts'
import type { StepJudgement } from './judge-step.ts'
import { isRaw } from './step-request.ts'

/** What a step came to. */
export interface StepResult {
  readonly story: string
  readonly operation: string
  readonly requests: number
  readonly findings: readonly Finding[]
  /** The model says that it succeeds, and it did. */
  readonly succeeded: boolean
}

export interface StoryResult {
  readonly results: readonly StepResult[]
  /**
   * Which step left the server in another state than the model, so that nothing more can be said of this run of the
   * story. `null`: none.
   */
  readonly diverged: number | null
  /** How many steps were left out. */
  readonly omitted: number
  /** What was asked beside the steps, once and for all. */
  readonly asides: readonly StepResult[]
  /** Something that was asked beside them was done: the story did not go on. */
  readonly isSpoilt: boolean
}

/** What was asked beside a step. */
export interface Aside {
  readonly results: readonly StepResult[]
  /** Something was done that should have been refused: the server is in another state than the model. */
  readonly isSpoilt: boolean
}
export const NOTHING_ASIDE: Aside = { results: [], isSpoilt: false }

/** A change that was made, for what is found when somebody looks at it. */
export interface StateChange {
  readonly step: number
  readonly operation: string
  readonly curl: string
}

export const V2_JSON: Variant = { version: 2, format: 'json' }
/** Two ways to ask the same, so that both versions and both formats are seen. */
export const PAIRS: readonly (readonly [Variant, Variant])[] = [
  [V2_JSON, { version: 1, format: 'xml' }],
  [
    { version: 1, format: 'json' },
    { version: 2, format: 'xml' },
  ],
]
export const ROTATION: readonly Variant[] = [
  V2_JSON,
  { version: 1, format: 'xml' },
  { version: 1, format: 'json' },
  { version: 2, format: 'xml' },
]

/** After these the server may be in another state than the model. */
const DIVERGING_RULES: ReadonlySet<string> = new Set([
  'state',
  'failure',
  'access',
  'input',
  'route',
  'server-error',
  'unanswered',
  'well-formed',
])

export interface TakenStep {
  readonly result: StepResult
  /** See {@link StoryResult}. */
  readonly diverged: number | null
}

/** What was seen of a step. */
export interface Seen {
  readonly exchanges: readonly Exchange[]
  readonly findings: readonly Finding[]
  readonly judged: StepJudgement
  readonly change: StateChange | null
  /** It only looked. */
  readonly isRead: boolean
}

export const isDiverging = ({ rule }: Pick<Finding, 'rule'>) => DIVERGING_RULES.has(rule)

const askedBy = (step: Step, operation: string) =>
  `${operation} ${Object.keys(step.query ?? {}).join(' ')} by ${step.as}`

/** The way in which a step asks: where it comes to what it should, the same asked again shows what has changed. */
export function waysOf(step: Step, { operation, status }: StepJudgement): string[] {
  const way = `${operation} ${Object.keys(step.query ?? {}).join(' ')} ${status}`
  return succeeded(status) ? [way, askedBy(step, operation)] : [way]
}

/** The way that must have been seen. That something is there no more shows to whoever has seen it. */
export const provenBy = (step: Step, judged: StepJudgement): string =>
  succeeded(judged.status) ? waysOf(step, judged)[0]! : askedBy(step, judged.operation)

/** The status of an answer: OCS's own, where it has one. */
export function statusOf(step: Step, { answer }: Pick<Exchange, 'answer'>): number {
  const decoded = isRaw(step) ? '' : decodeEnvelope(answer)
  return typeof decoded === 'string' ? answer.status : decoded.status
}

/** Methods that change nothing. */
export const READING_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PROPFIND', 'REPORT', 'SEARCH'])
export const CHANGE_RULES: ReadonlySet<string> = new Set(['state', 'failure', 'access', 'route'])
/** An id that no server gave. */
export const UNKNOWN_ID = '987654321'
export const CLOCK_TOLERANCE = 2000
/** Milliseconds after which a look that deviates is taken again. */
export const PAUSE_BEFORE_LOOK = 700

export const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** To put the same in the same place again changes nothing, so it is asked in both versions. */
export const twiceIfSame = (step: Step): Step[] => (step.method === 'PUT' && !isRaw(step) ? [step, step] : [step])

export const succeeded = (status: number) => status >= 200 && status < 300
