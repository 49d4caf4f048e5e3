import { toFloat, toInt } from '#lib/php.ts'
import type { ContributionSource } from '#line/contributions.ts'
import { Crash } from '#line/failures.ts'
import type { Profile } from '#profiles/profile.ts'
import type { ReadsProfileData } from '#profiles/profile-data.ts'
import type { World } from '#world/world.ts'

/** What a search may look at. */
export interface SearchContext {
  readonly world: World
  readonly profile: Profile
  /** Scheme and host that links begin with. */
  readonly baseUrl: string
  /** What apps contribute. */
  readonly catalogue: ContributionSource
  /** Who searches. */
  readonly me: string
}

/** The value of a filter: a text, a number, yes or no, a moment in seconds since 1970, an account or a group. */
export type SearchFilterValue = string | number | boolean | { readonly user: string } | { readonly group: string }

/** Values by the names of their filters. */
export type SearchFilters = Readonly<Record<string, SearchFilterValue>>

/** What is searched for. */
export interface SearchQuery {
  /** Empty only where another filter came. */
  readonly term: string
  /** The newest first, unless the caller wants it otherwise. */
  readonly newestFirst: boolean
  /** At most so many entries are wanted. */
  readonly limit: number
  /** Where the page before ended, as its answer said and as it came back; `null` on the first page. */
  readonly cursor: unknown
  /** The filters that were sent, the term among them, each read as its type says. */
  readonly filters: SearchFilters
}

/** One thing that was found; what is left out is empty. */
export interface SearchEntry {
  readonly title: string
  readonly subline?: string
  /** Where it leads. */
  readonly resourceUrl: string
  readonly thumbnailUrl?: string
  /** A CSS class or an address. */
  readonly icon?: string
  readonly rounded?: boolean
  readonly attributes?: Readonly<Record<string, string>>
}

export interface SearchResult {
  readonly entries: readonly SearchEntry[]
  /** Where the next page begins. Without it the result is complete. */
  readonly cursor?: number | string
}

/** How a provider is described to clients. */
export interface SearchProviderDescription {
  /** Unique among all apps; part of the address of its searches. */
  readonly id: string
  /** Shown as the provider's name. Default: its id. */
  readonly name?: string
  /** Path of an image on this server. */
  readonly icon?: string
  /** The lowest comes first; `null`: it is not listed, and can be asked all the same. Default: 50. */
  readonly order?: number | null
  /** A regular expression of whole paths: it is listed only to those who search from such a page. */
  readonly listedFrom?: string
  /** The app that shows what it finds: it is listed only to those whom that app is enabled for. */
  readonly listedWith?: string
  /** Orders for those who search from certain pages, by regular expressions of whole paths without `index.php`. */
  readonly orderFrom?: Readonly<Record<string, number>>
  /** Whether it asks another server, which it does only when somebody wants it to. Default: no. */
  readonly isExternalProvider?: boolean
  /** Ids under which others can mean it. Default: its own. */
  readonly triggers?: readonly string[]
  /** Names of filters with the types of their values. Default: `{ term: 'string' }`. */
  readonly filters?: Readonly<Record<string, string>>
  /** Whether it offers to search in the app that is open. Default: no. */
  readonly inAppSearch?: boolean
}

/** Finds what an app has. A profile that describes a provider of this id has the last word on its description. */
export interface SearchProvider extends SearchProviderDescription, ReadsProfileData {
  readonly kind: 'search-provider'
  /** Names of filters that it knows of and refuses. Default: none. */
  readonly refuses?: readonly string[]
  search(query: SearchQuery, context: SearchContext): SearchResult | Promise<SearchResult>
}

declare module '#line/contributions.ts' {
  interface Contributions {
    searchProviders: SearchProvider
  }
}

declare module '#app/define-app.ts' {
  interface AppContributions {
    /** Where unified search looks for what it has. */
    readonly searchProviders?: readonly SearchProvider[]
  }
}

/**
 * Define where unified search looks.
 *
 * @example
 * defineSearchProvider({
 *   id: 'bookmarks',
 *   name: 'Bookmarks',
 *   search: ({ term }, { world, me }) => ({
 *     entries: bookmarks.find(world, me, term).map(({ title, url }) => ({ title, resourceUrl: url })),
 *   }),
 * })
 */
export const defineSearchProvider = (definition: Omit<SearchProvider, 'kind'>): SearchProvider => ({
  kind: 'search-provider',
  ...definition,
})

/**
 * The page of a list that a query asks for. Its cursors are numbers of entries.
 * @throws Crash where the cursor is no number
 */
export function paginated<T>(
  all: readonly T[],
  { cursor, limit }: Pick<SearchQuery, 'cursor' | 'limit'>,
): { readonly entries: T[]; readonly cursor: number } {
  if (cursor !== null && !/^\s*[+-]?\.?\d/.test(String(cursor))) throw new Crash('the cursor is no number')
  const start = toInt(cursor ?? 0)
  return { entries: all.slice(start, start + limit), cursor: toFloat(cursor ?? 0) + limit }
}
