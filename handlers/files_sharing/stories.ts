import { FOLDER_WITH_FILE, NO_FOLDER, propfind } from '#app/file-steps.ts'
import { by, defineStories } from '#app/story.ts'

const alice = by('alice')
const bob = by('bob')
const carol = by('carol')
const apps = ['files_sharing', 'files', 'dav']

const SHARES = '/apps/files_sharing/api/v1/shares'
const DELETED = '/apps/files_sharing/api/v1/deletedshares'
const SHAREES = '/apps/files_sharing/api/v1/sharees'
const AUTOCOMPLETE = '/core/autocomplete/get'
const FILE = '/{own}folder/report.txt'
const FOLDER = '/{own}folder'
const WITH_ME = { shared_with_me: 'true' }
const [USER, GROUP, LINK] = ['0', '1', '3']
const SHARE = { capture: { share: '/id' } }
const OF_FILE = { path: FILE }

const REMOTE = '/apps/files_sharing/api/v1/remote_shares'

export const shareStories = defineStories([
  {
    name: 'a file that is shared with an account',
    apps,
    steps: [
      ...FOLDER_WITH_FILE,
      alice.get(SHARES, OF_FILE),
      bob.get(SHARES, WITH_ME),
      propfind('bob', '/files/{bob}/report.txt'),
      alice.post(SHARES, { path: FILE, shareType: USER, shareWith: '{bob}', permissions: '1' }, SHARE),
      alice.get(`${SHARES}/{share}`),
      alice.get(SHARES, OF_FILE),
      bob.get(SHARES, WITH_ME),
      bob.dav('GET', '/files/{bob}/report.txt'),
      propfind('bob', '/files/{bob}/report.txt'),
      bob.dav('PUT', '/files/{bob}/report.txt', { body: 'Not mine.\n' }),
      alice.post(SHARES, { path: FILE, shareType: USER, shareWith: '{bob}', permissions: '1' }),
      alice.put(`${SHARES}/{share}`, { permissions: '3' }),
      alice.get(`${SHARES}/{share}`),
      bob.dav('PUT', '/files/{bob}/report.txt', { body: 'Ours.\n' }),
      alice.put(`${SHARES}/{share}`, { note: 'Please read' }),
      alice.put(`${SHARES}/{share}`, { expireDate: '{inTenDays}' }),
      alice.get(`${SHARES}/{share}`),
      alice.put(`${SHARES}/{share}`, { expireDate: '2001-01-01' }),
      alice.put(`${SHARES}/{share}`, { permissions: '99' }),
      carol.get(`${SHARES}/{share}`),
      carol.put(`${SHARES}/{share}`, { permissions: '1' }),
      carol.delete(`${SHARES}/{share}`),
      alice.delete(`${SHARES}/{share}`),
      alice.get(`${SHARES}/{share}`),
      alice.get(SHARES, OF_FILE),
      bob.get(SHARES, WITH_ME),
      propfind('bob', '/files/{bob}/report.txt'),
      alice.delete(`${SHARES}/{share}`),
      ...NO_FOLDER,
    ],
  },
  {
    name: 'a folder that is shared with a group',
    apps,
    steps: [
      ...FOLDER_WITH_FILE,
      bob.get(SHARES, WITH_ME),
      bob.get(DELETED),
      alice.post(SHARES, { path: FOLDER, shareType: GROUP, shareWith: '{staff}', permissions: '31' }, SHARE),
      alice.get(SHARES, { path: FOLDER }),
      bob.get(SHARES, WITH_ME),
      carol.get(SHARES, WITH_ME),
      bob.dav('PUT', '/files/{bob}/{own}folder/answer.txt', { body: 'An answer.\n' }),
      alice.dav('GET', '/files/{alice}/{own}folder/answer.txt'),
      bob.delete(`${SHARES}/{share}`),
      bob.get(SHARES, WITH_ME),
      bob.get(DELETED),
      bob.post(`${DELETED}/ocRoShare:{share}`),
      bob.get(SHARES, WITH_ME),
      alice.delete(`${SHARES}/{share}`),
      bob.get(SHARES, WITH_ME),
      ...NO_FOLDER,
    ],
  },
  {
    name: 'a file that is shared by link',
    apps,
    steps: [
      ...FOLDER_WITH_FILE,
      alice.get(SHARES, OF_FILE),
      alice.post(SHARES, { path: FILE, shareType: LINK }, { capture: { share: '/id', token: '/token' } }),
      alice.get(`${SHARES}/{share}`),
      alice.get(SHARES, OF_FILE),
      alice.put(`${SHARES}/{share}`, { password: '{newPassword}' }),
      alice.put(`${SHARES}/{share}`, { expireDate: '{inTenDays}' }),
      alice.put(`${SHARES}/{share}`, { label: 'For the press' }),
      alice.put(`${SHARES}/{share}`, { hideDownload: 'true' }),
      alice.put(`${SHARES}/{share}`, { expireDate: '2001-01-01' }),
      alice.put(`${SHARES}/{share}`, { expireDate: 'some day' }),
      alice.put(`${SHARES}/{share}`, { expireDate: '' }),
      alice.put(`${SHARES}/{share}`, { password: '' }),
      alice.post(SHARES, { path: FILE, shareType: LINK }, { capture: { share2: '/id', token2: '/token' } }),
      alice.get(SHARES, OF_FILE),
      alice.delete(`${SHARES}/{share}`),
      alice.get(`${SHARES}/{share}`),
      alice.get(SHARES, OF_FILE),
      bob.get(`${SHARES}/{share2}`),
      alice.delete(`${SHARES}/{share2}`),
      alice.get(SHARES, OF_FILE),
      ...NO_FOLDER,
    ],
  },
  {
    name: 'a folder that is shared by link, with a password and an end',
    apps,
    steps: [
      ...FOLDER_WITH_FILE,
      alice.get(SHARES, { path: FOLDER }),
      alice.post(
        SHARES,
        { path: FOLDER, shareType: LINK, password: '{newPassword}', expireDate: '{inTenDays}', publicUpload: 'true' },
        { capture: { share: '/id', token: '/token' } },
      ),
      alice.get(SHARES, { path: FOLDER }),
      alice.get(SHARES, { path: FOLDER, subfiles: 'true' }),
      alice.put(`${SHARES}/{share}`, { permissions: '1' }),
      alice.get(`${SHARES}/{share}`),
      alice.delete(`${SHARES}/{share}`),
      alice.get(SHARES, { path: FOLDER }),
      ...NO_FOLDER,
    ],
  },
  {
    name: 'shares that cannot be made',
    apps,
    steps: [
      ...FOLDER_WITH_FILE,
      alice.post(SHARES, { path: '/{own}nothing', shareType: LINK }),
      alice.post(SHARES, { shareType: LINK }),
      alice.post(SHARES, { path: FILE, shareType: USER }),
      alice.post(SHARES, { path: FILE, shareType: USER, shareWith: '{own}nobody' }),
      alice.post(SHARES, { path: FILE, shareType: USER, shareWith: '{alice}' }),
      alice.post(SHARES, { path: FILE, shareType: GROUP, shareWith: '{own}nobody' }),
      alice.post(SHARES, { path: FILE, shareType: '99', shareWith: '{bob}' }),
      alice.post(SHARES, { path: FILE, shareType: USER, shareWith: '{bob}', permissions: '0' }),
      alice.post(SHARES, { path: FILE, shareType: LINK, expireDate: '2001-01-01' }),
      by('anonymous').post(SHARES, { path: FILE, shareType: LINK }),
      alice.get(SHARES, OF_FILE),
      alice.get(SHAREES, { search: '{bob}', itemType: 'file', lookup: 'false' }),
      ...NO_FOLDER,
    ],
  },
  {
    name: 'accounts and groups that are looked for',
    apps,
    steps: [
      alice.get(AUTOCOMPLETE, { search: '{bob}', itemType: 'file', 'shareTypes[]': USER }),
      alice.get(AUTOCOMPLETE, { search: '{own}nobody', itemType: 'file', 'shareTypes[]': USER }),
      alice.get(SHAREES, { search: '{staff}', itemType: 'file', lookup: 'false' }),
      alice.get(SHAREES, { search: '{own}nobody', itemType: 'file', lookup: 'false' }),
      alice.get(SHAREES, { search: '{carol}', itemType: 'file', lookup: 'false', 'shareType[]': USER }),
    ],
  },
  {
    name: 'a file that an account may change from the beginning',
    apps,
    steps: [
      ...FOLDER_WITH_FILE,
      alice.post(SHARES, { path: FILE, shareType: USER, shareWith: '{bob}', permissions: '3' }, SHARE),
      alice.get(`${SHARES}/{share}`),
      bob.get(SHARES, WITH_ME),
      bob.dav('PUT', '/files/{bob}/report.txt', { body: 'Ours.\n' }),
      alice.delete(`${SHARES}/{share}`),
      ...NO_FOLDER,
    ],
  },
  {
    name: 'what came from another server',
    apps: ['files_sharing'],
    steps: [
      alice.get(REMOTE),
      alice.get(`${REMOTE}/pending`),
      alice.post(`${REMOTE}/pending/987654321`),
      alice.delete(`${REMOTE}/pending/987654321`),
      alice.get(`${REMOTE}/987654321`),
      alice.delete(`${REMOTE}/987654321`),
    ],
  },
  {
    name: 'a share that waits for nobody',
    apps: ['files_sharing', 'dav'],
    steps: [
      ...FOLDER_WITH_FILE,
      alice.post(SHARES, { path: FOLDER, shareType: USER, shareWith: '{bob}', permissions: '1' }, SHARE),
      bob.get(`${SHARES}/pending`),
      bob.post(`${SHARES}/pending/{share}`),
      alice.post(`${SHARES}/pending/{share}`),
      bob.post(`${SHARES}/pending/987654321`),
      bob.get(SHARES, WITH_ME),
      alice.delete(`${SHARES}/{share}`),
      ...NO_FOLDER,
    ],
  },
])
