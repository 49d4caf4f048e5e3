import type { Profile } from '#profiles/profile.ts'
import type { ReadsProfileData } from '#profiles/profile-data.ts'
import type { World } from '#world/world.ts'

/** What entries that depend on something may look at. */
export interface NavigationContext {
  readonly world: World
  readonly profile: Profile
  /** Whose menu it is. */
  readonly me: string
}

/** An entry of a menu. It is written with its members in this order; what is left out comes last. */
export interface NavigationEntry {
  /** Unique among all apps. */
  readonly id: string
  readonly name: string
  /** Path on this server, or a whole address. */
  readonly href: string
  /** Path of an image on this server. Default: none. */
  readonly icon?: string
  /** In the menu of apps, or in that of settings. Default: `link`, the menu of apps. */
  readonly type?: 'link' | 'settings'
  /** The lowest comes first. Default: 100. */
  readonly order?: number | string
  /** The app that it belongs to. Default: the one that contributes it. */
  readonly app?: string
}

/** What an app puts into the menus while it is enabled for whoever looks. */
export interface Navigation extends ReadsProfileData {
  readonly kind: 'navigation'
  /** A function, where they depend on something. */
  readonly entries: readonly NavigationEntry[] | ((context: NavigationContext) => readonly NavigationEntry[])
}

declare module '#line/contributions.ts' {
  interface Contributions {
    navigation: Navigation
  }
}

declare module '#app/define-app.ts' {
  interface AppContributions {
    /** What it puts into the menus. The apps of a release have their entries from their profile. */
    readonly navigation?: readonly Navigation[]
  }
}

/**
 * Define what an app puts into the menus.
 *
 * @example
 * defineNavigation([{ id: 'bookmarks', name: 'Bookmarks', href: '/index.php/apps/bookmarks/' }])
 */
export const defineNavigation = (entries: Navigation['entries'], { data = [] }: ReadsProfileData = {}): Navigation => ({
  kind: 'navigation',
  data,
  entries,
})
