import { by, defineStories } from '#app/story.ts'

const alice = by('alice')
const carol = by('carol')

const CIRCLES = '/apps/circles/circles'
const CIRCLE = `${CIRCLES}/{circle}`
const MEMBERS = `${CIRCLE}/members`

/** What goes through the server's own address, as members and settings do, is not asked: not every server reaches itself. */
export const circleStories = defineStories([
  {
    name: 'a team from its beginning to its end',
    apps: ['circles'],
    ids: {
      id: 'circle',
      circleId: 'circle',
      singleId: 'circle',
      memberId: 'member',
      url: 'link',
      displayedId: 'circle',
      inheritancePath: 'circle',
      instance: 'instance',
      inheritanceFirst: 'circle',
      inheritanceLast: 'circle',
    },
    steps: [
      alice.post(CIRCLES, { name: '{own}team' }, { capture: { circle: '/id' } }),
      alice.get(CIRCLE),
      carol.get(CIRCLE),
      alice.put(`${CIRCLE}/name`, { value: '{own}crew' }),
      alice.put(`${CIRCLE}/description`, { value: 'Who goes along' }),
      alice.get(CIRCLE),
      alice.get(MEMBERS),
      alice.post(MEMBERS, { userId: '{own}nobody', type: '1' }),
      alice.put(`${MEMBERS}/ocsmock/level`, { level: '4' }),
      carol.put(`${CIRCLE}/join`),
      carol.delete(CIRCLE),
      alice.delete(CIRCLE),
    ],
  },
])
