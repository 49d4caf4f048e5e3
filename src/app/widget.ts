import type { Releases } from '#lib/releases.ts'
import type { ContributionSource } from '#line/contributions.ts'
import type { Profile } from '#profiles/profile.ts'
import type { ReadsProfileData } from '#profiles/profile-data.ts'
import type { World } from '#world/world.ts'

/** What a widget may look at. */
export interface WidgetContext {
  readonly world: World
  readonly profile: Profile
  /** Scheme and host that links begin with. */
  readonly baseUrl: string
  /** What apps contribute. */
  readonly catalogue: ContributionSource
  /** Whose dashboard it is. */
  readonly me: string
}

/** Which items are asked for. */
export interface ItemQuery {
  /** The `sinceId` of the last item that was seen. */
  readonly since: string | null
  readonly limit: number
  readonly version: 1 | 2
  /** Ends the call as an error that nothing catches. */
  crash(): never
}

/** One item of a widget; what is left out is empty. */
export interface WidgetItem {
  readonly title: string
  readonly subtitle?: string
  readonly link: string
  readonly iconUrl: string
  readonly overlayIconUrl?: string
  readonly sinceId: string
}

/** What an app shows on the dashboard. Paths are on this server. */
export interface Widget extends ReadsProfileData, Releases {
  readonly kind: 'widget'
  readonly id: string
  readonly title: string
  readonly order: number
  readonly iconClass: string
  readonly icon: string
  readonly page?: string
  readonly roundIcons?: true
  /** Seconds. */
  readonly reloadInterval?: number
  /** Default of its type: `more`. */
  readonly button?: { readonly text: string; readonly page: string; readonly type?: 'more' | 'new' | 'setup' }
  /** Whether it is there while its app is enabled; without it, it always is. */
  isOffered?(world: World): boolean
  /** Widgets without items fill themselves in the browser. */
  readonly items?: {
    readonly versions: readonly (1 | 2)[]
    /** What version 2 says where there is nothing. */
    readonly emptyMessage?: string
    list(context: WidgetContext, query: ItemQuery): WidgetItem[] | Promise<WidgetItem[]>
  }
}

declare module '#line/contributions.ts' {
  interface Contributions {
    widgets: Widget
  }
}

declare module '#app/define-app.ts' {
  interface AppContributions {
    /** What it shows on the dashboard. */
    readonly widgets?: readonly Widget[]
  }
}

/** Define what an app shows on the dashboard. */
export const defineWidget = (definition: Omit<Widget, 'kind'>): Widget => ({ kind: 'widget', ...definition })
