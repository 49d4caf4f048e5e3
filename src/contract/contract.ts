import type { Json } from '#lib/json.ts'

/**
 * What one test of a consumer relied on: a file. In all of its texts `${…}` names what the world gave (`${share 1}`,
 * `${token 1}`), what a clock said (`${now+10d: date}`), what a secret was (`${password 1}`), and what only a server knows
 * (`${number}`).
 */
export interface Contract {
  readonly consumer: string
  /** `accounts.test.ts › finds a new member of staff` */
  readonly test: string
  /** The profile that answered: `nextcloud-34`. */
  readonly provider: string
  /** One for each world that the test had, from its beginning or its last reset on. */
  readonly sequences: readonly Sequence[]
}

/** Interactions in one world, one after the other. */
export interface Sequence {
  /** What of the seed they touched. */
  readonly providerState: { readonly [member: string]: Json }
  /** Changes that requests of earlier tests had made in the same world. */
  readonly earlier?: readonly Interaction[]
  readonly interactions: readonly Interaction[]
}

/** One request and its answer. */
export interface Interaction {
  /** The operation that answered, or `null`: none. */
  readonly operation: string | null
  /** An account, `anonymous`, `wrong password of ACCOUNT`, or `${token N}`: whoever has the link. */
  readonly as: string
  /** What else than a password it came with. */
  readonly with?: 'app password' | 'bearer token' | 'ExApp'
  readonly request: InteractionRequest
  readonly response: InteractionResponse
  /** Why it cannot be repeated on a real server. */
  readonly cannotVerify?: string
}

export interface InteractionRequest {
  readonly method: string
  readonly path: string
  readonly query?: Pairs
  /** Those that matter, by their names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Content
}

export interface InteractionResponse {
  /** Of HTTP; 0: the connection broke. */
  readonly status: number
  /** The media type. */
  readonly type?: string
  readonly location?: string
  readonly body?: Content
}

/** Names and values; several values of one name are a list. */
export type Pairs = Readonly<Record<string, string | readonly string[]>>

/** A body as it can be compared. */
export type Content =
  | { readonly json: Json }
  /** Elements as members, several of one name as a list, those of WebDAV sorted. */
  | { readonly xml: Json }
  | { readonly form: Pairs }
  | { readonly text: string }
  | { readonly base64: string }
  | { readonly parts: readonly Part[] }
  /** Too large to keep, or a page or picture of which only the type counts. */
  | { readonly bytes: number | string }

/** One field of a multipart form. */
export interface Part {
  readonly name: string
  readonly filename?: string
  readonly type?: string
  readonly text?: string
  readonly base64?: string
}
