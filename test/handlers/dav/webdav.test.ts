import { ask, type DavAsk, errorOf, hrefsOf, textOf } from '../../support/dav.ts'
import { everyTransport, expect, it } from '../../support/ways.ts'

const seed = {
  users: [{ id: 'alice', password: 'secret', quota: '10 KB' }, { id: 'bob' }],
  files: { alice: { '/Documents/report.txt': 'hello', '/page.html': '<b>x</b>' } },
}
const as = 'alice:secret'
const HOME = '/remote.php/dav/files/alice'
const propfind = (...names: string[]) =>
  `<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns"><d:prop>${names
    .map((name) => `<${name}/>`)
    .join('')}</d:prop></d:propfind>`

everyTransport('WebDAV of files', { seed }, (way) => {
  const dav = (method: string, path: string, asked: DavAsk = {}) => ask(way, method, HOME + path, { as, ...asked })

  it('lists a folder with what nobody has to ask for', async () => {
    const answer = await dav('PROPFIND', '/', { headers: { Depth: '1' } })
    expect(answer.status).toBe(207)
    expect(answer.headers.get('DAV')).toContain('nextcloud-checksum-update')
    expect(hrefsOf(answer)).toEqual([`${HOME}/`, `${HOME}/welcome.txt`, `${HOME}/Documents/`, `${HOME}/page.html`])
    expect(answer.text).toContain('<d:quota-used-bytes>44</d:quota-used-bytes>')
    expect(answer.text).toContain('<d:quota-available-bytes>10196</d:quota-available-bytes>')
  })

  it('tells properties that are there apart from those that are not', async () => {
    const body = propfind('oc:fileid', 'oc:permissions', 'd:getcontenttype', 'oc:checksums', 'x:foo xmlns:x="urn:x"')
    const answer = await dav('PROPFIND', '/Documents/report.txt', { body })
    expect(answer.text).toMatch(
      /<d:prop><oc:fileid>\d+<\/oc:fileid><oc:permissions>RGDNVW<\/oc:permissions><d:getcontenttype>text\/plain<\/d:getcontenttype><\/d:prop><d:status>HTTP\/1.1 200 OK</,
    )
    expect(answer.text).toContain(
      '<d:prop><oc:checksums/><x1:foo xmlns:x1="urn:x"/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status>',
    )
    const minimal = await dav('PROPFIND', '/', { body, headers: { Depth: '0', Prefer: 'return=minimal' } })
    expect(minimal.text).not.toContain('404')
  })

  it('keeps what is put, with ids and etags in headers', async () => {
    const made = await dav('PUT', '/new.txt', { body: 'one', headers: { 'X-OC-Mtime': '1500000000' } })
    expect(made.status).toBe(201)
    expect(made.headers.get('OC-FileId')).toMatch(/^\d{8}ocsmock34001$/)
    expect(made.headers.get('X-OC-MTime')).toBe('accepted')
    const again = await dav('PUT', '/new.txt', { body: 'two!', headers: { 'OC-Checksum': 'SHA1:abc' } })
    expect(again.status).toBe(204)
    expect(again.headers.get('OC-FileId')).toBe(made.headers.get('OC-FileId'))
    expect(again.headers.get('ETag')).not.toBe(made.headers.get('ETag'))
    const got = await dav('GET', '/new.txt')
    expect([got.text, got.headers.get('OC-Checksum')]).toEqual(['two!', 'SHA1:abc'])
    expect(got.headers.get('ETag')).toBe(again.headers.get('ETag'))
  })

  it('serves ranges, and pages only as plain text', async () => {
    const part = await dav('GET', '/Documents/report.txt', { headers: { Range: 'bytes=1-3' } })
    expect([part.status, part.text, part.headers.get('Content-Range')]).toEqual([206, 'ell', 'bytes 1-3/5'])
    const beyond = await dav('GET', '/Documents/report.txt', { headers: { Range: 'bytes=9-' } })
    expect([beyond.status, errorOf(beyond).exception]).toEqual([416, 'RequestedRangeNotSatisfiable'])
    expect((await dav('GET', '/page.html')).headers.get('Content-Type')).toBe('text/plain;charset=UTF-8')
  })

  it('heeds conditions', async () => {
    const etag = (await dav('HEAD', '/welcome.txt')).headers.get('ETag')!
    expect((await dav('GET', '/welcome.txt', { headers: { 'If-None-Match': etag } })).status).toBe(304)
    expect((await dav('PUT', '/welcome.txt', { body: 'x', headers: { 'If-Match': '"old"' } })).status).toBe(412)
    expect((await dav('PUT', '/welcome.txt', { body: 'x', headers: { 'If-None-Match': '*' } })).status).toBe(412)
    expect((await dav('PUT', '/welcome.txt', { body: 'x', headers: { 'If-Match': etag } })).status).toBe(204)
  })

  it('refuses what does not fit into the quota', async () => {
    const answer = await dav('PUT', '/big.bin', { body: 'x'.repeat(20_000) })
    expect([answer.status, errorOf(answer).exception]).toEqual([507, 'InsufficientStorage'])
  })

  it('moves, copies and deletes', async () => {
    const id = textOf(await dav('PROPFIND', '/Documents/report.txt', { body: propfind('oc:fileid') }), 'oc:fileid')
    const to = (path: string) => ({ headers: { Destination: way.base() + HOME + path } })
    expect((await dav('MOVE', '/Documents/report.txt', to('/moved.md'))).status).toBe(201)
    const moved = await dav('PROPFIND', '/moved.md', { body: propfind('oc:fileid', 'd:getcontenttype') })
    expect([textOf(moved, 'oc:fileid'), textOf(moved, 'd:getcontenttype')]).toEqual([id, 'text/markdown'])
    expect((await dav('COPY', '/moved.md', to('/page.html'))).status).toBe(204)
    expect((await dav('GET', '/page.html')).text).toBe('hello')
    expect((await dav('COPY', '/Documents', to('/Documents/inside'))).status).toBe(409)
    expect((await dav('DELETE', '/moved.md')).status).toBe(204)
    expect((await dav('GET', '/moved.md')).status).toBe(404)
  })

  it('makes folders where there is room for them', async () => {
    expect((await dav('MKCOL', '/a')).status).toBe(201)
    expect((await dav('MKCOL', '/a')).status).toBe(405)
    expect(errorOf(await dav('MKCOL', '/b/c'))).toEqual({
      exception: 'Conflict',
      message: 'Parent node does not exist',
    })
  })

  it('refuses names that no file may have', async () => {
    const answer = await dav('PUT', '/a%5Cb.txt', { body: 'x' })
    expect(answer.status).toBe(400)
    expect(errorOf(answer).message).toBe('"\\" is not allowed inside a file or folder name.')
  })

  it('remembers favourites, tags and properties of its own', async () => {
    const set = (prop: string) =>
      dav('PROPPATCH', '/welcome.txt', {
        body: `<d:propertyupdate xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:x="urn:x"><d:set><d:prop>${prop}</d:prop></d:set></d:propertyupdate>`,
      })
    expect((await set('<oc:favorite>1</oc:favorite>')).text).toContain('HTTP/1.1 200 OK')
    expect((await set('<x:foo>bar</x:foo>')).text).toContain('HTTP/1.1 200 OK')
    expect((await set('<oc:fileid>1</oc:fileid><x:foo>baz</x:foo>')).text).toMatch(
      /403 Forbidden.*424 Failed Dependency/s,
    )
    const told = await dav('PROPFIND', '/welcome.txt', { body: propfind('oc:favorite', 'x:foo xmlns:x="urn:x"') })
    expect([textOf(told, 'oc:favorite'), textOf(told, 'x1:foo')]).toEqual(['1', 'bar'])
    const report = await dav('REPORT', '/', {
      body: '<oc:filter-files xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><oc:fileid/></d:prop><oc:filter-rules><oc:favorite>1</oc:favorite></oc:filter-rules></oc:filter-files>',
    })
    expect(hrefsOf(report)).toEqual([`${HOME}/welcome.txt`])
  })

  it('tells of one level unless it is told how many, or to tell all', async () => {
    await dav('MKCOL', '/one')
    await dav('MKCOL', '/one/two')
    await dav('MKCOL', '/one/two/three')
    const told = async (headers: Record<string, string>) => hrefsOf(await dav('PROPFIND', '/one', { headers })).length
    const depths: Record<string, string>[] = [
      {},
      { Depth: 'deep' },
      { Depth: '0' },
      { Depth: '2' },
      { Depth: 'infinity' },
    ]
    expect(await Promise.all(depths.map(told))).toEqual([2, 2, 1, 3, 3])
  })

  it('filters by tags that are numbers', async () => {
    const body = `<oc:filter-files xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><oc:filter-rules><oc:systemtag>x</oc:systemtag></oc:filter-rules></oc:filter-files>`
    const report = await dav('REPORT', '/', { body })
    expect([report.status, errorOf(report).message]).toEqual([500, 'Tag id must be integer'])
  })

  it('shows the same files at the older address', async () => {
    const answer = await ask(way, 'PROPFIND', '/remote.php/webdav/', { as, headers: { Depth: '1' } })
    expect(hrefsOf(answer)).toContain('/remote.php/webdav/welcome.txt')
  })

  it('keeps the files of others to itself', async () => {
    const other = await ask(way, 'PROPFIND', `${HOME}/`, { as: 'bob:bob' })
    expect(hrefsOf(other)).toEqual([`${HOME}/`])
    expect((await ask(way, 'GET', `${HOME}/welcome.txt`, { as: 'bob:bob' })).status).toBe(404)
    expect((await ask(way, 'PUT', `${HOME}/x.txt`, { as: 'bob:bob', body: 'x' })).status).toBe(403)
  })
})

