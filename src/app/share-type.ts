import type { PhpArray } from '#lib/php.ts'
import type { Profile } from '#profiles/profile.ts'
import type { ReadsProfileData } from '#profiles/profile-data.ts'
import type { Share } from '#world/sharing/share.ts'
import type { World } from '#world/world.ts'

/** What a type of share may look at. */
export interface ShareTypeContext {
  readonly world: World
  readonly profile: Profile
  /** Scheme and host that links begin with. */
  readonly baseUrl: string
  /** Who shares, searches or looks. */
  readonly me: string
}

/** Whom somebody searches for. */
export interface ShareeQuery {
  readonly text: string
  readonly limit: number
  readonly offset: number
  /** The types that were asked for, as they came. */
  readonly shareType: unknown
}

/** Somebody to share with. */
export interface Sharee extends PhpArray {
  readonly label: string
  readonly value: PhpArray & { readonly shareType: number; readonly shareWith: string }
}

/** A sharee that was found. `exact`: what was searched for is its name, id or address. */
export interface FoundSharee {
  readonly exact: boolean
  readonly item: Sharee
}

/** Why something cannot be shared: the failure of the operation. */
export interface ShareRefusal {
  readonly code: 400 | 403 | 404
  readonly message: string
}

/** A type of shares, by whom they are with. What is shared reaches whoever the app's `recipients` of that type say. */
export interface ShareType extends ReadsProfileData {
  readonly kind: 'share-type'
  /** The number on the wire: 10 for rooms. */
  readonly type: Share['type']
  /** The member of lists of sharees that has those of this type: `rooms`. */
  readonly name: string
  /** Whether such a thing can be shared so: `file`, `folder`, `calendar` … Default: files and folders can. */
  isOffered?(itemType: string, context: Pick<ShareTypeContext, 'world'>): boolean
  /** Those whom a text finds. Default: nobody is ever found. */
  search?(query: ShareeQuery, context: ShareTypeContext): readonly FoundSharee[] | Promise<readonly FoundSharee[]>
  /** Why nothing can be shared with this one; `crash`: an error that nothing catches. Default: everything can. */
  check?(recipient: string | null, context: ShareTypeContext): ShareRefusal | 'crash' | null
  /** What a share says of whom it is with. Default: id and name. */
  show?(share: Share, context: ShareTypeContext): PhpArray
}

declare module '#line/contributions.ts' {
  interface Contributions {
    shareTypes: ShareType
  }
}

declare module '#app/define-app.ts' {
  interface AppContributions {
    /** Types of shares, by whom they are with. */
    readonly shareTypes?: readonly ShareType[]
  }
}

/**
 * Define a type of shares, by whom they are with. Whom they reach is said beside it, by `defineRecipients`.
 *
 * @example
 * defineShareType({
 *   type: 10,
 *   name: 'rooms',
 *   search: ({ text }, { world }) =>
 *     rooms.find(world, text).map(({ id, name }) => ({
 *       exact: name === text,
 *       item: { label: name, value: { shareType: 10, shareWith: id } },
 *     })),
 *   check: (id, { world }) => (rooms.get(world, id) ? null : { code: 404, message: 'There is no such room' }),
 * })
 */
export const defineShareType = (definition: Omit<ShareType, 'kind'>): ShareType => ({
  kind: 'share-type',
  ...definition,
})
