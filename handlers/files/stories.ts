import { FOLDER_WITH_FILE, NO_FOLDER, propfind } from '#app/file-steps.ts'
import { by, defineStories } from '#app/story.ts'

const alice = by('alice')
const bob = by('bob')

const PAGES = '/index.php/apps/files/api/v1'
const EDITORS = '/apps/files/api/v1/openlocaleditor'
const TRANSFERS = '/apps/files/api/v1/transferownership'
const TEMPLATES = '/apps/files/api/v1/templates'
const FILE = '{own}folder/report.txt'

const EDITING = '/apps/files/api/v1/directEditing'

export const filesStories = defineStories([
  {
    name: 'a file that an editor in a page opens',
    apps: ['files', 'dav', 'text'],
    ids: { url: 'link' },
    steps: [
      ...FOLDER_WITH_FILE,
      alice.post(`${EDITING}/open`, { path: `/${FILE}`, editorId: 'text' }),
      alice.post(`${EDITING}/open`, { path: '/{own}folder/nothing.txt', editorId: 'text' }),
      alice.post(`${EDITING}/open`, { path: `/${FILE}`, editorId: 'ocsmock' }),
      alice.post(`${EDITING}/create`, { path: '/{own}folder/new.md', editorId: 'text', creatorId: 'textdocument' }),
      alice.post(`${EDITING}/create`, { path: '/{own}folder/new.md', editorId: 'text', creatorId: 'textdocument' }),
      propfind('alice', '/files/{alice}/{own}folder'),
      ...NO_FOLDER,
    ],
  },
  {
    name: 'a folder of templates',
    apps: ['files', 'dav'],
    steps: [
      alice.post(`${TEMPLATES}/path`, { templatePath: '/{own}templates' }),
      alice.dav('PUT', '/files/{alice}/{own}templates/letter.md', { body: 'Dear …\n' }),
      alice.get(TEMPLATES),
      alice.post(`${TEMPLATES}/path`, { templatePath: '/{own}nothing/deeper' }),
      alice.dav('DELETE', '/files/{alice}/{own}templates'),
      alice.get(TEMPLATES),
    ],
  },
  {
    name: 'a file in another format',
    apps: ['files', 'dav'],
    steps: [
      ...FOLDER_WITH_FILE,
      propfind('alice', '/files/{alice}/{own}folder/report.txt', { file: 'element oc:fileid' }),
      alice.post('/apps/files/api/v1/convert', { fileId: '987654321', targetMimeType: 'application/pdf' }),
      alice.post('/apps/files/api/v1/convert', { fileId: '{file}', targetMimeType: 'application/pdf' }),
      ...NO_FOLDER,
    ],
  },

  {
    name: 'how files are shown',
    apps: ['files'],
    steps: [
      alice.get(`${PAGES}/configs`),
      alice.put(`${PAGES}/config/show_hidden`, { value: 'true' }),
      alice.get(`${PAGES}/configs`),
      alice.put(`${PAGES}/config/ocsmock`, { value: 'true' }),
      bob.get(`${PAGES}/configs`),
      alice.put(`${PAGES}/config/show_hidden`, { value: 'false' }),
      alice.get(`${PAGES}/views`),
      alice.put(`${PAGES}/views`, { view: 'files', key: 'sorting_mode', value: 'mtime' }),
      alice.get(`${PAGES}/views`),
      alice.put(`${PAGES}/views`, { view: 'files', key: 'ocsmock', value: 'mtime' }),
      alice.post(`${PAGES}/showhidden`, { value: '1' }),
      alice.post(`${PAGES}/cropimagepreviews`, { value: '0' }),
      alice.get(`${PAGES}/configs`),
      alice.get(`${PAGES}/showgridview`),
      alice.post(`${PAGES}/showgridview`, { show: '1' }),
      alice.get(`${PAGES}/showgridview`),
    ],
  },
  {
    name: 'a file that is opened at home',
    apps: ['files', 'dav'],
    ids: { token: 'token' },
    steps: [
      ...FOLDER_WITH_FILE,
      alice.post(EDITORS, { path: `/${FILE}` }, { capture: { token: '/token' } }),
      bob.post(`${EDITORS}/{token}`, { path: `/${FILE}` }),
      alice.post(`${EDITORS}/{token}`, { path: '/{own}folder/other.txt' }),
      alice.post(`${EDITORS}/{token}`, { path: `/${FILE}` }),
      alice.post(`${EDITORS}/{token}`, { path: `/${FILE}` }),
      ...NO_FOLDER,
    ],
  },
  {
    name: 'files that go to somebody else',
    apps: ['files', 'dav', 'notifications'],
    steps: [
      ...FOLDER_WITH_FILE,
      alice.post(TRANSFERS, { recipient: '{own}nobody', path: '/{own}folder' }),
      alice.post(TRANSFERS, { recipient: '{bob}', path: '/{own}nothing' }),
      alice.post(TRANSFERS, { recipient: '{bob}', path: '/{own}folder' }),
      bob.post(`${TRANSFERS}/987654321`),
      bob.delete(`${TRANSFERS}/987654321`),
      ...NO_FOLDER,
    ],
  },
  {
    name: 'a file from a template',
    apps: ['files', 'dav'],
    ids: { fileid: 'file' },
    steps: [
      ...FOLDER_WITH_FILE,
      alice.post(`${TEMPLATES}/create`, { filePath: '/{own}folder/empty.md' }),
      alice.post(`${TEMPLATES}/create`, { filePath: '/{own}folder/empty.md' }),
      alice.post(`${TEMPLATES}/create`, { filePath: '/{own}nothing/empty.md' }),
      alice.dav('GET', '/files/{alice}/{own}folder/empty.md'),
      ...NO_FOLDER,
    ],
  },
  {
    name: 'tags that an account gives a file',
    apps: ['files', 'dav'],
    steps: [
      ...FOLDER_WITH_FILE,
      propfind('alice', `/files/{alice}/${FILE}`),
      alice.post(`${PAGES}/files/${FILE}`, { tags: ['_$!<Favorite>!$_'] }),
      propfind('alice', `/files/{alice}/${FILE}`),
      alice.post(`${PAGES}/files/{own}folder/nothing.txt`, { tags: ['_$!<Favorite>!$_'] }),
      ...NO_FOLDER,
    ],
  },
])
