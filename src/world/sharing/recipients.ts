import * as groups from '../accounts/groups.ts'
import * as users from '../accounts/users.ts'
import type { World } from '../world.ts'
import { type Share, type ShareType, TYPE } from './share.ts'

declare module '#world/world.ts' {
  interface WorldRules {
    /** What apps let files be shared with, by the type of share. */
    readonly recipients?: ReadonlyMap<ShareType, Recipients>
  }
}

/**
 * Recipients of one type that stand for several accounts, such as the members of a room. Each account can have a view
 * of its own of what it received so.
 */
export interface Recipients {
  readonly kind: 'recipients'
  /** The type of shares with them, as the wire has it: 10 for rooms. */
  readonly type: ShareType
  /** The accounts behind one of them. */
  members(world: World, id: string): readonly string[]
  isMember(world: World, id: string, userId: string): boolean
  /** Ids of those that an account is a member of. */
  ofAccount(world: World, userId: string): readonly string[]
  /** What one of them is called; `undefined`: it is not there. */
  nameOf(world: World, id: string): string | undefined
}

/**
 * Define what files can be shared with, besides what the server knows itself.
 *
 * @example
 * defineRecipients({
 *   type: 10,
 *   members: (world, id) => rooms.find(world, id)?.members ?? [],
 *   isMember: (world, id, userId) => rooms.find(world, id)?.members.includes(userId) ?? false,
 *   ofAccount: (world, userId) => rooms.of(world, userId).map(({ id }) => id),
 *   nameOf: (world, id) => rooms.find(world, id)?.name,
 * })
 */
export const defineRecipients = (definition: Omit<Recipients, 'kind'>): Recipients => ({
  kind: 'recipients',
  ...definition,
})

const GROUPS = defineRecipients({
  type: TYPE.group,
  members: groups.members,
  isMember: groups.isMember,
  ofAccount: groups.groupsOf,
  nameOf: (world, id) => groups.find(world, id)?.displayName || undefined,
})

type Received = Pick<Share, 'type' | 'sharedWith'>

const behind = (world: World, { type }: Pick<Share, 'type'>): Recipients | undefined =>
  type === TYPE.group ? GROUPS : world.rules.recipients?.get(type)

/** Groups, then what apps let files be shared with. */
export const collective = (world: World): Recipients[] => [GROUPS, ...(world.rules.recipients?.values() ?? [])]

/** Whether a share is with several accounts, each of which can have a view of its own. */
export const isCollective = (world: World, share: Pick<Share, 'type'>): boolean => behind(world, share) !== undefined

/**
 * Whether a share is with what an app brought. Such shares are accepted as they are made, and nobody is asked
 * (Nextcloud 34.0.1 with teams, asked).
 */
export const isWithApp = (world: World, { type }: Pick<Share, 'type'>): boolean =>
  world.rules.recipients?.has(type) ?? false

/** Whether an account is among those whom a share is with. */
export const isAmong = (world: World, share: Received, userId: string): boolean =>
  behind(world, share)?.isMember(world, share.sharedWith!, userId) ?? false

/** The accounts that a share reaches: its recipient, or those behind it. */
export function recipientsOf(world: World, share: Received): readonly string[] {
  if (share.type === TYPE.user) return users.find(world, share.sharedWith!) ? [share.sharedWith!] : []
  return behind(world, share)?.members(world, share.sharedWith!) ?? []
}

/** What to call whom a share is with. */
export function recipientName(world: World, share: Received): string | null {
  const { type, sharedWith } = share
  if (sharedWith === null) return null
  if (type === TYPE.user) return users.find(world, sharedWith)?.displayName ?? sharedWith
  return behind(world, share)?.nameOf(world, sharedWith) ?? sharedWith
}
