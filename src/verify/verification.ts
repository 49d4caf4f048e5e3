import type { Story } from '#app/story.ts'
import type { AddedApp } from '#app/with-apps.ts'
import type { Catalogue } from '#line/catalogue.ts'
import type { ProfileDefinition } from '#profiles/profile.ts'
import type { ContractResult } from './contract/result.ts'
import type { Finding } from './finding.ts'
import type { Sender, SenderOptions } from './sender.ts'
import type { Generation } from './stateful/generated-story.ts'
import type { Login, Target } from './target.ts'

export interface VerifyOptions extends Omit<SenderOptions, 'base'> {
  /** The address of the instance, with its web root. */
  readonly url: string
  /** At most one administrator and one ordinary account are used: the first of each. */
  readonly logins?: readonly Login[]
  /** Only apps whose id matches. */
  readonly only?: RegExp | undefined
  /** Whose definitions judge. */
  readonly catalogue: Catalogue
  /** Apps in the catalogue that no product has. They are judged where they are enabled. */
  readonly apps?: readonly AddedApp[] | undefined
  /** Judge by this profile, whatever the server says of itself: what would be otherwise after an upgrade. */
  readonly as?: ProfileDefinition | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
  /** Also make accounts, files and shares of our own, look at what becomes of them, and remove them. */
  readonly write?: boolean | undefined
  /** For the stories, see {@link WriteOptions}. */
  readonly stateful?: Pick<WriteOptions, 'run' | 'passwords' | 'startedAt' | 'stories'> | undefined
  /** In the stories, also with generated texts. */
  readonly generate?: Generation | undefined
  /** Ends the run early. */
  readonly signal?: AbortSignal | undefined
  /** How many requests may be sent; what was made is removed all the same. Default: as many as there are. */
  readonly budget?: number | undefined
}

export interface Progress {
  readonly done: number
  readonly total: number
  readonly operation: string
}

/** What became of one operation. */
export interface OperationResult {
  readonly operation: string
  readonly app: string
  readonly verdict: 'conforms' | 'deviates' | 'skipped'
  /** Why it was skipped. */
  readonly reason?: string
  /** How many requests went to it. */
  readonly requests: number
  /** Whether an answer to valid parameters was a success, so that its data was judged. */
  readonly sawData: boolean
}

export interface Verification {
  readonly base: string
  readonly product: string
  readonly version: string
  readonly profile: string
  readonly notes: readonly string[]
  readonly operations: readonly OperationResult[]
  readonly findings: readonly Finding[]
  /** Findings that a baseline accepts. */
  readonly known: readonly Finding[]
  readonly requests: number
  readonly seconds: number
  /** Why not everything was asked, and of how much. A sentence; nothing where everything was. */
  readonly cutShort?: string | undefined
  /** What a person must know where something that the verifier made is still there. */
  readonly left?: string | null
  /** The share of the time in which a request was under way. */
  readonly waiting: number
  /** What became of the contracts of consumers, where these were verified. */
  readonly contract?: ContractResult
  /** What is compared with what, where no definition judges: `expected` is then before, `got` after. */
  readonly comparison?: { readonly before: string; readonly after: string }
}

export interface WriteOptions {
  readonly target: Target
  readonly sender: Sender
  readonly catalogue: Catalogue
  readonly only?: RegExp | undefined
  /** Ends the run early; what was made is removed all the same. */
  readonly signal?: AbortSignal | undefined
  /** After so many requests no other story is told. */
  readonly budget?: number | undefined
  /** Tell stories with generated texts as well. */
  readonly generate?: Generation | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
  readonly onWait?: ((message: string) => void) | undefined
  readonly sleep?: ((milliseconds: number) => Promise<void>) | undefined
  /** For recordings: what is random in a run, and when it began. */
  readonly run?: string | undefined
  readonly passwords?: readonly [string, string] | undefined
  readonly startedAt?: number | undefined
  /** Other stories than those that are shipped, for tests. */
  readonly stories?: readonly Story[] | undefined
}
