import { by, defineStories } from '#app/story.ts'

const alice = by('alice')
const bob = by('bob')

const LAYOUT = '/apps/dashboard/api/v3/layout'
const STATUSES = '/apps/dashboard/api/v3/statuses'

export const dashboardStories = defineStories([
  {
    name: 'a dashboard',
    apps: ['dashboard'],
    steps: [
      alice.get(LAYOUT),
      alice.post(LAYOUT, { layout: ['ocsmock-second', 'ocsmock-first'] }),
      alice.get(LAYOUT),
      bob.get(LAYOUT),
      alice.post(LAYOUT, { layout: ['ocsmock-first', 'ocsmock-first', 'ocsmock-third'] }),
      alice.get(LAYOUT),
      alice.get(STATUSES),
      alice.post(STATUSES, { statuses: ['ocsmock-weather'] }),
      alice.get(STATUSES),
      bob.get(STATUSES),
    ],
  },
])
