/** What the app keeps, and its rules. They know nothing of HTTP, so that commands, seeds and scenarios have them too. */
import { defineReactions, defineTable, users, type World } from 'ocs-mock'

export interface Bookmark {
  readonly id: number
  readonly userId: string
  readonly url: string
  readonly title: string
  /** Seconds since 1970. */
  readonly addedAt: number
}

declare module 'ocs-mock' {
  interface WorldEvents {
    'bookmark.added': { readonly userId: string; readonly id: number }
  }
}

export const bookmarksTable = defineTable<Bookmark>('bookmarks_lite')

/** The bookmarks of an account, the oldest first. */
export const list = (world: World, userId: string): Bookmark[] =>
  [...world.table(bookmarksTable).values()].filter((bookmark) => bookmark.userId === userId)

export function find(world: World, userId: string, id: number): Bookmark | undefined {
  const found = world.table(bookmarksTable).get(String(id))
  return found?.userId === userId ? found : undefined
}

export function add(world: World, userId: string, url: string, title = url): Bookmark | 'no-account' | 'no-address' {
  if (!users.find(world, userId)) return 'no-account'
  if (!/^https?:\/\/./.test(url)) return 'no-address'
  const id = world.nextId('bookmarks_lite')
  const bookmark: Bookmark = { id, userId, url, title, addedAt: world.clock.seconds() }
  world.table(bookmarksTable).set(String(id), bookmark)
  world.emit({ type: 'bookmark.added', userId, id })
  return bookmark
}

export function remove(world: World, userId: string, id: number): boolean {
  return find(world, userId, id) !== undefined && world.table(bookmarksTable).delete(String(id))
}

/** Bookmarks go with their account. */
export const bookmarkReactions = defineReactions({
  'user.deleted': (world, { userId }) => {
    for (const { id } of list(world, userId)) remove(world, userId, id)
  },
})
