import type { Json } from '#lib/json.ts'
import type { ContributionSource } from '#line/contributions.ts'
import type { Profile } from '#profiles/profile.ts'
import type { ReadsProfileData } from '#profiles/profile-data.ts'
import * as users from '#world/accounts/users.ts'
import type { Activity } from '#world/notices/activities.ts'
import type { World } from '#world/world.ts'
import type { RichObject, RichParameters } from './rich-text.ts'

/** What a provider may look at. */
export interface ActivityContext {
  readonly world: World
  readonly profile: Profile
  /** Scheme and host that links begin with. */
  readonly baseUrl: string
  /** What apps contribute. */
  readonly catalogue: ContributionSource
  /** Whose stream is read. */
  readonly me: string
  /** Whether only the activities of one object are shown: then its name goes without saying. */
  readonly isAbout: (objectType: string, objectId: number) => boolean
}

/** How an activity reads. */
export interface ActivityText {
  /** A text with `{placeholders}`. */
  readonly text: string
  readonly parameters: RichParameters
  /** Path of an image on this server. */
  readonly icon: string
  /** Where the text is given as it stands, and nothing is in it to be replaced. */
  readonly plain?: string
  /** Parameters by which it can be told together with its neighbour, the best first. */
  readonly mergeBy?: readonly string[]
  /** What somebody said, with `{placeholders}`, and as it stands. */
  readonly message?: { readonly text: string; readonly parameters: RichParameters; readonly plain: string }
  /** Another type than the stored one. */
  readonly type?: string
}

/** Knows the activities of an app. */
export interface ActivityProvider extends ReadsProfileData {
  readonly kind: 'activity-provider'
  /** How an activity reads; `null`: another provider's business. */
  describe(activity: Activity, context: ActivityContext): ActivityText | null
}

declare module '#line/contributions.ts' {
  interface Contributions {
    activityProviders: ActivityProvider
  }
}

declare module '#app/define-app.ts' {
  interface AppContributions {
    /** Who turns its activities into texts. */
    readonly activityProviders?: readonly ActivityProvider[]
  }
}

/**
 * Define how activities of an app read.
 *
 * @example
 * defineActivityProvider(({ app }) => (app === 'bookmarks' ? { text: 'You added a bookmark', parameters: {}, icon } : null))
 */
export const defineActivityProvider = (
  describe: ActivityProvider['describe'],
  { data = [] }: ReadsProfileData = {},
): ActivityProvider => ({ kind: 'activity-provider', data, describe })

export const partsOf = (parameters: Json): readonly Json[] => (Array.isArray(parameters) ? parameters : [])

export function fileObject(parameter: Json | undefined, { baseUrl }: ActivityContext): RichObject {
  const { id, path } = parameter as { readonly id: number; readonly path: string }
  return {
    type: 'file',
    id: String(id),
    name: path.replace(/\/+$/, '').split('/').pop() ?? '',
    path: path.replace(/^\/+|\/+$/g, ''),
    link: `${baseUrl}/index.php/f/${id}`,
  }
}

export function userObject(userId: string, { world }: ActivityContext): RichObject {
  return { type: 'user', id: userId, name: users.find(world, userId)?.displayName ?? userId }
}
