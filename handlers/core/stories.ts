import { by, defineStories } from '#app/story.ts'

const admin = by('admin')
const alice = by('alice')
const bob = by('bob')
const anonymous = by('anonymous')

const PROFILE = '/profile/{alice}'
const COLLECTION = '/collaboration/resources/collections/987654321'
const TWO_FACTOR = { user: '{alice}' }

export const accountStories = defineStories([
  {
    name: 'an app password',
    apps: ['core'],
    ids: { apppassword: 'app password' },
    steps: [
      alice.put('/core/apppassword/confirm', { password: '{password}' }),
      alice.put('/core/apppassword/confirm', { password: 'ocsmock wrong' }),
      alice.delete('/core/apppassword'),
      alice.post('/core/apppassword/rotate'),
      alice.get('/core/getapppassword'),
      anonymous.get('/core/getapppassword'),
    ],
  },
  {
    name: 'what others see of an account',
    apps: ['core'],
    steps: [
      bob.get(PROFILE),
      alice.put(PROFILE, { paramId: 'phone', visibility: 'hide' }),
      bob.get(PROFILE),
      alice.put(PROFILE, { paramId: 'email', visibility: 'show' }),
      alice.get(PROFILE),
      alice.put(PROFILE, { paramId: 'phone', visibility: 'ocsmock' }),
      alice.put(PROFILE, { paramId: 'ocsmock', visibility: 'hide' }),
      bob.put(PROFILE, { paramId: 'phone', visibility: 'show' }),
      bob.get(PROFILE),
    ],
  },
  {
    name: 'a second factor',
    apps: ['core'],
    steps: [
      admin.get('/twofactor/state', TWO_FACTOR),
      admin.post('/twofactor/enable', TWO_FACTOR),
      admin.post('/twofactor/disable', TWO_FACTOR),
      admin.post('/twofactor/enable', { user: '{own}nobody' }),
      alice.get('/twofactor/state', TWO_FACTOR),
      admin.get('/twofactor/state', TWO_FACTOR),
    ],
  },
])

export const collectionStories = defineStories([
  // One that is made stays, whoever is deleted.
  {
    name: 'collections of what belongs together',
    apps: ['core'],
    steps: [
      alice.get('/collaboration/resources/file/987654321'),
      alice.get(COLLECTION),
      alice.put(COLLECTION, { collectionName: 'Plans' }),
      alice.post(COLLECTION, { resourceType: 'file', resourceId: '987654321' }),
      alice.delete(COLLECTION, { resourceType: 'file', resourceId: '987654321' }),
      alice.get('/collaboration/resources/collections/search/{own}nothing'),
    ],
  },
  {
    name: 'addresses in a text',
    apps: ['core'],
    steps: [
      alice.post('/references/extract', { text: 'None here.' }),
      alice.post('/references/resolve', { references: ['https://ocsmock.invalid/nothing'], limit: '0' }),
      alice.get('/references/resolve', { reference: 'ocsmock' }),
      alice.get('/references/providers'),
      alice.put('/references/provider/ocsmock', { timestamp: '1700000000' }),
    ],
  },
])

export const processingStories = defineStories([
  {
    name: 'tasks that nobody can do',
    apps: ['core'],
    steps: [
      alice.get('/taskprocessing/tasks', { taskType: 'ocsmock' }),
      alice.post('/taskprocessing/schedule', { type: 'ocsmock', appId: 'ocsmock', 'input[text]': 'Nothing' }),
      alice.get('/taskprocessing/task/987654321'),
      alice.delete('/taskprocessing/task/987654321'),
      alice.post('/taskprocessing/tasks/987654321/cancel'),
      alice.post('/textprocessing/schedule', { type: 'ocsmock', appId: 'ocsmock', input: 'Nothing' }),
      alice.get('/textprocessing/task/987654321'),
      alice.delete('/textprocessing/task/987654321'),
      alice.post('/text2image/schedule', { input: 'Nothing', appId: 'ocsmock' }),
      alice.delete('/text2image/task/987654321'),
      alice.post('/translation/translate', { text: 'Nothing', toLanguage: 'ocsmock' }),
    ],
  },
])
