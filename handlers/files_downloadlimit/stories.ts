import { FOLDER_WITH_FILE, NO_FOLDER } from '#app/file-steps.ts'
import { by, defineStories } from '#app/story.ts'

const alice = by('alice')
const bob = by('bob')

const LIMIT = '/apps/files_downloadlimit/api/v1/{token}/limit'
const SHARES = '/apps/files_sharing/api/v1/shares'

export const limitStories = defineStories([
  {
    name: 'a link that ends after some downloads',
    apps: ['files_downloadlimit', 'files_sharing', 'files', 'dav'],
    steps: [
      ...FOLDER_WITH_FILE,
      alice.post(
        SHARES,
        { path: '/{own}folder/report.txt', shareType: '3' },
        { capture: { share: '/id', token: '/token' } },
      ),
      alice.get(LIMIT),
      alice.put(LIMIT, { limit: '2' }),
      alice.get(LIMIT),
      alice.put(LIMIT, { limit: '0' }),
      bob.get(LIMIT),
      bob.put(LIMIT, { limit: '5' }),
      alice.delete(LIMIT),
      alice.get(LIMIT),
      alice.delete(`${SHARES}/{share}`),
      alice.get(LIMIT),
      ...NO_FOLDER,
    ],
  },
])
