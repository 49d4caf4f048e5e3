import { by, defineStories } from '#app/story.ts'

const admin = by('admin')
const alice = by('alice')
const bob = by('bob')
const carol = by('carol')

const apps = ['provisioning_api']
const [ALICE, CAROL] = ['/cloud/users/{alice}', '/cloud/users/{carol}']
const [SECOND, THIRD] = ['{own}second@example.invalid', '{own}third@example.invalid']
const BY_PHONE = '/cloud/users/search/by-phone'
/** From a block that is kept for films. */
const PHONE = '+4915228817386'

export const accountStories = defineStories([
  {
    name: 'several fields of an account at once',
    apps,
    steps: [
      admin.patch(CAROL, { displayName: 'Carol of many', quota: '3 GB' }),
      admin.get(CAROL),
      admin.patch(CAROL, { email: '{own}carol@example.invalid', language: 'en' }),
      admin.get(CAROL),
      admin.patch(CAROL, { quota: 'plenty' }),
      admin.patch(CAROL, { email: 'nowhere' }),
      admin.patch('/cloud/users/{own}nobody', { displayName: 'Nobody' }),
      bob.patch(CAROL, { displayName: 'Not Carol' }),
      admin.get(CAROL),
      admin.patch(CAROL, { displayName: 'Carol', email: '', quota: 'none' }),
      admin.get(CAROL),
    ],
  },
  {
    name: 'further addresses of an account',
    apps,
    steps: [
      alice.put(ALICE, { key: 'additional_mail', value: SECOND }),
      alice.get(ALICE),
      alice.put(`${ALICE}/additional_mail`, { key: SECOND, value: THIRD }),
      alice.get(ALICE),
      alice.put(`${ALICE}/additional_mailScope`, { key: THIRD, value: 'v2-local' }),
      alice.get(ALICE),
      alice.put(`${ALICE}/additional_mailScope`, { key: THIRD, value: 'nobody' }),
      alice.put(`${ALICE}/additional_phone`, { key: THIRD, value: '1' }),
      bob.put(`${ALICE}/additional_mail`, { key: THIRD, value: '' }),
      alice.put(`${ALICE}/additional_mail`, { key: THIRD, value: '' }),
      alice.get(ALICE),
    ],
  },
  {
    name: 'who has a telephone',
    apps,
    steps: [
      alice.put(ALICE, { key: 'phone', value: PHONE }),
      alice.get(ALICE),
      bob.post(BY_PHONE, { location: 'DE', 'search[number][]': PHONE }),
      bob.post(BY_PHONE, { location: 'DE', 'search[number][]': '015228817386', 'search[other][]': '030 1' }),
      bob.post(BY_PHONE, { location: 'nowhere', 'search[number][]': PHONE }),
      alice.put(ALICE, { key: 'phone', value: '' }),
      bob.post(BY_PHONE, { location: 'DE', 'search[number][]': PHONE }),
    ],
  },
  {
    name: 'devices that shall forget an account',
    apps,
    steps: [
      admin.post(`${CAROL}/wipe`),
      bob.post(`${CAROL}/wipe`),
      carol.post(`${CAROL}/wipe`),
      admin.post('/cloud/users/{own}nobody/wipe'),
      admin.get(CAROL),
    ],
  },
])
