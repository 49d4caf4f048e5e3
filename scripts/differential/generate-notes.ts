import type { FuzzRandom } from '../fuzz/random.ts'
import { NAMESPACES } from './generate-dav.ts'
import type { Step } from './step.ts'

type Request = Pick<Step, 'method' | 'path'> & Partial<Step>
type Make = (random: FuzzRandom, of: Before) => Request

const JSON_TYPE = { 'Content-Type': 'application/json' }
const XML = '<?xml version="1.0"?>'

/** What earlier steps of a session made, as texts that stand for it. */
class Before {
  readonly as: string
  readonly #steps: readonly Step[]
  readonly #random: FuzzRandom

  constructor(steps: readonly Step[], random: FuzzRandom, as: string) {
    this.#steps = steps
    this.#random = random
    this.as = as
  }

  /** What a step of one of these kinds gave out, or else something that is not there. */
  given(what: readonly string[], member = '', otherwise = '99999999'): string {
    const makers = this.#steps.flatMap((step, at) => (what.includes(step.what) ? [at] : []))
    return makers.length > 0 && this.#random.chance(0.9) ? `{#${this.#random.pick(makers)}${member}}` : otherwise
  }

  file = () => this.given(['PUT'], '', '0')
  tag = () => this.given(['POST tag'])
  comment = () => this.given(['POST comment'])
  share = () => this.given(['files_sharing-shareapi-create-share', 'POST link'], '.token', 'no-token')
}

const propfind = (names: string) => `${XML}<d:propfind ${NAMESPACES}><d:prop>${names}</d:prop></d:propfind>`
const TAG = propfind(
  '<oc:id/><oc:display-name/><oc:user-visible/><oc:user-assignable/><oc:can-assign/><nc:color/><oc:groups/>',
)
const COMMENT = propfind(
  '<oc:id/><oc:message/><oc:actorId/><oc:actorType/><oc:verb/><oc:isUnread/><oc:mentions/><oc:actorDisplayName/><oc:objectType/><oc:childrenCount/><oc:parentId/><oc:topmostParentId/><oc:reactions/>',
)
const VERSION = propfind('<d:getcontentlength/><d:getcontenttype/><nc:version-label/><nc:version-author/>')
const TRASH = propfind(
  '<nc:trashbin-filename/><nc:trashbin-original-location/><nc:trashbin-title/><d:getcontentlength/><d:resourcetype/><oc:permissions/>',
)
const SHARED = propfind(
  '<d:getcontentlength/><d:getcontenttype/><d:resourcetype/><d:displayname/><oc:permissions/><nc:share-attributes/><oc:share-types/><oc:owner-id/>',
)
const change = (names: string) =>
  `${XML}<d:propertyupdate ${NAMESPACES}><d:set><d:prop>${names}</d:prop></d:set></d:propertyupdate>`

const tags: readonly Make[] = [
  (random) => ({
    what: 'POST tag',
    method: 'POST',
    path: '/remote.php/dav/systemtags/',
    headers: JSON_TYPE,
    body: JSON.stringify({
      name: `{run}-${random.pick(['red', 'blue', ''])}`,
      ...(random.chance(0.8) ? { userVisible: random.chance(0.9), userAssignable: random.chance(0.9) } : {}),
    }),
  }),
  (random, of) => ({
    method: random.pick(['PUT', 'PUT', 'PUT', 'DELETE']),
    path: `/remote.php/dav/systemtags-relations/files/${of.file()}/${of.tag()}`,
  }),
  (_, of) => ({
    method: 'PROPFIND',
    path: `/remote.php/dav/systemtags-relations/files/${of.file()}`,
    headers: { Depth: '1' },
    body: TAG,
  }),
  (_, of) => ({
    method: 'PROPFIND',
    path: `/remote.php/dav/systemtags/${of.tag()}`,
    headers: { Depth: '0' },
    body: TAG,
  }),
  (random, of) => ({
    method: 'PROPPATCH',
    path: `/remote.php/dav/systemtags/${of.tag()}`,
    body: change(
      random.pick([
        '<oc:display-name>{run}-green</oc:display-name>',
        '<nc:color>ff0000</nc:color>',
        '<oc:user-assignable>false</oc:user-assignable>',
      ]),
    ),
  }),
  (_, of) => ({ method: 'DELETE', path: `/remote.php/dav/systemtags/${of.tag()}` }),
  (_, of) => ({
    method: 'REPORT',
    path: `/remote.php/dav/files/{${of.as}}/`,
    body: `${XML}<oc:filter-files ${NAMESPACES}><d:prop><d:displayname/></d:prop><oc:filter-rules><oc:systemtag>${of.tag()}</oc:systemtag></oc:filter-rules></oc:filter-files>`,
  }),
]

