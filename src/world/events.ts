/**
 * What can happen in a world: names with their details. Whoever emits an event adds it to this map, beside the rule
 * that it follows from:
 *
 * @example
 * declare module 'ocs-mock' {
 *   interface WorldEvents {
 *     'bookmark.added': { readonly userId: string; readonly id: number }
 *   }
 * }
 */
export interface WorldEvents {}

export type EventName = keyof WorldEvents

/** What every event of an act tells besides its own details. */
export interface Circumstances {
  /** The account behind it. Missing: nobody, or the server itself. */
  readonly by?: string
  /** It never happened, but is to have been so: it comes from a seed. */
  readonly seeded?: true
}

/** An event as it is emitted. */
export type Emitted<N extends EventName = EventName> = { [K in N]: { readonly type: K } & WorldEvents[K] }[N]

/** Something that happened. Reactions, webhooks and whoever watches a world listen. */
export type WorldEvent<N extends EventName = EventName> = Emitted<N> & Circumstances
