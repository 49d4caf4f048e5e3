import type { JsonObject } from '#lib/json.ts'
import type { OcsExit } from './answer.ts'
import type { Answer, Call } from './call.ts'
import type { Actor } from './identify.ts'
import type { Upload } from './multipart.ts'

/** What the journal wants to know about a call that was answered. */
export interface Handled {
  readonly answer: Answer
  /** The operation that answered, if one was found. */
  readonly operation: string | null
  readonly actor: Actor
  /**
   * `not-built`: the product has it, we do not. `not-recorded`: only a recording is asked, and it has no answer.
   * `dropped`: a fault broke the connection.
   */
  readonly outcome: 'answered' | 'unknown-route' | 'not-built' | 'not-recorded' | 'dropped'
  /** The name of the fault that had a hand in it. */
  readonly fault?: string
}

/** What stands at the handler's place for a call that got so far. */
export interface Run {
  readonly call: Call
  readonly actor: Actor
  readonly input: Record<string, unknown>
  readonly raw: JsonObject
  readonly uploads: Readonly<Record<string, Upload>>
  readonly exit: OcsExit
}
