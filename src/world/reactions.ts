import type { EventName, WorldEvent } from './events.ts'
import type { World } from './world.ts'

/** What follows from events, by their names. Who acts is in `event.by`, and in every event that a reaction emits. */
export type ReactionMap = { readonly [N in EventName]?: (world: World, event: WorldEvent<N>) => void }

/**
 * When a reaction comes: `state` changes what depends on what happened, `tell` writes notices about it while
 * everything is still there, `clean-up` removes what nobody needs any more.
 */
export type Phase = 'state' | 'tell' | 'clean-up'

export interface ReactionOptions {
  /** Default: `state`. */
  readonly phase?: Phase
  /** Also while the app is disabled. Default: no. */
  readonly evenIfDisabled?: boolean
}

/** How an app's state follows what happens to other state. */
export interface Reactions extends Required<ReactionOptions> {
  readonly kind: 'reactions'
  readonly on: ReactionMap
}

/**
 * Define how state follows events.
 *
 * @example
 * defineReactions({ 'user.deleted': (world, { userId }) => bookmarks.removeOf(world, userId) })
 */
export function defineReactions(
  on: ReactionMap,
  { phase = 'state', evenIfDisabled = false }: ReactionOptions = {},
): Reactions {
  return { kind: 'reactions', on, phase, evenIfDisabled }
}

const PHASES: readonly Phase[] = ['state', 'tell', 'clean-up']

type React = (world: World, event: WorldEvent) => void

/** Each reaction takes the events of its name alone, which its place in the map says and no type of a list can. */
const entriesOf = (on: ReactionMap) => Object.entries(on) as [EventName, React][]

/** Reactions, each as something else makes it. */
export const mapReactions = (on: ReactionMap, map: (react: React) => React): ReactionMap =>
  Object.fromEntries(entriesOf(on).map(([name, react]) => [name, map(react)]))

/**
 * One function that does what all of them do: phase by phase, within a phase in the order in which they are given.
 * @param isActive whether the app of a reaction takes part at the moment
 */
export function combineReactions(
  all: readonly { readonly app: string; readonly reactions: Reactions }[],
  isActive: (world: World, app: string) => boolean,
): React {
  const byEvent = new Map<string, React[]>()
  for (const phase of PHASES) {
    for (const { app, reactions } of all) {
      if (reactions.phase !== phase) continue
      for (const [name, react] of entriesOf(reactions.on)) {
        const guarded: React = (world, event) => isActive(world, app) && react(world, event)
        const list = byEvent.get(name) ?? []
        list.push(reactions.evenIfDisabled ? react : guarded)
        byEvent.set(name, list)
      }
    }
  }
  return (world, event) => {
    for (const react of byEvent.get(event.type) ?? []) react(world, event)
  }
}
