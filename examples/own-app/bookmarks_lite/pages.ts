/** What the app's own page asks, below index.php. */
import { defineEndpoint, s } from 'ocs-mock'
import { bookmarkSchema, show } from './bookmarks.ts'
import * as bookmarks from './state.ts'

/** Plain JSON. */
export const exportBookmarks = defineEndpoint({
  id: 'bookmarks_lite-page-export',
  app: 'bookmarks_lite',
  method: 'GET',
  path: '/index.php/apps/bookmarks_lite/export',
  envelope: false,
  access: 'user',
  summary: 'All bookmarks of the caller as a document',
  output: s.object({ owner: s.string(), bookmarks: s.list(bookmarkSchema) }),
  handle: ({ me, world, ok }) => ok({ owner: me, bookmarks: bookmarks.list(world, me).map(show) }, { etag: true }),
})

/** With the envelope of v1, whatever is asked for. */
export const countBookmarks = defineEndpoint({
  id: 'bookmarks_lite-page-count',
  app: 'bookmarks_lite',
  method: 'GET',
  path: '/index.php/apps/bookmarks_lite/count',
  envelope: 'v1',
  access: 'user',
  summary: 'How many bookmarks the caller has',
  output: s.object({ count: s.int() }),
  handle: ({ me, world, ok }) => ok({ count: bookmarks.list(world, me).length }),
})
