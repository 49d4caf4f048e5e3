import { FOLDER_WITH_FILE, NO_FOLDER } from '#app/file-steps.ts'
import { by, defineStories } from '#app/story.ts'

const alice = by('alice')
const WORKSPACE = '/apps/text/workspace/direct'

export const textStories = defineStories([
  {
    name: 'a text about a folder',
    apps: ['text', 'files', 'dav'],
    ids: { url: 'link' },
    steps: [
      ...FOLDER_WITH_FILE,
      alice.post(WORKSPACE, { path: '/{own}folder' }),
      alice.post(WORKSPACE, { path: '/{own}nothing' }),
      ...NO_FOLDER,
    ],
  },
])
