import { by, defineStories } from '#app/story.ts'

const alice = by('alice')
const bob = by('bob')

const BASE = '/apps/weather_status/api/v1'

export const weatherStories = defineStories([
  {
    name: 'where the weather is of interest',
    apps: ['weather_status'],
    steps: [
      alice.get(`${BASE}/location`),
      alice.put(`${BASE}/mode`, { mode: '2' }),
      alice.get(`${BASE}/location`),
      alice.get(`${BASE}/favorites`),
      alice.put(`${BASE}/favorites`, { favorites: ['Berlin', 'Porto'] }),
      alice.get(`${BASE}/favorites`),
      bob.get(`${BASE}/favorites`),
      alice.put(`${BASE}/favorites`, { favorites: ['Porto'] }),
      alice.get(`${BASE}/favorites`),
    ],
  },
])
