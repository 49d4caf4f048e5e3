/** WebDAV where clients and testers ask for what few do. */
import { expect, it } from 'vitest'
import { md5 } from '#lib/md5.ts'
import * as files from '#world/files/files.ts'
import { everyTransport } from '../../support/ways.ts'

const ADMIN = { Authorization: `Basic ${btoa('admin:admin')}` }
const HOME = '/remote.php/dav/files/admin'
const FILE = `${HOME}/welcome.txt`
const DOCUMENT = { ...ADMIN, 'Content-Type': 'application/xml', Depth: '0' }

everyTransport('WebDAV', { seed: { users: [{ id: 'mara' }], files: { admin: { '/Plans/a.txt': 'a' } } } }, (way) => {
  const ask = async (method: string, path: string, headers: Record<string, string> = {}, body?: string) => {
    const answer = await way.fetch(path, {
      method,
      headers: { ...ADMIN, ...headers },
      ...(body === undefined ? {} : { body }),
    })
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }
  const propPatch = async (...properties: string[]) => {
    const names = 'xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns" xmlns:z="urn:z"'
    const body = `<d:propertyupdate ${names}><d:set><d:prop>${properties.join('')}</d:prop></d:set></d:propertyupdate>`
    const { text } = await ask('PROPPATCH', FILE, DOCUMENT, body)
    return [...text.matchAll(/<d:propstat><d:prop>(.*?)<\/d:prop><d:status>HTTP\/1.1 (\d+)/g)].map(
      ([, inner, status]) =>
        `${status} ${[...inner!.matchAll(/<(?:\w+:)?([\w-]+)/g)].map(([, name]) => name).join(' ')}`,
    )
  }

  it('changes properties in an order of its own, and none after one that is refused', async () => {
    const [favorite, mine, name] = [
      '<oc:favorite>1</oc:favorite>',
      '<z:mine>me</z:mine>',
      '<d:displayname>x</d:displayname>',
    ]
    expect(await propPatch(name, mine, favorite)).toEqual(['200 favorite', '403 displayname', '424 mine'])
    expect(await propPatch(mine, '<oc:size>3</oc:size>', favorite)).toEqual(['403 size', '424 favorite mine'])
    expect(await propPatch(mine, favorite)).toEqual(['200 favorite mine'])
  })

  it('keeps metadata that an app has announced, and no other', async () => {
    expect(await propPatch('<nc:metadata-files-live-photo>7</nc:metadata-files-live-photo>')).toEqual([
      '200 metadata-files-live-photo',
    ])
    const set = '<d:set><d:prop><nc:metadata-mood>calm</nc:metadata-mood></d:prop></d:set>'
    const body = `<d:propertyupdate xmlns:d="DAV:" xmlns:nc="http://nextcloud.org/ns">${set}</d:propertyupdate>`
    expect(await ask('PROPPATCH', FILE, DOCUMENT, body)).toMatchObject({
      status: 500,
      text: expect.stringContaining('FilesMetadataNotFoundException</s:exception>\n  <s:message/>'),
    })
  })

  it('hashes a file again with PATCH', async () => {
    const { entry } = { entry: files.resolve(way.ocs.world, 'admin', '/welcome.txt')! }
    const hash = md5(files.bytesOf(files.contentOf(way.ocs.world, entry.node)))
    const hashed = await ask('PATCH', FILE, { 'X-Recalculate-Hash': 'MD5' })
    expect([hashed.status, hashed.headers.get('oc-checksum')]).toEqual([204, `MD5:${hash}`])
    expect(files.resolve(way.ocs.world, 'admin', '/welcome.txt')!.node.checksum).toBe(`MD5:${hash}`)
    expect(await ask('PATCH', FILE)).toMatchObject({
      status: 500,
      text: expect.stringContaining('valid hashing algorithm'),
    })
    expect((await ask('PATCH', `${HOME}/nope`)).status).toBe(404)
    expect((await ask('PATCH', `${HOME}/`)).status).toBe(501)
  })

  it('says where a document breaks', async () => {
    expect((await ask('PROPFIND', `${HOME}/`, DOCUMENT, '<broken')).text).toContain(
      "Couldn't find end of Start Tag broken\n on line 1, column 8",
    )
  })

  it('cannot look for the end of a bulk upload in less than that', async () => {
    const answer = await ask('POST', '/remote.php/dav/bulk', { 'Content-Type': 'multipart/related; boundary=b' }, 'x')
    expect(answer).toMatchObject({ status: 500, text: expect.stringContaining('Unknown error while seeking content') })
  })

  it('lists the picture of an account', async () => {
    const { text } = await ask('PROPFIND', '/remote.php/dav/avatars/mara/', { Depth: '1' })
    expect(text).toContain('<d:href>/remote.php/dav/avatars/mara/96.jpeg</d:href>')
    expect(text).toContain('<d:getcontentlength>0</d:getcontentlength>')
  })

  it('lets nothing into the files of somebody else', async () => {
    const move = async (path: string) => (await ask('MOVE', path, { Destination: '/remote.php/dav/files/mara/x' })).text
    expect(await move(FILE)).toContain('Permission denied to create file (filename x)')
    expect(await move(`${HOME}/Plans`)).toContain('Permission denied to create directory')
  })

  it.each([
    ['PUT', HOME, 500, 'Invalid path: files/.htaccess'],
    ['GET', HOME, 500, 'Invalid path: files/.htaccess'],
    ['GET', `${HOME}/none`, 500, 'Invalid path: files/none/.htaccess'],
    ['DELETE', '/remote.php/webdav', 400, 'is a forbidden file or folder name.'],
  ])('looks at no name that the server keeps for itself: %s %s', async (method, folder, status, message) => {
    const answer = await ask(method, `${folder}/.htaccess`, {}, method === 'PUT' ? 'x' : undefined)
    expect(answer).toMatchObject({ status, text: expect.stringContaining(message) })
    expect(answer.headers.get('x-user-id')).toBe(method === 'PUT' ? null : 'admin')
  })

  it.each([
    ['without a slash at its beginning', 'remote.php/dav/files/admin/b', '/b'],
    ['in bytes of UTF-8', '/remote.php/dav/files/admin/g\u00c3\u00a4.txt', '/gä.txt'],
    ['percent-encoded', '/remote.php/dav/files/admin/g%C3%A4%20b.txt', '/gä b.txt'],
  ])('moves to an address %s', async (_, Destination, path) => {
    expect((await ask('MOVE', FILE, { Destination })).status).toBe(201)
    expect(files.resolve(way.ocs.world, 'admin', path)).toBeDefined()
  })
})
