import { by, defineStories } from '#app/story.ts'

const alice = by('alice')
const WORKSPACE = '/apps/text/workspace/direct'

export const textStories = defineStories([
  {
    name: 'a text about a folder that is not there',
    apps: ['text', 'files'],
    steps: [alice.post(WORKSPACE, { path: '/{own}nothing' })],
  },
])
