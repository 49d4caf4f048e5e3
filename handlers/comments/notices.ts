import type { Comment } from '#world/files/comments.ts'
import * as comments from '#world/files/comments.ts'
import * as files from '#world/files/files.ts'
import * as activities from '#world/notices/activities.ts'
import * as notifications from '#world/notices/notifications.ts'
import { defineReactions } from '#world/reactions.ts'
import { isEnabled } from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'

/** Notifications about comments that name somebody. */
export const mentionNotices = defineReactions(
  {
    'comment.created': (world, { comment }) => tellMentions(world, comment),
    'comment.changed': (world, { comment }) => {
      forgetMentions(world, comment.id)
      tellMentions(world, comment)
    },
    'comment.deleted': (world, { comment }) => forgetMentions(world, comment.id),
  },
  { phase: 'tell', evenIfDisabled: true },
)

/** Who sees a file hears of every comment on it. */
export const commentActivities = defineReactions(
  {
    'comment.created': (world, { comment, seeded, by = '' }) => {
      if (seeded || comment.objectType !== 'files') return
      const objectId = Number(comment.objectId)
      for (const [userId, path] of files.pathsOf(world, objectId))
        activities.add(world, {
          ...{ userId, app: 'comments', type: 'comments', author: by, subject: 'add_comment_subject' },
          ...{ parameters: { commentId: comment.id, path }, objectType: 'files', objectId },
        })
    },
  },
  { phase: 'tell' },
)

const areWanted = (world: World) => isEnabled(world, 'notifications') && isEnabled(world, 'comments')

/** Accounts that a comment on a file names are told, its author aside. */
function tellMentions(world: World, comment: Comment): void {
  if (comment.objectType !== 'files' || !areWanted(world)) return
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
