import type { RichObject, RichParameters } from '#handlers/notifications/rich-text.ts'
import type { Profile } from '#profiles/profile.ts'
import * as users from '#world/accounts/users.ts'
import type { Json } from '#world/notices/notifications.ts'
import type { World } from '#world/world.ts'
import type { Activity } from '../state/activities.ts'

/** What a provider may look at. */
export interface ProviderContext {
  readonly world: World
  readonly profile: Profile
  /** Scheme and host that links begin with. */
  readonly baseUrl: string
  /** Whose stream is read. */
  readonly me: string
  /** Whether only the activities of one object are shown: then its name goes without saying. */
  readonly isAbout: (objectType: string, objectId: number) => boolean
}

/** How an activity reads. */
export interface Told {
  /** A text with `{placeholders}`. */
  readonly text: string
  readonly parameters: RichParameters
  /** Path of an image on this server. */
  readonly icon: string
  /** Where the text is given as it stands, and nothing is in it to be replaced. */
  readonly plain?: string
  /** Parameters by which it can be told together with its neighbour, the best first. */
  readonly mergeBy?: readonly string[]
  /** Another type than the stored one. */
  readonly type?: string
}

/** Tells the activities of an app; `null`: not mine. */
export type Provider = (activity: Activity, context: ProviderContext) => Told | null

export const partsOf = (parameters: Json): readonly Json[] => (Array.isArray(parameters) ? parameters : [])

export function fileObject(parameter: Json | undefined, { baseUrl }: ProviderContext): RichObject {
  const { id, path } = parameter as { readonly id: number; readonly path: string }
  return {
    type: 'file',
    id: String(id),
    name: path.replace(/\/+$/, '').split('/').pop() ?? '',
    path: path.replace(/^\/+|\/+$/g, ''),
    link: `${baseUrl}/index.php/f/${id}`,
  }
}

export function userObject(userId: string, { world }: ProviderContext): RichObject {
  return { type: 'user', id: userId, name: users.find(world, userId)?.displayName ?? userId }
}
