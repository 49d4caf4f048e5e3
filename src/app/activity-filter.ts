import type { Activity } from '#world/notices/activities.ts'
import type { World } from '#world/world.ts'

/** One choice above the stream of activities. */
export interface ActivityFilter {
  readonly kind: 'activity-filter'
  /** Unique among all apps. */
  readonly id: string
  readonly name: string
  /** Path of an image on this server. */
  readonly icon: string
  /** The lowest comes first. */
  readonly priority: number
  /** Only activities of these apps. Default: of all. */
  readonly apps?: readonly string[]
  /** Only activities of these types. Default: of all. */
  readonly types?: readonly string[]
  /** What an activity must be besides. */
  matches?(activity: Activity, context: { readonly world: World; readonly me: string }): boolean
}

declare module '#line/contributions.ts' {
  interface Contributions {
    activityFilters: ActivityFilter
  }
}

declare module '#app/define-app.ts' {
  interface AppContributions {
    /** What the stream of activities can be narrowed to. */
    readonly activityFilters?: readonly ActivityFilter[]
  }
}

/**
 * Define what the stream of activities can be narrowed to.
 *
 * @example
 * defineActivityFilter({
 *   id: 'bookmarks', name: 'Bookmarks', icon: '/apps/bookmarks/img/app.svg', priority: 50, apps: ['bookmarks'],
 * })
 */
export const defineActivityFilter = (definition: Omit<ActivityFilter, 'kind'>): ActivityFilter => ({
  kind: 'activity-filter',
  ...definition,
})
