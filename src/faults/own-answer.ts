import { checkMembers } from '#lib/check-members.ts'
import { UserError } from '#lib/errors.ts'
import type { OperationId } from '#line/operation.ts'
import type { World } from '#world/world.ts'
import type { Fault } from './fault.ts'

/** What a request brought to an operation, for data that depend on it. */
export interface AskedFor {
  /** Parameters of path, query and body, as the operation reads them. */
  readonly input: Readonly<Record<string, unknown>>
  /** Who asks; `null`: nobody. */
  readonly account: string | null
  readonly world: World
}

/** Data, or what makes them of a request. */
export type OwnData =
  | ((asked: AskedFor) => unknown)
  | { readonly [member: string]: unknown }
  | readonly unknown[]
  | string
  | number
  | boolean
  | null

export interface OwnAnswerOptions {
  /** An OCS status such as 200 or 404, of either version: 100 is 200. Default: 200. */
  readonly status?: number
  readonly message?: string
  /** The next request alone gets it. */
  readonly once?: boolean
  /** What it is called in the journal and when it is removed. Default: one of a row. */
  readonly name?: string
}

const ANSWER_OPTIONS: readonly (keyof OwnAnswerOptions)[] = ['status', 'message', 'once', 'name']
const PATCH_OPTIONS: readonly (keyof OwnAnswerOptions)[] = ['once', 'name']

const fault = ({ once, name }: OwnAnswerOptions): Pick<Fault, 'name' | 'times'> => ({
  ...(name === undefined ? {} : { name }),
  ...(once ? { times: 1 } : {}),
})

/**
 * The fault by which an operation answers these data.
 * @throws UserError without data, and for an option that there is not
 */
export function answerOf(operation: OperationId, data: OwnData, options: OwnAnswerOptions = {}): Fault {
  checkMembers('Failed to answer otherwise', options, ANSWER_OPTIONS)
  if (data === undefined)
    throw new UserError(
      `Failed to answer otherwise: there are no data for ${operation}. Write null for an answer of none.`,
    )
  const { status, message } = options
  const said = { ...(status === undefined ? {} : { status }), ...(message === undefined ? {} : { message }) }
  return { ...fault(options), replace: { operation, data, ...said } }
}

/**
 * The fault by which a merge patch is laid over what an operation answers.
 * @throws UserError for an option that there is not
 */
export function patchOf(
  operation: OperationId,
  data: OwnData,
  options: Pick<OwnAnswerOptions, 'once' | 'name'> = {},
): Fault {
  checkMembers('Failed to patch an answer', options, PATCH_OPTIONS)
  return { ...fault(options), patch: { operation, data } }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What somebody saved of an answer: its data, or all of it with its envelope. */
export function savedAnswer(saved: unknown): { readonly data: OwnData } & Pick<OwnAnswerOptions, 'status' | 'message'> {
  const { ocs } = isObject(saved) ? saved : {}
  if (!isObject(ocs) || !isObject(ocs.meta)) return { data: saved as OwnData }
  const { statuscode, message } = ocs.meta
  return {
    data: ocs.data as OwnData,
    ...(typeof statuscode === 'number' ? { status: statuscode } : {}),
    ...(typeof message === 'string' && message !== '' && message !== 'OK' ? { message } : {}),
  }
}
