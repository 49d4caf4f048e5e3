import { by, defineStory } from 'ocs-mock'

const alice = by('alice')
const bob = by('bob')
const BOOKMARKS = '/apps/bookmarks_lite/bookmarks'
const PAGES = '/index.php/apps/bookmarks_lite'

/** What `ocs-mock verify --write` does on a real server, and on this model of it. */
export const bookmarkStory = defineStory({
  name: 'a bookmark',
  apps: ['bookmarks_lite'],
  ids: { id: 'bookmark' },
  steps: [
    alice.get(BOOKMARKS),
    alice.post(BOOKMARKS, { url: 'https://example.com', title: 'An example' }, { capture: { bookmark: '/id' } }),
    alice.post(BOOKMARKS, { url: 'nowhere' }),
    alice.get(BOOKMARKS),
    alice.get(`${PAGES}/export`),
    alice.get(`${PAGES}/count`),
    bob.get(BOOKMARKS),
    bob.delete(`${BOOKMARKS}/{bookmark}`),
    alice.delete(`${BOOKMARKS}/{bookmark}`),
    alice.get(BOOKMARKS),
  ],
})
