import { by, type Step, type StepActor } from './story.ts'

const alice = by('alice')
const FOLDER = '/files/{alice}/{own}folder'

const PROPERTIES = `<?xml version="1.0"?><d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop>${[
  'd:resourcetype',
  'd:getcontentlength',
  'd:getcontenttype',
  'd:displayname',
  'oc:fileid',
  'oc:permissions',
  'oc:favorite',
  'oc:size',
  'oc:owner-id',
]
  .map((name) => `<${name}/>`)
  .join('')}</d:prop></d:propfind>`

/** Look at a file or a folder and what is in it. */
export const propfind = (as: StepActor, path: string, capture?: Step['capture']): Step =>
  by(as).dav('PROPFIND', path, { body: PROPERTIES, headers: { depth: '1' }, ...(capture ? { capture } : {}) })

/** A folder with a file of alice's, for what others do with it. */
export const FOLDER_WITH_FILE: readonly Step[] = [
  alice.dav('MKCOL', FOLDER),
  alice.dav('PUT', `${FOLDER}/report.txt`, { body: 'A report.\n' }),
]
/** And away again. */
export const NO_FOLDER: readonly Step[] = [alice.dav('DELETE', FOLDER)]
