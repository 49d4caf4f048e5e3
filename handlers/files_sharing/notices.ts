import * as groups from '#world/accounts/groups.ts'
import * as notifications from '#world/notices/notifications.ts'
import { defineReactions } from '#world/reactions.ts'
import { isEnabled } from '#world/settings/apps.ts'
import type { ExternalShare } from '#world/sharing/external-shares.ts'
import { received, type Share, TYPE } from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'

/** Notifications about shares that somebody receives. */
export const shareNotices = defineReactions(
  {
    'share.created': (world, { share, seeded }) => tellShare(world, share, seeded === true),
    'group.member-added': (world, { groupId, userId, seeded }) => {
      if (!seeded) tellMember(world, groupId, userId)
    },
    'remote-share.received': (world, { share, ownerId, sharedById }) => {
      if (isEnabled(world, 'notifications')) tellRemoteShare(world, share, [ownerId, sharedById])
    },
    'remote-share.accepted': (world, { share }) => forgetRemoteShare(world, share),
    'remote-share.removed': (world, { share }) => forgetRemoteShare(world, share),
  },
  { phase: 'tell', evenIfDisabled: true },
)

const areWanted = (world: World) => isEnabled(world, 'notifications') && isEnabled(world, 'files_sharing')

/**
 * Who receives a share is told, even if it is accepted already: then the notification goes when somebody looks
 * (Nextcloud 34.0.1, asked). Of a seed, only what still waits is told.
 */
function tellShare(world: World, share: Share, seeded: boolean): void {
  if (!areWanted(world)) return
  const waits = (userId: string) => !received.asSeenBy(world, share, userId).accepted
  for (const userId of toldOf(world, share)) if (!seeded || waits(userId)) tell(world, share, userId)
}

function toldOf(world: World, share: Share): readonly string[] {
  if (share.type === TYPE.user) return [share.sharedWith!]
  if (share.type !== TYPE.group) return []
  return groups.members(world, share.sharedWith!).filter((userId) => isTold(share, userId))
}

const isTold = (share: Share, userId: string) => userId !== share.owner && userId !== share.sharedBy

/** Who joins a group is told of what the group received before. */
function tellMember(world: World, groupId: string, userId: string): void {
  if (!areWanted(world)) return
  for (const share of received.throughGroups(world, userId)) {
    if (share.sharedWith === groupId && isTold(share, userId)) tell(world, share, userId)
  }
}

function tell(world: World, share: Share, userId: string): void {
  notifications.notify(world, {
    app: 'files_sharing',
    userId,
    createdAt: share.createdAt,
    objectType: 'share',
    objectId: `ocinternal:${share.id}`,
    subject: share.type === TYPE.group ? 'incoming_group_share' : 'incoming_user_share',
  })
}

function tellRemoteShare(world: World, { id, userId, name }: ExternalShare, from: readonly string[]): void {
  notifications.notify(world, {
    app: 'files_sharing',
    userId,
    objectType: 'remote_share',
    objectId: id,
    subject: 'remote_share',
    subjectParameters: [...from, name.replace(/^\/+|\/+$/g, ''), ''],
  })
}

function forgetRemoteShare(world: World, { id, userId }: ExternalShare): void {
  notifications.markProcessed(world, { app: 'files_sharing', userId, objectType: 'remote_share', objectId: id })
}
