import { UserError } from '#lib/errors.ts'
import type { Schema } from '#lib/schema.ts'
import type { Answer } from '#line/call.ts'
import type { ControlledWorld, Worlds } from './worlds.ts'

/** What a call of the control API works on. */
export interface ControlArguments {
  /** The selected world: the one that the header or the path names, or the default one. */
  readonly selected: ControlledWorld
  readonly worlds: Worlds
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** A browser asks, for a page. */
  readonly wantsPage: boolean
  /** The body as JSON; `undefined` where there is none. @throws UserError where it is no JSON. */
  body(): Promise<unknown>
}

export type JsonSchema = Readonly<Record<string, unknown>>

/** Documents that have a name of their own wherever the API is described. */
export type Shapes = Readonly<Record<'seed' | 'scenario' | 'action' | 'fault' | 'request' | 'expectation', JsonSchema>>

/** One call of the control API. What `run` answers is sent as JSON. */
export interface ControlCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/__admin`; `{name}` takes one segment. */
  readonly path: string
  readonly summary: string
  /** Parameters of the query, and what each does. */
  readonly query?: Readonly<Record<string, string>>
  /** JSON Schema of the body. Without it, none is read. */
  readonly sends?: (shapes: Shapes) => JsonSchema
  /** What is answered where all is well. Without it, it is no JSON. */
  readonly answers?: Schema
  run(args: ControlArguments): unknown
}

/** Something that a caller named is not there: 404 instead of 400. */
export class NotFoundError extends UserError {}

/** What was expected did not come: 409. */
export class ExpectationNotMetError extends UserError {}

/** What a call answers instead of JSON. */
export class RawAnswer {
  readonly answer: Answer
  constructor(answer: Answer) {
    this.answer = answer
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A body that is an object with only these members.
 * @param what names the body in errors: `a clock`
 */
export async function readObject(
  body: ControlArguments['body'],
  what: string,
  members: readonly string[],
): Promise<Readonly<Record<string, unknown>>> {
  const value = (await body()) ?? {}
  if (!isObject(value)) throw new UserError(`Failed to read ${what}: send an object with ${members.join(', ')}.`)
  const unknown = Object.keys(value).find((member) => !members.includes(member))
  if (unknown !== undefined) {
    throw new UserError(`Failed to read ${what}: "${unknown}" is unknown. Known are ${members.join(', ')}.`)
  }
  return value
}
