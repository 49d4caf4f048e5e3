import { FOLDER_WITH_FILE, NO_FOLDER, propfind } from '#app/file-steps.ts'
import { by, defineStories } from '#app/story.ts'

const alice = by('alice')
const bob = by('bob')

const ABSENCE = '/apps/dav/api/v1/outOfOffice/{alice}'
const ABSENT = { firstDay: '2098-03-01', lastDay: '2098-03-05', status: 'Away', message: 'Back on Monday' }
const DIRECT = '/apps/dav/api/v1/direct'

export const absenceStories = defineStories([
  {
    name: 'an absence',
    apps: ['dav'],
    ids: { id: 'absence' },
    steps: [
      alice.get(ABSENCE),
      alice.post(ABSENCE, ABSENT),
      alice.get(ABSENCE),
      bob.get(`${ABSENCE}/now`),
      alice.post(ABSENCE, { ...ABSENT, replacementUserId: '{bob}' }),
      alice.get(ABSENCE),
      alice.post(ABSENCE, { ...ABSENT, replacementUserId: '{own}nobody' }),
      alice.post(ABSENCE, { ...ABSENT, lastDay: '2098-02-01' }),
      alice.delete(ABSENCE),
      alice.get(ABSENCE),
    ],
  },
  {
    name: 'a file that is had without a password',
    apps: ['dav', 'files'],
    ids: { url: 'direct link' },
    steps: [
      ...FOLDER_WITH_FILE,
      propfind('alice', '/files/{alice}/{own}folder/report.txt', { file: 'element oc:fileid' }),
      propfind('alice', '/files/{alice}/{own}folder', { folder: 'element oc:fileid' }),
      alice.post(DIRECT, { fileId: '{file}' }),
      bob.post(DIRECT, { fileId: '{file}' }),
      alice.post(DIRECT, { fileId: '{folder}' }),
      alice.post(DIRECT, { fileId: '{file}', expirationTime: '1' }),
      alice.post(DIRECT, { fileId: '{file}', expirationTime: '999999' }),
      ...NO_FOLDER,
    ],
  },
])
