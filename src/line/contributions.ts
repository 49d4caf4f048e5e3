import type { MaybePromise } from '#lib/maybe-promise.ts'
import type { Profile } from '#profiles/profile.ts'

/** What apps contribute for another one to gather, by kind. Each kind adds itself here, beside its `define…`. */
export interface Contributions {}

export type ContributionKind = keyof Contributions

/** A contribution with the app that made it. */
export interface Contributed<K extends ContributionKind = ContributionKind> {
  readonly app: string
  readonly contribution: Contributions[K]
}

/** A contribution with all that it needs. */
export interface Gathered<K extends ContributionKind = ContributionKind> extends Contributed<K> {
  /** The profile with the data that the contribution lists. */
  readonly profile: Profile
}

/** Where an app finds what others contribute. */
export interface ContributionSource {
  /** What all apps contribute of a kind; a promise only the first time. Which of the apps are enabled is the caller's question. */
  gather<K extends ContributionKind>(kind: K): MaybePromise<readonly Gathered<K>[]>
}
