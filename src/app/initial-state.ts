import type { MaybePromise } from '#lib/maybe-promise.ts'
import type { PhpArray } from '#lib/php.ts'
import type { Releases } from '#lib/releases.ts'
import type { ContributionSource } from '#line/contributions.ts'
import type { RequestInfo } from '#line/endpoint.ts'
import type { Actor } from '#line/identify.ts'
import type { Profile } from '#profiles/profile.ts'
import type { ReadsProfileData } from '#profiles/profile-data.ts'
import type { World } from '#world/world.ts'

/** Which page is rendered, and for whom. */
export interface PageContext {
  readonly world: World
  readonly profile: Profile
  /** What apps contribute. */
  readonly catalogue: ContributionSource
  readonly actor: Actor
  readonly request: RequestInfo
  /** The app whose page it is; `null`: none, as before the login. */
  readonly app: string | null
}

/**
 * What an app tells scripts of pages, as its `IInitialState` does: `loadState(app, key)` of `@nextcloud/initial-state`
 * reads it.
 */
export interface InitialState extends ReadsProfileData, Releases {
  readonly kind: 'initial-state'
  /** Under which app it is found. Default: the app that provides it. */
  readonly of?: string
  /** Apps on whose pages it is. Default: on all pages. */
  readonly pages?: readonly string[]
  /** Whether pages before the login have it too. */
  readonly public?: true
  /** Values by their keys. */
  provide(context: PageContext): MaybePromise<PhpArray>
}

declare module '#line/contributions.ts' {
  interface Contributions {
    initialStates: InitialState
  }
}

declare module '#app/define-app.ts' {
  interface AppContributions {
    /** What it tells scripts of pages. */
    readonly initialStates?: readonly InitialState[]
  }
}

/**
 * Define what an app tells scripts of pages.
 *
 * @example
 * defineInitialState({ pages: ['bookmarks'], provide: ({ world }) => ({ limit: 20, tags: tags.list(world) }) })
 */
export const defineInitialState = (definition: Omit<InitialState, 'kind'>): InitialState => ({
  kind: 'initial-state',
  ...definition,
})
