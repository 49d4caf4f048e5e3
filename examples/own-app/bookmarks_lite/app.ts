import { defineApp } from 'ocs-mock'
import { createBookmark, deleteBookmark, listBookmarks } from './bookmarks.ts'
import { capabilities } from './capabilities.ts'
import { bookmarkNotices, bookmarkNotifier } from './notifications.ts'
import { addCommand, listCommand } from './occ.ts'
import { countBookmarks, exportBookmarks } from './pages.ts'
import { addBookmark } from './scenario-actions.ts'
import { seededBookmarks } from './seed.ts'
import { bookmarkReactions, bookmarksTable } from './state.ts'
import { bookmarkStory } from './stories.ts'

export const app = defineApp('bookmarks_lite', {
  name: 'Bookmarks lite',
  summary: 'Keeps addresses',
  endpoints: [listBookmarks, createBookmark, deleteBookmark, exportBookmarks, countBookmarks],
  tables: [bookmarksTable],
  reactions: [bookmarkReactions, bookmarkNotices],
  capabilities: [capabilities],
  notifiers: [bookmarkNotifier],
  commands: [listCommand, addCommand],
  seed: [seededBookmarks],
  scenarioActions: [addBookmark],
  stories: [bookmarkStory],
})