everyTransport('logging in to WebDAV', { seed: { users: [{ id: 'alice', enabled: false }, { id: 'bob' }] } }, (way) => {
  const path = '/remote.php/dav/files/bob/'

  it('asks for credentials, and scripts in a way that browsers stay silent', async () => {
    const plain = await ask(way, 'PROPFIND', path, { as: 'bob:wrong' })
    expect([plain.status, plain.headers.get('WWW-Authenticate')]).toEqual([
      401,
      'Basic realm="Nextcloud", charset="UTF-8"',
    ])
    const script = await ask(way, 'PROPFIND', path, { headers: { 'X-Requested-With': 'XMLHttpRequest' } })
    expect([script.status, script.headers.get('WWW-Authenticate')]).toEqual([401, 'DummyBasic realm="Nextcloud"'])
  })

  it('answers 503 to a disabled account', async () => {
    const answer = await ask(way, 'PROPFIND', path, { as: 'alice:alice' })
    expect([answer.status, errorOf(answer).message]).toEqual([503, 'OC\\User\\DisabledUserException: Account disabled'])
  })

  it('refuses desktop clients that are too old', async () => {
    const with_ = (version: string) => ({
      as: 'bob:bob',
      headers: { 'User-Agent': `Mozilla/5.0 (Linux) mirall/${version}` },
    })
    expect((await ask(way, 'PROPFIND', path, with_('2.11.0'))).status).toBe(403)
    expect((await ask(way, 'PROPFIND', path, with_('3.15.0'))).status).toBe(207)
  })
})
