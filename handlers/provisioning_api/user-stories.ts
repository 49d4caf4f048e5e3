import { by, defineStories } from '#app/story.ts'

const admin = by('admin')
const alice = by('alice')
const carol = by('carol')
const apps = ['provisioning_api']
const SEARCH = { search: '{own}' }

const [DAVE, CAROL, BOB] = ['/cloud/users/{own}dave', '/cloud/users/{carol}', '/cloud/users/{bob}']
const edit = (key: string, value: string) => ({ key, value })

export const userStories = defineStories([
  {
    name: 'an account from its beginning to its end',
    apps,
    steps: [
      admin.get(DAVE),
      admin.get('/cloud/users', SEARCH),
      admin.post('/cloud/users', { userid: '{own}dave', password: '{password}' }),
      admin.get(DAVE),
      admin.get('/cloud/users', SEARCH),
      admin.post('/cloud/users', { userid: '{own}dave', password: '{password}' }),
      admin.delete(DAVE),
      admin.get(DAVE),
      admin.get('/cloud/users', SEARCH),
      admin.delete(DAVE),
      admin.post('/cloud/users', { userid: '{own}dave', password: '{password}', displayName: 'Dave', quota: '1 GB' }),
      admin.get(DAVE),
      admin.delete(DAVE),
      admin.get(DAVE),
    ],
  },
  {
    name: 'accounts that cannot be made',
    apps,
    steps: [
      admin.post('/cloud/users', { userid: '', password: '{password}' }),
      admin.post('/cloud/users', { userid: '{own}d/a/v/e', password: '{password}' }),
      admin.post('/cloud/users', { userid: '{own}dave', password: '' }),
      admin.post('/cloud/users', { userid: '{own}dave', password: 'a' }),
      admin.post('/cloud/users', { userid: '{own}dave', password: '{password}', groups: ['{own}nobody'] }),
      alice.post('/cloud/users', { userid: '{own}dave', password: '{password}' }),
      by('anonymous').post('/cloud/users', { userid: '{own}dave', password: '{password}' }),
      alice.delete(BOB),
      admin.get(DAVE),
    ],
  },
  {
    name: 'pages of accounts and groups',
    apps,
    steps: [
      admin.get('/cloud/users', SEARCH),
      admin.get('/cloud/users', { ...SEARCH, limit: '2' }),
      admin.get('/cloud/users', { ...SEARCH, limit: '2', offset: '2' }),
      admin.get('/cloud/users/details', { ...SEARCH, limit: '1' }),
      admin.get('/cloud/groups', { ...SEARCH, limit: '1' }),
      alice.get('/cloud/users', SEARCH),
    ],
  },
  {
    name: 'fields that an administrator sets',
    apps,
    steps: [
      admin.get(CAROL),
      admin.put(CAROL, edit('displayname', 'Carol of ocs-mock')),
      admin.get(CAROL),
      admin.put(CAROL, edit('quota', '5 GB')),
      admin.get(CAROL),
      admin.put(CAROL, edit('quota', 'much')),
      admin.put(CAROL, edit('quota', 'none')),
      admin.put(CAROL, edit('email', 'ocsmock@ocsmock.invalid')),
      admin.get(CAROL),
      admin.put(CAROL, edit('email', 'no address')),
      admin.put(CAROL, edit('email', '')),
      admin.put(CAROL, edit('language', 'de')),
      admin.put(CAROL, edit('language', 'xx')),
      admin.put(CAROL, edit('locale', 'de_AT')),
      admin.get(CAROL),
      admin.put(CAROL, edit('shoesize', '44')),
      admin.put(CAROL, edit('language', 'en')),
      admin.put('/cloud/users/{own}nobody', edit('displayname', 'Nobody')),
    ],
  },
  {
    name: 'fields that everybody sets themselves',
    apps,
    steps: [
      carol.get('/cloud/user'),
      carol.put(CAROL, edit('website', 'https://example.org')),
      carol.put(CAROL, edit('phone', '+4930123456')),
      carol.put(CAROL, edit('phone', 'telephone')),
      carol.put(CAROL, edit('biography', 'Made by a machine')),
      carol.put(CAROL, edit('biographyScope', 'v2-local')),
      carol.put(CAROL, edit('biographyScope', 'v9-all')),
      carol.get(CAROL),
      carol.put(CAROL, edit('displayname', '')),
      carol.put(CAROL, edit('quota', '9 GB')),
      carol.put(BOB, edit('displayname', 'Robert')),
      carol.get(BOB),
      carol.put(CAROL, edit('password', '{newPassword}'), { newPasswordOf: 'carol' }),
      carol.get('/cloud/user'),
    ],
  },
  {
    name: 'an account that is disabled for a while',
    apps,
    steps: [
      admin.get(BOB),
      admin.put(`${BOB}/disable`),
      admin.get(BOB),
      admin.get('/cloud/users/disabled', SEARCH),
      admin.put(`${BOB}/enable`),
      admin.get(BOB),
      admin.put('/cloud/users/{own}nobody/disable'),
      alice.put(`${BOB}/disable`),
      alice.put('/cloud/users/{alice}/disable'),
    ],
  },
])