const comments: readonly Make[] = [
  (random, of) => ({
    what: 'POST comment',
    method: 'POST',
    path: `/remote.php/dav/comments/files/${of.file()}`,
    headers: JSON_TYPE,
    body: JSON.stringify({
      actorType: 'users',
      verb: 'comment',
      message: random.pick(['Well done', 'See @"{ben}"', '', 'a & <b>']),
    }),
  }),
  (_, of) => ({
    method: 'PROPFIND',
    path: `/remote.php/dav/comments/files/${of.file()}`,
    headers: { Depth: '1' },
    body: COMMENT,
  }),
  (_, of) => ({
    method: 'PROPPATCH',
    path: `/remote.php/dav/comments/files/${of.file()}/${of.comment()}`,
    body: change('<oc:message>Better done</oc:message>'),
  }),
  (_, of) => ({ method: 'DELETE', path: `/remote.php/dav/comments/files/${of.file()}/${of.comment()}` }),
  (_, of) => ({
    method: 'REPORT',
    path: `/remote.php/dav/comments/files/${of.file()}`,
    body: `${XML}<oc:filter-comments ${NAMESPACES}><oc:limit>2</oc:limit><oc:offset>0</oc:offset></oc:filter-comments>`,
  }),
]

const trash: readonly Make[] = [
  (_, of) => ({
    what: 'PROPFIND trash',
    method: 'PROPFIND',
    path: `/remote.php/dav/trashbin/{${of.as}}/trash`,
    headers: { Depth: '1' },
    body: TRASH,
  }),
  (_, of) => ({
    method: 'MOVE',
    path: of.given(['PROPFIND trash'], '.href', `/remote.php/dav/trashbin/{${of.as}}/trash/missing`),
    headers: { Destination: `{base}/remote.php/dav/trashbin/{${of.as}}/restore/x` },
  }),
  (_, of) => ({
    method: 'DELETE',
    path: of.given(['PROPFIND trash'], '.href', `/remote.php/dav/trashbin/{${of.as}}/trash/missing`),
  }),
  (random, of) => ({
    method: 'DELETE',
    path: `/remote.php/dav/files/{${of.as}}/${random.pick(['one.txt', 'Folder'])}`,
  }),
]

const versions: readonly Make[] = [
  (_, of) => ({
    what: 'PROPFIND versions',
    method: 'PROPFIND',
    path: `/remote.php/dav/versions/{${of.as}}/versions/${of.file()}`,
    headers: { Depth: '1' },
    body: VERSION,
  }),
  (_, of) => ({
    method: 'GET',
    path: of.given(['PROPFIND versions'], '.href', `/remote.php/dav/versions/{${of.as}}/versions/1/1`),
  }),
]

const uploads: readonly Make[] = [
  (_, of) => ({ method: 'MKCOL', path: `/remote.php/dav/uploads/{${of.as}}/{run}-up` }),
  (random, of) => ({
    method: 'PUT',
    what: 'PUT chunk',
    path: `/remote.php/dav/uploads/{${of.as}}/{run}-up/${random.pick(['00001', '00002', '1'])}`,
    headers: { Destination: `{base}/remote.php/dav/files/{${of.as}}/whole.txt`, 'OC-Total-Length': '12' },
    body: random.pick(['part 1', 'part 2']),
  }),
  (random, of) => ({
    method: 'MOVE',
    path: `/remote.php/dav/uploads/{${of.as}}/{run}-up/.file`,
    headers: {
      Destination: `{base}/remote.php/dav/files/{${of.as}}/${random.pick(['whole.txt', 'Folder/whole.txt'])}`,
      ...(random.chance(0.5) ? { 'OC-Total-Length': random.pick(['12', '6']) } : {}),
    },
  }),
]

const links: readonly Make[] = [
  (random) => ({
    what: 'POST link',
    app: 'files_sharing',
    method: 'POST',
    path: '/ocs/v2.php/apps/files_sharing/api/v1/shares?format=json',
    headers: { 'OCS-APIRequest': 'true', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: `shareType=3&path=/${random.pick(['one.txt', 'Folder', 'Folder'])}&permissions=${random.pick(['1', '15', '4'])}${random.pick(['', '', '&password=Correct-Horse-9', '&hideDownload=true', '&label=some'])}`,
  }),
  (random, of) => ({
    as: 'nobody',
    method: random.pick(['GET', 'GET', 'PUT', 'MKCOL', 'DELETE', 'PROPFIND']),
    path: `/public.php/dav/files/${of.share()}${random.pick(['', '/', '/two.txt', '/new.txt', '/missing'])}`,
    headers: { ...(random.chance(0.7) ? { 'X-Requested-With': 'XMLHttpRequest' } : {}), Depth: '1' },
    body: null,
  }),
  (_, of) => ({
    as: 'nobody',
    method: 'PROPFIND',
    path: `/public.php/dav/files/${of.share()}/`,
    headers: { 'X-Requested-With': 'XMLHttpRequest', Depth: '1' },
    body: SHARED,
  }),
  (random, of) => ({ as: 'nobody', method: 'GET', path: `/s/${of.share()}${random.pick(['', '/download'])}` }),
]

const AREAS = [tags, comments, trash, versions, uploads, links]

/** One request about what clings to files: tags, comments, what was deleted, versions, chunks, links. */
export function noteStep(random: FuzzRandom, before: readonly Step[]): Step {
  const as = random.pick(['ann', 'ann', 'ann', 'ben', 'admin'] as const)
  const make = random.pick(random.pick(AREAS))
  const made = make(random, new Before(before, random, as === 'admin' ? 'ann' : as))
  return {
    what: `${made.method} ${made.path.split('/')[3] ?? 'what was given out'}`,
    app: 'notes',
    as,
    headers: {},
    body: null,
    ...made,
  }
}
