import { didYouMean } from '#lib/did-you-mean.ts'
import type { Place } from '#lib/errors.ts'
import type { Schema } from '#lib/schema.ts'
import type { ProfileDefinition } from '#profiles/profile.ts'
import type { World } from '#world/world.ts'

/** What an action works on. */
export interface ActionContext {
  readonly world: World
  /** Whether the scenario was stopped while the action waited for something. */
  isOver(): boolean
}

/** A mistake in what an action is written with, and its place below the action. */
export interface ActionProblem {
  readonly place: Place
  readonly problem: string
}

/** Something that a step of a scenario can do, by the rules of the world. */
export interface ScenarioAction<V = never> {
  readonly kind: 'scenario-action'
  /** The member of the step. */
  readonly name: string
  /** What it does, in a sentence that editors show. */
  readonly description: string
  readonly schema: Schema<[V] extends [never] ? unknown : V>
  /** Mistakes that show before the scenario runs, besides those that the schema sees. */
  check?(value: V, ground: { readonly profile: ProfileDefinition }): ActionProblem[]
  /** A mistake in what was written throws a SeedError with its place below the action. */
  run(context: ActionContext, value: V): void | Promise<void>
}

/**
 * Define what a step of a scenario can do.
 *
 * @example
 * defineScenarioAction({
 *   name: 'addBookmark',
 *   description: 'add a bookmark to an account',
 *   schema: s.object({ account: s.string(), url: s.string() }),
 *   run: ({ world }, { account, url }) => void bookmarks.add(world, account, url),
 * })
 */
export const defineScenarioAction = <V, const N extends string>(
  definition: Omit<ScenarioAction<V>, 'kind' | 'name' | 'schema'> & { readonly name: N; readonly schema: Schema<V> },
): ScenarioAction<V> & { readonly name: N } =>
  ({ kind: 'scenario-action', ...definition }) as ScenarioAction<V> & { readonly name: N }

/** What is wrong with the name of an app that a product does not have. */
export function unknownApp(app: string, { productName, versionString, apps }: ProfileDefinition): ActionProblem[] {
  const known = apps.map(({ id }) => id)
  if (known.includes(app)) return []
  const problem = `${productName} ${versionString} has no app "${app}". ${didYouMean(app, known)}`
  return [{ place: [], problem }]
}
