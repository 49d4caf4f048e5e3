/** Bodies, addresses and values that no client sends by intent; what is right is what Nextcloud 34.0.1 answers (asked). */
import { ask, type DavAsk, errorOf, textOf } from '../../support/dav.ts'
import { directly, expect, it } from '../../support/ways.ts'

const HOME = '/remote.php/dav/files/alice'
const NAMES =
  '<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><d:displayname/><oc:owner-display-name/></d:prop></d:propfind>'
const SEED = {
  users: [
    { id: 'alice', password: 'alice', displayName: 'Alice Other' },
    { id: 'bob', password: 'bob' },
  ],
  files: { alice: { '/a.txt': 'a' } },
}

directly('a WebDAV server', SEED, (way) => {
  const as = (method: string, path: string, asked: DavAsk = {}) =>
    ask(way, method, path, { as: 'alice:alice', ...asked })
  const find = (body: string) => as('PROPFIND', `${HOME}/a.txt`, { body, headers: { Depth: '0' } })

  it.each([
    ['%zz', '/%25zz'],
    ['%ff', '/%c3%bf'],
    ['../alice/b.txt', '/b.txt'],
    ['./c//d/..//e.txt', null],
  ])('reads a destination as PHP does: %s', async (name, made) => {
    const headers = { Destination: `${way.base()}${HOME}/${name}` }
    const { status } = await as('COPY', `${HOME}/a.txt`, { headers })
    expect(status).toBe(made === null ? 409 : 201)
    if (made !== null) expect((await as('GET', `${HOME}${made}`)).text).toBe('a')
  })

  it.each([
    ['GET', `${HOME}/..%2falice/a.txt`, 'Invalid path "/../alice/a.txt"'],
    ['PUT', `${HOME}/D/..%2fb.txt`, 'Invalid path "/D/../b.txt"'],
    ['GET', '/remote.php/webdav/..%2fa.txt', 'Path contains invalid segments'],
  ])('takes encoded dots for no way up: %s %s', async (method, path, message) => {
    const answer = await as(method, path, method === 'PUT' ? { body: 'x' } : {})
    expect([answer.status, errorOf(answer)]).toEqual([
      400,
      { exception: expect.stringMatching(/InvalidPath$/), message },
    ])
  })

  it.each(['64.gif', '64', '0.png', 'x.png'])('breaks on a picture of an account that cannot be: %s', async (name) => {
    expect((await as('GET', `/remote.php/dav/avatars/alice/${name}`)).status).toBe(500)
  })

  it('takes what is said of the home of another one, and forgets it', async () => {
    const say = (property: string) =>
      as('PROPPATCH', '/remote.php/dav/files/bob/', {
        body: `<d:propertyupdate xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:set><d:prop>${property}</d:prop></d:set></d:propertyupdate>`,
      })
    expect((await say('<oc:favorite>1</oc:favorite>')).text).toContain('<oc:favorite/></d:prop><d:status>HTTP/1.1 200')
    expect((await say('<oc:tags/>')).text).toContain('<oc:tags/></d:prop><d:status>HTTP/1.1 204')
    const tags = await say('<oc:tags><oc:tag>first</oc:tag></oc:tags>')
    expect([tags.status, errorOf(tags).message]).toEqual([
      500,
      'Property "{http://owncloud.org/ns}tags" has an invalid value of class OCA\\DAV\\Connector\\Sabre\\TagList',
    ])
  })

  it('takes a tag for one only by its number, whoever asks', async () => {
    const answer = await as('PROPFIND', '/remote.php/dav/systemtags/NaN')
    expect([answer.status, errorOf(answer).message]).toEqual([400, 'Invalid tag id'])
    expect([answer.headers.get('X-User-Id'), answer.headers.get('DAV')]).toEqual([null, null])
  })

  it.each(['photos/alice/albums', 'photospublic/token'])('says loudly that there are no albums: %s', async (path) => {
    const answer = await as('PROPFIND', `/remote.php/dav/${path}`)
    expect([answer.status, answer.headers.get('X-OCS-Mock')]).toEqual([501, 'not-implemented'])
  })

  it.each(['DELETE', 'MOVE'])('looks for the folder first from which something is taken by %s', async (method) => {
    const headers = { Destination: `${way.base()}${HOME}/b.txt` }
    expect(errorOf(await as(method, `${HOME}/no/x.txt`, { headers })).message).toBe(
      'File with name /no could not be located',
    )
    expect(errorOf(await as(method, `${HOME}/x.txt`, { headers })).message).toBe(
      'File with name /x.txt could not be located',
    )
  })

  it.each([
    ['PROPFIND', 'File with name /a.txt/x could not be located'],
    ['GET', 'File with name /a.txt/x could not be located'],
    ['DELETE', "Node with name 'a.txt' could not be found"],
    ['PUT', "Node with name 'a.txt' could not be found"],
  ])('finds nothing in a file by %s', async (method, message) => {
    expect(errorOf(await as(method, `${HOME}/a.txt/x`)).message).toBe(message)
  })

  it('calls a home by the id of its account', async () => {
    const answer = await as('PROPFIND', `${HOME}/`, { headers: { Depth: '0' }, body: NAMES })
    expect([textOf(answer, 'd:displayname'), textOf(answer, 'oc:owner-display-name')]).toEqual(['alice', 'Alice Other'])
  })

  it.each([
    ['PROPFIND', 'trashbin/bob', 403, ''],
    ['PROPFIND', 'versions/bob/versions', 403, ''],
    ['PROPFIND', 'trashbin/nobody', 404, 'Principal with name nobody not found'],
    ['PROPFIND', 'trashbin/alice/no', 404, ''],
    ['DELETE', 'uploads/alice', 403, ''],
  ])('refuses %s of %s', async (method, path, status, message) => {
    const answer = await as(method, `/remote.php/dav/${path}`)
    expect([answer.status, errorOf(answer).message]).toEqual([status, message])
  })

  it.each([
    ['nonsense', 403, 'Requested uri (/nonsense) is out of base uri (/remote.php/dav/)'],
    ['http://', 500, 'A type error occurred'],
    ['/index.php', 403, 'is out of base uri'],
  ])('copies to no such place: %s', async (destination, status, message) => {
    const answer = await as('COPY', `${HOME}/a.txt`, { headers: { Destination: destination } })
    expect(answer.status).toBe(status)
    expect(errorOf(answer).message).toContain(message)
  })

  it.each([
    ['<__proto__/>', 'Expected {DAV:}propfind but received {}__proto__ as the root element'],
    ['<constructor/>', 'Expected {DAV:}propfind but received {}constructor as the root element'],
    ['<!DOCTYPE', 'no DOCTYPE name'],
    ['<!DOCTYPE a [', 'on line 1'],
    ['<?php', 'on line 1'],
    [`${'<a>'.repeat(300)}${'</a>'.repeat(300)}`, 'Excessive depth in document: 256'],
    ['<d:propfind xmlns:d="DAV:"><d:prop><x xmlns="z"/></d:prop></d:propfind>', 'xmlns: URI z is not absolute'],
    ['<d:propfind xmlns:d="DAV:">&#0;</d:propfind>', 'invalid xmlChar value 0'],
    ['<d:propfind xmlns:d="DAV:">&nothing;</d:propfind>', "Entity 'nothing' not defined"],
    ['<a b="1" b="2"/>', 'Attribute b redefined'],
    ['<a><![CDATA[x</a>', 'on line 1'],
    ['<a><!-- x</a>', 'on line 1'],
    ['<a/><b/>', 'Extra content at the end of the document'],
  ])('refuses the body %s', async (body, message) => {
    const answer = await find(body)
    expect(answer.status).toBe(400)
    expect(errorOf(answer).message).toContain(message)
  })

  it('looks at no entity, and at names that JavaScript knows as at all others', async () => {
    const entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    const names = '<d:getcontentlength>&x;</d:getcontentlength><__proto__/><constructor/>'
    const { status, text } = await find(`${entity}<d:propfind xmlns:d="DAV:"><d:prop>${names}</d:prop></d:propfind>`)
    expect(status).toBe(207)
    expect(text).toContain('<d:getcontentlength>1</d:getcontentlength>')
    expect(text).toContain('<__proto__ xmlns=""/><constructor xmlns=""/>')
  })

  it.each([
    ['constructor', "File not found: constructor in 'root'"],
    ['__proto__/x', "File not found: __proto__ in 'root'"],
    ['toString', "File not found: toString in 'root'"],
    ['comments/constructor', 'Entity type "constructor" not found."'],
    ['files/__proto__', 'Principal with name __proto__ not found'],
    ['calendars/constructor', 'Principal with name constructor not found'],
  ])('has nothing at %s', async (path, message) => {
    const answer = await as('PROPFIND', `/remote.php/dav/${path}`, { headers: { Depth: '0' } })
    expect(answer.status).toBe(404)
    expect(errorOf(answer).message.replaceAll('&quot;', '"')).toBe(message)
  })

  it.each(['constructor', '__proto__', 'toString'])('does not know the method %s', async (method) => {
    expect((await as(method, `${HOME}/a.txt`)).status).toBe(501)
  })

  it.each([
    ['<a/>', 400],
    ['<d:propertyupdate xmlns:d="DAV:"><d:set/></d:propertyupdate>', 500],
    ['<d:propertyupdate xmlns:d="DAV:"/>', 207],
  ])('changes nothing by %s', async (body, status) => {
    expect((await as('PROPPATCH', `${HOME}/a.txt`, { body })).status).toBe(status)
  })

  it.each([
    ['<', 400, 'Parse error:'],
    ['<d:searchrequest xmlns:d="DAV:"/>', 400, 'expected basicsearch'],
    ['<d:searchrequest xmlns:d="DAV:"><d:basicsearch/></d:searchrequest>', 400, 'Missing {DAV:}from'],
  ])('searches for nothing by %s', async (body, status, message) => {
    const answer = await as('SEARCH', '/remote.php/dav/', { body, headers: { 'Content-Type': 'text/xml' } })
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(message)
  })

  it('reports what is wrong with a report as an error that nothing caught', async () => {
    const answer = await as('REPORT', `${HOME}/`, { body: '<' })
    expect(answer.status).toBe(500)
    expect(errorOf(answer).exception).toBe('Sabre\\Xml\\LibXMLException')
  })

  it.each([
    ['d:lastmodified', 'abc', 500],
    ['d:lastmodified', '1e309', 500],
    ['d:lastmodified', '-5', 500],
    ['d:lastmodified', '99999999999999999999', 207],
    ['d:creationdate', 'abc', 500],
    ['nc:creation_time', 'NaN', 207],
    ['nc:creation_time', '1e309', 207],
  ])('keeps only times that it can tell: %s of %s', async (name, value, status) => {
    const set = `<d:set><d:prop><${name}>${value}</${name}></d:prop></d:set>`
    const body = `<d:propertyupdate xmlns:d="DAV:" xmlns:nc="http://nextcloud.org/ns">${set}</d:propertyupdate>`
    expect((await as('PROPPATCH', `${HOME}/a.txt`, { body })).status).toBe(status)
    way.ocs.world.load(JSON.parse(JSON.stringify(way.ocs.world.dump())), await way.ocs.tables())
    expect((await as('PROPFIND', `${HOME}/a.txt`)).status).toBe(207)
  })

  it.each(['abc', '1e309', '-5', 'NaN', '1'])('takes no upload of the time %s without a word', async (value) => {
    const headers = { 'X-OC-MTime': value }
    expect((await as('PUT', `${HOME}/b.txt`, { body: 'b', headers })).status).toBe(500)
  })
})

