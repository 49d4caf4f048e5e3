import type { Call } from '#line/call.ts'
import type { Endpoint } from '#line/endpoint.ts'
import type { FuzzRandom } from './random.ts'

interface Sent {
  readonly method: string
  readonly target: string
  readonly headers?: Record<string, string>
  readonly body?: string | Uint8Array
}

const NO_BYTES = new Uint8Array(0)

/** The call that an adapter would make of a request. */
export function callOf({ method, target, headers = {}, body = NO_BYTES }: Sent): Call {
  const question = target.indexOf('?')
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  return {
    method,
    path: question < 0 ? target : target.slice(0, question),
    query: question < 0 ? '' : target.slice(question + 1),
    origin: 'http://localhost',
    header: (name) => headers[name] ?? '',
    headers: () => Object.entries(headers),
    body: () => bytes,
    remoteAddress: '127.0.0.1',
  }
}

/** A text as an address can hold it. */
const inAddress = (text: string) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '')).replace(/%25zz/g, '%zz')

function credentials(random: FuzzRandom): Record<string, string> {
  const basic = (login: string) => ({ authorization: `Basic ${btoa(login)}` })
  switch (random.below(8)) {
    case 0:
      return {}
    case 1:
      return basic(`${random.pick(['alice', 'nobody'])}:wrong`)
    case 2:
      return { authorization: random.pick(['Bearer x', 'Basic ', 'Basic !!', 'x', 'Bearer ']) }
    case 3:
      return { cookie: random.pick(['a=%zz', 'ocsmock=x; nc_token=y', ';;=;', 'oc_sessionPassphrase=\u0000']) }
    case 4:
    case 5:
      return basic('alice:alice')
    default:
      return basic('admin:admin')
  }
}

