/** The operations of OCS. */
import { defineEndpoint, p, s } from 'ocs-mock'
import * as bookmarks from './state.ts'

const BASE = { app: 'bookmarks_lite', access: 'user' } as const
const PATH = '/apps/bookmarks_lite/bookmarks'

export const bookmarkSchema = s.object({ id: s.int(), url: s.string(), title: s.string(), addedAt: s.int() })

/** A bookmark as it is answered. */
export const show = ({ id, url, title, addedAt }: bookmarks.Bookmark) => ({ id, url, title, addedAt })

export const listBookmarks = defineEndpoint({
  ...BASE,
  id: 'bookmarks_lite-bookmarks-list',
  method: 'GET',
  path: PATH,
  summary: 'The bookmarks of the caller',
  output: s.list(bookmarkSchema),
  handle: ({ me, world, ok }) => ok(bookmarks.list(world, me).map(show), { etag: true }),
})

export const createBookmark = defineEndpoint({
  ...BASE,
  id: 'bookmarks_lite-bookmarks-create',
  method: 'POST',
  path: PATH,
  summary: 'Keep an address for the caller',
  input: { url: p.string(), title: p.string().orNull().describe('Without one, the address itself') },
  output: bookmarkSchema,
  failures: { 400: 'This is no address' },
  handle: ({ input, me, world, ok, fail }) => {
    const added = bookmarks.add(world, me, input.url, input.title ?? input.url)
    return typeof added === 'string' ? fail(400) : ok(show(added))
  },
})

export const deleteBookmark = defineEndpoint({
  ...BASE,
  id: 'bookmarks_lite-bookmarks-delete',
  method: 'DELETE',
  path: `${PATH}/{id}`,
  summary: 'Forget a bookmark of the caller',
  input: { id: p.int() },
  output: s.empty(),
  failures: { 404: 'There is no such bookmark' },
  handle: ({ input, me, world, ok, fail }) => (bookmarks.remove(world, me, input.id) ? ok() : fail(404)),
})
