import * as groups from '../accounts/groups.ts'
import type { Comment } from '../files/comments.ts'
import * as comments from '../files/comments.ts'
import { isEnabled } from '../settings/apps.ts'
import type { ExternalShare } from '../sharing/external-shares.ts'
import { received, type Share, TYPE } from '../sharing/shares.ts'
import type { Reaction, World } from '../world.ts'
import * as notifications from './notifications.ts'

/** What operations tell other accounts: about shares that they receive, and comments that name them. */
export const react: Reaction = (world, event) => {
  if (!isEnabled(world, 'notifications')) return
  const { share, comment } = event as unknown as { share: Share & ExternalShare; comment: Comment }
  switch (event.type) {
    case 'share.created':
      return tellShare(world, share, event.seeded === true)
    case 'group.member-added':
      if (!event.seeded) tellMember(world, String(event.groupId), String(event.userId))
      return
    case 'remote-share.received':
      return tellRemoteShare(world, share, [event.ownerId, event.sharedById].map(String))
    case 'remote-share.accepted':
    case 'remote-share.removed':
      return forgetRemoteShare(world, share)
    case 'comment.created':
      return tellMentions(world, comment)
    case 'comment.changed':
      forgetMentions(world, comment.id)
      return tellMentions(world, comment)
    case 'comment.deleted':
      return forgetMentions(world, comment.id)
  }
}

/**
 * Who receives a share is told, even if it is accepted already: then the notification goes when somebody looks
 * (Nextcloud 34.0.1, asked). Of a seed, only what still waits is told.
 */
function tellShare(world: World, share: Share, seeded: boolean): void {
  if (!isEnabled(world, 'files_sharing')) return
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
  if (!isEnabled(world, 'files_sharing')) return
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

/** Accounts that a comment on a file names are told, its author aside. */
function tellMentions(world: World, comment: Comment): void {
  if (comment.objectType !== 'files' || !isEnabled(world, 'comments')) return
  for (const userId of comments.mentions(world, comment.message)) {
    if (userId === comment.actorId) continue
    notifications.notify(world, {
      app: 'comments',
      userId,
      createdAt: comment.createdAt,
      objectType: 'comment',
      objectId: String(comment.id),
      subject: 'mention',
      subjectParameters: [comment.objectType, comment.objectId],
    })
  }
}

function forgetMentions(world: World, id: number): void {
  notifications.markProcessed(world, { app: 'comments', objectType: 'comment', objectId: String(id) })
}
