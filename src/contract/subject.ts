import type { JsonObject } from '#lib/json.ts'
import type { Call } from '#line/call.ts'
import type { Catalogue } from '#line/catalogue.ts'
import type { Handled } from '#line/run.ts'

/** Where contracts are written, and for whom. */
export interface ContractOptions {
  /** A folder for a consumer, which is made if it is not there: `contracts/my-app`. */
  readonly folder: string
  /** Who relies on what is written. Default: the name of the folder. */
  readonly consumer?: string
  /** The test that asks. Default: the one that Vitest or Jest runs; see `ocs.contract.test(name)`. */
  readonly test?: string
}

/** What a mock says of itself to those who write contracts. */
export interface ContractSubject {
  readonly provider: string
  readonly catalogue: Catalogue
  /** What the world began with. */
  readonly seed: JsonObject
  /** Why nothing of it can be asked of a real server. */
  readonly reason: string | null
}

/** One request with its answer, as the mock saw it. */
export interface AnsweredCall {
  readonly call: Call
  readonly body: Uint8Array | null
  readonly handled: Handled
  /** Milliseconds since 1970 by the world's clock. */
  readonly at: number
}