directly('values that no answer may hold', { users: [{ id: 'alice', password: 'alice' }] }, (way) => {
  const clearAt = (value: string) =>
    way.ask('PUT', '/apps/user_status/api/v1/user_status/message/predefined', {
      as: 'alice:alice',
      form: { messageId: 'meeting', clearAt: value },
    })

  it.each(['1e309', '-1e309', 'NaN', 'Infinity'])('are refused: a status until %s', async (value) => {
    expect((await clearAt(value)).message).toBe('ClearAt is in the past')
  })

  it.each(['1e308', '99999999999999999999'])('are the greatest that there is: a status until %s', async (value) => {
    expect((await clearAt(value)).text).toContain('"clearAt":9223372036854775807')
  })

  it('end where C ends texts: U+0000', async () => {
    const set = await way.ask('PUT', '/cloud/users/alice', {
      as: 'alice:alice',
      form: { key: 'displayname', value: 'before\u0000after' },
    })
    expect(set.code).toBe(200)
    const response = await way.fetch('/ocs/v2.php/cloud/users/alice', {
      headers: { Authorization: `Basic ${btoa('alice:alice')}`, 'OCS-APIRequest': 'true' },
    })
    const text = await response.text()
    expect(text).toContain('<displayname>before</displayname>')
    expect(text).not.toContain('\u0000')
  })

  it.each(['a b', '<b>', 'a"b', 'x@y', '[::1'])('are refused as the host that links would name: %s', async (host) => {
    const call = {
      method: 'POST',
      query: '',
      origin: `http://${host}`,
      header: (name: string) => (name === 'host' ? host : ''),
      headers: () => [['host', host] as const],
      body: () => new Uint8Array(0),
      remoteAddress: '127.0.0.1',
    }
    expect((await way.ocs.handle({ ...call, path: '/index.php/login/v2' })).status).toBe(400)
    const status = await way.ocs.handle({ ...call, path: '/status.php' })
    expect(JSON.parse(String(status.body))).toEqual({ error: 'Trusted domain error.', code: 15 })
  })
})
