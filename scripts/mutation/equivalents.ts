/** Mutants that no test can notice, because nobody can: they are the same program. */
export interface Equivalent {
  readonly file: string
  /** The changed lines, without what they are indented by. */
  readonly before: string
  readonly after: string
  readonly reason: string
}

export const EQUIVALENTS: readonly Equivalent[] = []
