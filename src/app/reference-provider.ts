import type { PhpArray } from '#lib/php.ts'
import type { Releases } from '#lib/releases.ts'
import type { World } from '#world/world.ts'

/** What a provider may look at. */
export interface ReferenceContext {
  readonly world: World
  /** Scheme and host that links begin with. */
  readonly baseUrl: string
  /** Who looks. */
  readonly me: string
}

/** What an address leads to. */
export interface Reference {
  readonly title: string
  readonly description?: string | null
  readonly imageUrl?: string | null
  /** Where it is shown. Default: the address itself. */
  readonly url?: string
  /** What a widget of a page draws it from. Default: what is said of it here. */
  readonly richObject?: { readonly type: string; readonly object: PhpArray }
  /** Whether who looks may see it. Default: yes. */
  readonly accessible?: boolean
}

/** Something that one can pick references from. */
export interface ReferencePicker {
  /** Unique among all apps. */
  readonly id: string
  readonly title: string
  /** Path of an image on this server. */
  readonly icon: string
  readonly order: number
}

/** Knows where some addresses lead. */
export interface ReferenceProvider extends Releases {
  readonly kind: 'reference-provider'
  /** How it is listed among what one can pick from. Default: not at all. */
  readonly picker?: ReferencePicker
  /** `unknown`: another provider's business; `null`: the address is its own, and leads to nothing. */
  resolve(address: string, context: ReferenceContext): Reference | 'unknown' | null
}

declare module '#line/contributions.ts' {
  interface Contributions {
    referenceProviders: ReferenceProvider
  }
}

declare module '#app/define-app.ts' {
  interface AppContributions {
    /** Who knows where addresses in texts lead. */
    readonly referenceProviders?: readonly ReferenceProvider[]
  }
}

/**
 * Define where some addresses in texts lead.
 *
 * @example
 * defineReferenceProvider({
 *   resolve: (address, { baseUrl }) =>
 *     address.startsWith(`${baseUrl}/apps/bookmarks/`) ? { title: 'A bookmark' } : 'unknown',
 * })
 */
export const defineReferenceProvider = (definition: Omit<ReferenceProvider, 'kind'>): ReferenceProvider => ({
  kind: 'reference-provider',
  ...definition,
})
