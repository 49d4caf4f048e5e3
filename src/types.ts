import type { ScenarioAction } from '#app/scenario-action.ts'
import type { state } from '#handlers/index.ts'
import type { ScenarioOf } from '#scenario/format.ts'
import type { SeedOf } from '#world/seed.ts'
import type { SeedMember } from '#world/world.ts'

/**
 * Members of seeds that apps of one's own bring. Add yours, so that seeds with them have types:
 *
 * @example
 * declare module 'ocs-mock' {
 *   interface OwnSeedMembers {
 *     bookmarks: { user: string; url: string }[]
 *   }
 * }
 */
export interface OwnSeedMembers {}

/**
 * What steps of scenarios can do that apps of one's own bring. Add yours, so that scenarios with them have types:
 *
 * @example
 * declare module 'ocs-mock' {
 *   interface OwnScenarioActions {
 *     addBookmark: { account: string; url: string }
 *   }
 * }
 */
export interface OwnScenarioActions {}

type State = (typeof state)[number]
type Members<K extends string> =
  Extract<State, { readonly [P in K]: unknown }> extends infer T
    ? T extends { readonly [P in K]: infer L }
      ? L
      : never
    : never
type ShippedSeedMembers = Members<'seed'> extends readonly (infer M)[] ? M : never
type ShippedActions = Members<'scenarioActions'> extends readonly (infer A)[] ? A : never

/** A document laid over a world. Every member is optional; what it names is added to what is there. */
export type Seed = SeedOf<readonly Extract<ShippedSeedMembers, SeedMember>[]> & {
  readonly [M in keyof OwnSeedMembers]?: OwnSeedMembers[M]
}

/** One account of a seed. */
export type UserSeed = NonNullable<Seed['users']>[number]

/** A script of how a world changes, over time or in answer to requests. */
export type Scenario = ScenarioOf<Seed, readonly Extract<ShippedActions, ScenarioAction>[], OwnScenarioActions>
/** What happens in one step, and when. Actions happen in the order in which they are written. */
export type Step = Scenario['steps'][number]

/** A scenario with types, for TypeScript: the same steps as in a file. */
export const defineScenario = (scenario: Scenario): Scenario => scenario
