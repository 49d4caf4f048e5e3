import type { FuzzRandom } from '../fuzz/random.ts'
import type { Asker, Step } from './step.ts'

const PLACES = ['one.txt', 'Folder', 'Folder/two.txt', 'new.txt', 'Other', 'Folder/new.txt', 'missing/x.txt', '']

const PROPERTIES = [
  'd:getetag',
  'd:getcontentlength',
  'd:getcontenttype',
  'd:resourcetype',
  'd:displayname',
  'oc:permissions',
  'oc:size',
  'oc:favorite',
  'oc:tags',
  'oc:share-types',
  'oc:owner-id',
  'oc:owner-display-name',
  'oc:comments-unread',
  'oc:checksums',
  'nc:has-preview',
  'nc:mount-type',
  'nc:is-encrypted',
  'nc:contained-file-count',
  'nc:sharees',
  'nc:note',
  'nc:hidden',
  'nc:system-tags',
  'ocs:share-permissions',
  'd:quota-available-bytes',
  'd:unknown',
]

/** Prefixes of the namespaces that properties of files are in. */
export const NAMESPACES =
  'xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns" xmlns:ocs="http://open-collaboration-services.org/ns"'

function propertiesOf(random: FuzzRandom): string {
  const asked = random.some(PROPERTIES, 0.35).map((name) => `<${name}/>`)
  return `<?xml version="1.0"?><d:propfind ${NAMESPACES}><d:prop>${asked.join('')}</d:prop></d:propfind>`
}

const change = (set: string, remove = '') =>
  `<?xml version="1.0"?><d:propertyupdate ${NAMESPACES}>${set && `<d:set><d:prop>${set}</d:prop></d:set>`}${remove && `<d:remove><d:prop>${remove}</d:prop></d:remove>`}</d:propertyupdate>`

const CHANGES = [
  change('<oc:favorite>1</oc:favorite>'),
  change('<oc:favorite>0</oc:favorite>'),
  change('<d:lastmodified>1700000000</d:lastmodified>'),
  change('<x:own xmlns:x="urn:x">kept</x:own>'),
  change('', '<x:own xmlns:x="urn:x"/>'),
  change('<oc:tags><oc:tag>first</oc:tag></oc:tags>'),
  change('<d:getetag>x</d:getetag>'),
]

const REPORT = `<?xml version="1.0"?><oc:filter-files ${NAMESPACES}><d:prop><d:displayname/><oc:favorite/></d:prop><oc:filter-rules><oc:favorite>1</oc:favorite></oc:filter-rules></oc:filter-files>`

type Make = (random: FuzzRandom, base: string) => Pick<Step, 'method' | 'path'> & Partial<Step>

const place = (random: FuzzRandom, base: string) => base + random.pick(PLACES)

const moving =
  (method: string): Make =>
  (random, base) => ({
    method,
    path: place(random, base),
    headers: {
      Destination: `{base}${place(random, base)}`,
      ...(random.chance(0.4) ? { Overwrite: random.pick(['T', 'F']) } : {}),
    },
  })

const MAKES: readonly Make[] = [
  (random, base) => ({
    method: 'PUT',
    path: place(random, base),
    body: random.pick(['some content', '', 'a longer content of a file']),
  }),
  (random, base) => ({ method: 'PUT', path: base + random.pick(PLACES.slice(0, 4)), body: 'content' }),
  (random, base) => ({
    method: 'GET',
    path: place(random, base),
    headers: random.chance(0.2) ? { Range: random.pick(['bytes=0-3', 'bytes=-2', 'bytes=90-']) } : {},
  }),
  (random, base) => ({ method: random.pick(['HEAD', 'OPTIONS']), path: place(random, base) }),
  (random, base) => ({
    method: 'PUT',
    path: base + random.pick(PLACES.slice(0, 4)),
    body: 'conditional content',
    headers: random.pick<Record<string, string>>([
      { 'If-None-Match': '*' },
      { 'If-Match': '"x"' },
      { 'X-OC-Mtime': '1700000000' },
      { 'OC-Checksum': 'SHA1:040f06fd774092478d450774f5ba30c5da78acc8' },
      { 'Content-Type': 'text/markdown' },
    ]),
  }),
  (random, base) => ({ method: 'MKCOL', path: place(random, base) }),
  (random, base) => ({ method: 'DELETE', path: base + random.pick(PLACES.filter((name) => name !== '')) }),
  moving('MOVE'),
  moving('COPY'),
  (random, base) => ({
    method: 'PROPFIND',
    path: place(random, base),
    body: propertiesOf(random),
    headers: { Depth: random.pick(['0', '1', '1']) },
  }),
  (random, base) => ({
    method: 'PROPFIND',
    path: place(random, base),
    body: propertiesOf(random),
    headers: { Depth: random.pick(['0', '1']) },
  }),
  (random, base) => ({ method: 'PROPPATCH', path: place(random, base), body: random.pick(CHANGES) }),
  (_, base) => ({ method: 'REPORT', path: base, body: REPORT }),
  (random, base) => ({
    method: 'PROPFIND',
    path: `/remote.php/dav/trashbin/${base.split('/')[4]}/trash`,
    body: `<?xml version="1.0"?><d:propfind ${NAMESPACES}><d:prop><nc:trashbin-filename/><nc:trashbin-original-location/><d:getcontentlength/></d:prop></d:propfind>`,
    headers: { Depth: random.pick(['0', '1']) },
  }),
]

/** One request of WebDAV, among few files, so that it often finds what another one made. */
export function davStep(random: FuzzRandom, _before: readonly Step[]): Step {
  const as: Asker = random.pick(['ann', 'ann', 'ben'])
  const base = `/remote.php/dav/files/{${random.chance(0.93) ? as : random.pick(['ann', 'ben'])}}/`
  const made = random.pick(MAKES)(random, base)
  return { what: made.method, app: 'dav', as, headers: {}, body: null, ...made }
}
