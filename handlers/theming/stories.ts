import { by, defineStories } from '#app/story.ts'

const alice = by('alice')

const THEME = '/apps/theming/api/v1/theme'

export const themingStories = defineStories([
  {
    name: 'a theme of one’s own',
    apps: ['theming'],
    steps: [
      alice.put(`${THEME}/dark/enable`),
      alice.delete(`${THEME}/dark`),
      alice.put(`${THEME}/ocsmock/enable`),
      alice.delete(`${THEME}/ocsmock`),
      alice.put(`${THEME}/light/enable`),
    ],
  },
])