/** A request for an operation, by what its definition says that it takes. */
export function ocsRequest(endpoint: Endpoint, random: FuzzRandom): Call {
  const value = () =>
    random.chance(0.4) ? random.pick(['alice', 'admin', 'staff', '1', '2', '/a.txt']) : random.text()
  const path = endpoint.path.replace(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, () => inAddress(value()))
  const names = random.some([...Object.keys(endpoint.input ?? {}), random.text()], 0.7)
  const format = random.pick(['json', 'xml', '', random.text()])
  const script =
    /^\/(?:index\.php|apps|remote)/.test(endpoint.path) && endpoint.path.startsWith('/index.php')
      ? ''
      : `/ocs/v${1 + random.below(2)}.php`
  const query = `format=${inAddress(format)}`
  const headers: Record<string, string> = {
    ...credentials(random),
    ...(random.chance(0.9) ? { 'ocs-apirequest': 'true' } : {}),
  }
  const method = random.chance(0.9)
    ? endpoint.method
    : random.pick(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS', 'constructor'])
  const pairs = names
    .map((name) => `${inAddress(name)}${random.pick(['', '[]', '[a][b]', '['])}=${inAddress(value())}`)
    .join('&')
  if (method === 'GET' || random.chance(0.2))
    return callOf({ method, target: `${script}${path}?${query}&${pairs}`, headers })
  const target = `${script}${path}?${query}`
  switch (random.below(4)) {
    case 0:
      headers['content-type'] = 'application/json'
      return callOf({ method, target, headers, body: jsonBody(names, random) })
    case 1:
      headers['content-type'] = 'multipart/form-data; boundary=x'
      return callOf({ method, target, headers, body: multipartBody(names, value, random) })
    default:
      headers['content-type'] = 'application/x-www-form-urlencoded'
      return callOf({ method, target, headers, body: random.chance(0.05) ? random.broken(pairs).repeat(50) : pairs })
  }
}

function jsonBody(names: readonly string[], random: FuzzRandom): string {
  if (random.chance(0.05)) return '['.repeat(random.below(2000))
  const text = JSON.stringify(Object.fromEntries(names.map((name) => [name, random.json()])))
  return random.chance(0.1) ? random.broken(text) : text.replace('"1e309"', '1e309')
}

function multipartBody(names: readonly string[], value: () => string, random: FuzzRandom): string {
  const part = (name: string) =>
    `--x\r\nContent-Disposition: form-data; name="${name}"${random.chance(0.2) ? '; filename="a.txt"' : ''}\r\n\r\n${value()}\r\n`
  const body = `${names.map(part).join('')}--x--\r\n`
  return random.chance(0.2) ? random.broken(body) : body
}

const DAV_METHODS = [
  'GET',
  'PUT',
  'DELETE',
  'MKCOL',
  'COPY',
  'MOVE',
  'PROPFIND',
  'PROPPATCH',
  'REPORT',
  'SEARCH',
  'LOCK',
  'UNLOCK',
  'OPTIONS',
  'HEAD',
  'POST',
  'toString',
]
const TOPS = [
  'files/alice',
  'files/admin',
  'uploads/alice',
  'trashbin/alice/trash',
  'versions/alice/versions',
  'comments/files',
  'systemtags',
  'systemtags-relations/files',
  'principals/users',
  'calendars/alice',
  'addressbooks/users/alice',
  'avatars/alice',
  'bulk',
  'constructor',
  '',
]
const BODIES = [
  '<d:propfind xmlns:d="DAV:"><d:prop><d:getetag/><oc:id xmlns:oc="http://owncloud.org/ns"/></d:prop></d:propfind>',
  '<d:propfind xmlns:d="DAV:"><d:allprop/></d:propfind>',
  '<d:propertyupdate xmlns:d="DAV:"><d:set><d:prop><x xmlns="t:">v</x><d:lastmodified>1e309</d:lastmodified></d:prop></d:set></d:propertyupdate>',
  '<d:propertyupdate xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:set><d:prop><oc:favorite>1</oc:favorite><oc:tags><oc:tag>a</oc:tag></oc:tags></d:prop></d:set><d:remove><d:prop><oc:favorite/></d:prop></d:remove></d:propertyupdate>',
  '<d:lockinfo xmlns:d="DAV:"><d:lockscope><d:exclusive/></d:lockscope><d:locktype><d:write/></d:locktype><d:owner>me</d:owner></d:lockinfo>',
  '<oc:filter-files xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop/><oc:filter-rules><oc:favorite>1</oc:favorite></oc:filter-rules></oc:filter-files>',
  '<d:searchrequest xmlns:d="DAV:"><d:basicsearch><d:select><d:prop><d:getetag/></d:prop></d:select><d:from><d:scope><d:href>/files/alice</d:href><d:depth>infinity</d:depth></d:scope></d:from><d:where><d:like><d:prop><d:displayname/></d:prop><d:literal>%a%</d:literal></d:like></d:where><d:orderby/></d:basicsearch></d:searchrequest>',
  '<oc:filter-comments xmlns:oc="http://owncloud.org/ns"><oc:limit>5</oc:limit><oc:offset>0</oc:offset></oc:filter-comments>',
  '{"actorType":"users","verb":"comment","message":"hello"}',
  '',
]

/** A request for one of the WebDAV servers. */
export function davRequest(random: FuzzRandom): Call {
  const name = () =>
    random.chance(0.6) ? random.pick(['a.txt', 'folder', 'folder/b.txt', 'new', '1', '']) : inAddress(random.text())
  const base = random.pick([
    '/remote.php/dav/',
    '/remote.php/dav/',
    '/remote.php/webdav/',
    '/public.php/dav/files/token/',
    '/remote.php/',
  ])
  const place = () => base + (base === '/remote.php/dav/' ? `${random.pick(TOPS)}/${name()}` : name())
  const method = random.pick(DAV_METHODS)
  const odd = {
    destination: () =>
      random.chance(0.7)
        ? place()
        : random.pick([random.text().replace(/[\r\n\0]/g, ''), 'http://', '%zz', '/remote.php/dav/files/alice/%zz']),
    depth: () => random.pick(['0', '1', 'infinity', '-1', 'x', '99999999']),
    overwrite: () => random.pick(['T', 'F', 'x']),
    if: () => random.pick(['(<opaquelocktoken:x>)', '(["etag"])', '(Not <DAV:no-lock>)', '(((', '<x>']),
    'if-match': () => random.pick(['*', '"x"', 'x,']),
    'if-none-match': () => random.pick(['*', '"x"']),
    range: () => random.pick(['bytes=0-1', 'bytes=-5', 'bytes=9-', 'bytes=5-1', 'x']),
    timeout: () => random.pick(['Second-5', 'Infinite', 'x']),
    'lock-token': () => random.pick(['<opaquelocktoken:x>', 'x', '<>']),
    'x-oc-mtime': () => random.pick(['1', '1e309', 'x', '1700000000']),
    'oc-total-length': () => random.pick(['1', '-1', 'x', '1e300']),
    'oc-chunk-offset': () => random.pick(['0', 'x']),
    'oc-checksum': () => random.pick(['SHA1:x', 'x', ':']),
    'content-type': () =>
      random.pick(['text/xml', 'application/xml', 'application/json', 'multipart/related; boundary=x', 'x']),
    'x-nc-webdav-auto-mkcol': () => '1',
    'x-user-lock': () => '1',
    accept: () => random.pick(['application/zip', 'application/x-tar', 'x']),
  }
  const chosen = random.some(Object.entries(odd), 0.12).map(([header, value]) => [header, value()])
  const needs = method === 'MOVE' || method === 'COPY' ? { destination: odd.destination() } : {}
  const body = random.pick(BODIES)
  return callOf({
    method,
    target: `${place()}${random.chance(0.1) ? `?${inAddress(random.text())}=${inAddress(random.text())}` : ''}`,
    headers: { ...credentials(random), ...needs, ...Object.fromEntries(chosen) },
    body: random.chance(0.4) ? random.broken(body) : body,
  })
}

/** A request for a page, a download, or nothing that there is. */
export function pageRequest(paths: readonly string[], random: FuzzRandom): Call {
  const filled = random.pick(paths).replace(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, () => inAddress(random.text()))
  const path = random.chance(0.8) ? filled : random.broken(filled).replace(/[\s?#]/g, '') || '/'
  const pairs = `${inAddress(random.text())}=${inAddress(random.text())}`
  return callOf({
    method: random.pick(['GET', 'GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND']),
    target: `/${path.replace(/^\/+/, '')}?${pairs}`,
    headers: {
      ...credentials(random),
      accept: random.pick(['text/html', 'application/json', random.text().replace(/[\r\n\0]/g, ''), '']),
      host: random.pick(['localhost', 'a b', '', '[::1]:80', '<b>']),
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: pairs,
  })
}
