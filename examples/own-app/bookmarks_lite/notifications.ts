import { defineNotifier, defineReactions, notifications } from 'ocs-mock'
import { find } from './state.ts'

const APP = 'bookmarks_lite'

/** Whoever gets a bookmark from somebody else is told. `by` is who acts; a seed tells of nobody's acts. */
export const bookmarkNotices = defineReactions(
  {
    'bookmark.added': (world, { userId, id, by, seeded }) => {
      if (by === userId || seeded) return
      notifications.notify(world, { app: APP, userId, objectType: 'bookmark', objectId: String(id), subject: 'added' })
    },
  },
  { phase: 'tell' },
)

/** A notification reads as its bookmark is when somebody looks, and goes with it. */
export const bookmarkNotifier = defineNotifier(({ app, userId, objectId }, { world }) => {
  if (app !== APP) return 'unknown'
  const bookmark = find(world, userId, Number(objectId))
  if (!bookmark) return 'processed'
  return { subject: `You got the bookmark "${bookmark.title}"`, link: bookmark.url }
})
