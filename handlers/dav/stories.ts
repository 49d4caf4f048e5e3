import { FOLDER_WITH_FILE, NO_FOLDER, propfind } from '#app/file-steps.ts'
import { by, defineStories, type Step } from '#app/story.ts'

const alice = by('alice')
const bob = by('bob')
const admin = by('admin')

const HOME = '/files/{alice}'
const FOLDER = `${HOME}/{own}folder`
const FILE = `${FOLDER}/report.txt`

const favourite = (value: string) =>
  alice.dav('PROPPATCH', FILE, {
    body: `<?xml version="1.0"?><d:propertyupdate xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:set><d:prop><oc:favorite>${value}</oc:favorite></d:prop></d:set></d:propertyupdate>`,
  })

const to = (path: string, more: Readonly<Record<string, string>> = {}) => ({
  headers: { destination: `/remote.php/dav${path}`, ...more },
})

export const fileStories = defineStories([
  {
    name: 'files and folders',
    apps: ['dav', 'files'],
    steps: [
      propfind('alice', FOLDER),
      ...FOLDER_WITH_FILE,
      alice.dav('MKCOL', FOLDER),
      propfind('alice', FOLDER, { file: 'element oc:fileid' }),
      alice.dav('GET', FILE),
      alice.dav('PUT', FILE, { body: 'A longer report.\n' }),
      alice.dav('GET', FILE),
      propfind('alice', FILE),
      alice.dav('COPY', FILE, to(`${FOLDER}/copy.txt`)),
      propfind('alice', FOLDER),
      alice.dav('COPY', FILE, to(`${FOLDER}/copy.txt`, { overwrite: 'F' })),
      alice.dav('MOVE', `${FOLDER}/copy.txt`, to(`${FOLDER}/moved.txt`)),
      propfind('alice', FOLDER),
      alice.dav('GET', `${FOLDER}/copy.txt`),
      alice.dav('MKCOL', `${FOLDER}/a/b`),
      alice.dav('PUT', `${FOLDER}/a/b.txt`, { body: 'Nowhere.\n' }),
      bob.dav('GET', FILE),
      by('anonymous').dav('GET', FILE),
      alice.dav('DELETE', FILE),
      propfind('alice', FOLDER),
      alice.dav('GET', FILE),
      alice.dav('DELETE', FILE),
      ...NO_FOLDER,
      propfind('alice', FOLDER),
    ],
  },
  {
    name: 'a favourite',
    apps: ['dav', 'files'],
    steps: [
      ...FOLDER_WITH_FILE,
      propfind('alice', FILE),
      favourite('1'),
      propfind('alice', FILE),
      favourite('0'),
      propfind('alice', FILE),
      ...NO_FOLDER,
    ],
  },
  {
    name: 'a tag on a file',
    apps: ['dav', 'files', 'systemtags'],
    steps: [
      ...FOLDER_WITH_FILE,
      propfind('alice', FILE, { file: 'element oc:fileid' }),
      admin.dav('POST', '/systemtags/', {
        body: '{"name":"{own}tag","userVisible":true,"userAssignable":true}',
        headers: { 'content-type': 'application/json' },
        capture: { tag: 'header content-location' },
      }),
      admin.dav('POST', '/systemtags/', {
        body: '{"name":"{own}tag","userVisible":true,"userAssignable":true}',
        headers: { 'content-type': 'application/json' },
      }),
      tags('{file}'),
      alice.dav('PUT', '/systemtags-relations/files/{file}/{tag}'),
      tags('{file}'),
      alice.dav('PUT', '/systemtags-relations/files/{file}/{tag}'),
      alice.dav('DELETE', '/systemtags-relations/files/{file}/{tag}'),
      tags('{file}'),
      admin.dav('DELETE', '/systemtags/{tag}'),
      alice.dav('PUT', '/systemtags-relations/files/{file}/{tag}'),
      ...NO_FOLDER,
    ],
  },
])

function tags(file: string): Step {
  return alice.dav('PROPFIND', `/systemtags-relations/files/${file}`, {
    body: '<?xml version="1.0"?><d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><oc:display-name/><oc:user-visible/><oc:user-assignable/></d:prop></d:propfind>',
    headers: { depth: '1' },
  })
}
