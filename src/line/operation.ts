import type { Releases } from '#lib/releases.ts'

/**
 * Operations whose ids the types know: those of the apps that ship, by the manifest. Apps of one's own may add theirs.
 *
 * @example
 * declare module 'ocs-mock' {
 *   interface KnownOperations {
 *     bookmarks: 'bookmarks-bookmarks-list' | 'bookmarks-bookmarks-add'
 *   }
 * }
 */
export interface KnownOperations {}

/** The id of an operation: editors complete those that are known; it may be another app's, and is looked up in any case. */
export type OperationId = KnownOperations[keyof KnownOperations] | (string & {})

/** What a definition says of who may come with what, which has to be known before its app is loaded. */
export interface CallerTraits {
  /** What a one-time token is good for: it is spent wherever it comes, and lets nobody in anywhere else. */
  readonly oneTimeToken?: true
  /** Disabled ExApps may call it, always or only while they are installed or updated. All else is closed to them. */
  readonly disabledExApps?: 'always' | 'while-installing'
}

/** One operation as the router needs it. Its definition is loaded when somebody asks for it. */
export interface Operation extends CallerTraits, Releases {
  readonly kind: 'endpoint' | 'route'
  readonly id: string
  readonly app: string
  /** `*` stands for all. */
  readonly methods: readonly string[]
  /** Below `/ocs/vN.php` for endpoints of OCS; else the whole path. */
  readonly path: string
}
