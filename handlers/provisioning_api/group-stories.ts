import { by, defineStories } from '#app/story.ts'

const admin = by('admin')
const bob = by('bob')
const carol = by('carol')
const apps = ['provisioning_api']
const SEARCH = { search: '{own}' }

const [CREW, STAFF, BOB, CAROL] = [
  '/cloud/groups/{own}crew',
  '/cloud/groups/{staff}',
  '/cloud/users/{bob}',
  '/cloud/users/{carol}',
]

export const groupStories = defineStories([
  {
    name: 'a group from its beginning to its end',
    apps,
    steps: [
      admin.get(CREW),
      admin.get('/cloud/groups', SEARCH),
      admin.post('/cloud/groups', { groupid: '{own}crew' }),
      admin.get(CREW),
      admin.get('/cloud/groups', SEARCH),
      admin.post('/cloud/groups', { groupid: '{own}crew' }),
      admin.put(CREW, { key: 'displayname', value: 'The crew' }),
      admin.get('/cloud/groups/details', SEARCH),
      admin.put(CREW, { key: 'colour', value: 'red' }),
      admin.post('/cloud/groups', { groupid: '' }),
      bob.post('/cloud/groups', { groupid: '{own}club' }),
      admin.delete(CREW),
      admin.get(CREW),
      admin.get('/cloud/groups', SEARCH),
      admin.delete(CREW),
      bob.delete(STAFF),
      admin.get(STAFF),
    ],
  },
  {
    name: 'members of a group',
    apps,
    steps: [
      admin.get(STAFF),
      admin.get(`${CAROL}/groups`),
      admin.post(`${CAROL}/groups`, { groupid: '{staff}' }),
      admin.get(STAFF),
      admin.get(`${CAROL}/groups`),
      admin.get(`${STAFF}/users`),
      admin.get(`${STAFF}/users/details`),
      admin.post(`${CAROL}/groups`, { groupid: '{own}nobody' }),
      admin.post(`${CAROL}/groups`, { groupid: '' }),
      admin.delete(`${CAROL}/groups`, { groupid: '{staff}' }),
      admin.get(STAFF),
      admin.get(`${CAROL}/groups`),
      admin.delete(`${CAROL}/groups`, { groupid: '{own}nobody' }),
      bob.post(`${BOB}/groups`, { groupid: '{staff}' }),
    ],
  },
  {
    name: 'an account that administers a group',
    apps,
    steps: [
      admin.get(`${CAROL}/subadmins`),
      carol.get('/cloud/users', SEARCH),
      admin.post(`${CAROL}/subadmins`, { groupid: '{staff}' }),
      admin.get(`${CAROL}/subadmins`),
      admin.get(`${STAFF}/subadmins`),
      admin.post(`${CAROL}/subadmins`, { groupid: '{staff}' }),
      admin.post(`${CAROL}/subadmins`, { groupid: '{own}nobody' }),
      carol.get('/cloud/groups', SEARCH),
      carol.get(BOB),
      carol.put(BOB, { key: 'displayname', value: 'Bob of the staff' }),
      carol.get(BOB),
      carol.post('/cloud/users', { userid: '{own}dave', password: '{password}' }),
      carol.post('/cloud/users', { userid: '{own}dave', password: '{password}', groups: ['{staff}'] }),
      carol.get('/cloud/users/{own}dave'),
      carol.delete('/cloud/users/{own}dave'),
      admin.get('/cloud/users/{own}dave'),
      carol.put(BOB, { key: 'displayname', value: 'Bob' }),
      admin.delete(`${CAROL}/subadmins`, { groupid: '{staff}' }),
      admin.get(`${CAROL}/subadmins`),
      admin.delete(`${CAROL}/subadmins`, { groupid: '{staff}' }),
      carol.get('/cloud/users', SEARCH),
    ],
  },
  {
    name: 'a group that nobody administers beside',
    apps: ['provisioning_api'],
    steps: [
      admin.get(`${CAROL}/subadmins`),
      admin.post(`${CAROL}/subadmins`, { groupid: 'admin' }),
      admin.get(`${CAROL}/subadmins`),
    ],
  },
])
