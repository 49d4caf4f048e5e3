import { by, type Story } from '../story.ts'

const admin = by('admin')
const alice = by('alice')
const apps = ['provisioning_api']
const SEARCH = { search: '{own}' }

const dave = '/cloud/users/{own}dave'

export const USERS: readonly Story[] = [
  {
    name: 'an account from its beginning to its end',
    apps,
    steps: [
      admin.get(dave),
      admin.get('/cloud/users', SEARCH),
      admin.post('/cloud/users', { userid: '{own}dave', password: '{password}' }),
      admin.get(dave),
      admin.get('/cloud/users', SEARCH),
      admin.post('/cloud/users', { userid: '{own}dave', password: '{password}' }),
      admin.delete(dave),
      admin.get(dave),
      admin.get('/cloud/users', SEARCH),
      admin.delete(dave),
      alice.delete('/cloud/users/{bob}'),
    ],
  },
]
