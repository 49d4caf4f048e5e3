import { ask, type DavAsk, errorOf, hrefsOf, textOf } from '../../support/dav.ts'
import { changeShare, makeShare } from '../../support/share-links.ts'
import { everyTransport, expect, it } from '../../support/ways.ts'

const seed = {
  users: [{ id: 'alice', password: 'secret' }, { id: 'bob' }],
  files: {
    alice: { '/Pub/a.txt': 'hello public\n', '/Pub/Sub/b.md': '# b\n', '/one.txt': 'just one\n', '/Drop/.keep': '' },
  },
}
const as = 'alice:secret'
const FILES = '/public.php/dav/files'
const OLDER = '/public.php/webdav/'
const READ_AND_WRITE = '15'
const DROP = '4'

everyTransport('public WebDAV of a link', { seed }, (way) => {
  const link = (path: string, wish: Record<string, string> = {}) => makeShare(way, as, { path, ...wish })
  const dav = (method: string, path: string, asked?: DavAsk) => ask(way, method, FILES + path, asked)
  const own = (method: string, path: string, asked: DavAsk = {}) =>
    ask(way, method, `/remote.php/dav/files/alice${path}`, { as, ...asked })

  it('lists and serves a folder to whoever knows the token', async () => {
    const { token } = await link('/Pub')
    const listed = await dav('PROPFIND', `/${token}`, { headers: { Depth: '1' } })
    expect([listed.status, hrefsOf(listed)]).toEqual([
      207,
      [`${FILES}/${token}/`, `${FILES}/${token}/a.txt`, `${FILES}/${token}/Sub/`],
    ])
    expect(listed.headers.get('X-User-Id')).toBeNull()
    const part = await dav('GET', `/${token}/a.txt`, { headers: { Range: 'bytes=6-11' } })
    expect([part.status, part.text, part.headers.get('Content-Range')]).toEqual([206, 'public', 'bytes 6-11/13'])
    expect((await dav('GET', `/${token}/Sub/b.md`)).text).toBe('# b\n')
    expect(errorOf(await dav('GET', `/${token}/none.txt`)).message).toBe(
      'File with name /none.txt could not be located',
    )
    expect((await dav('GET', `/${token}/../one.txt`)).status).not.toBe(200)
  })

  it('serves one shared file at the token itself', async () => {
    const { token } = await link('/one.txt')
    expect((await dav('GET', `/${token}`)).text).toBe('just one\n')
    expect(errorOf(await dav('GET', `/${token}/one.txt`)).message).toBe(
      `Could not find node at path: files/${token}/one.txt`,
    )
  })

  it('tells of itself what the share says, and nothing that needs an account', async () => {
    const { token, id } = await link('/Pub')
    await changeShare(way, as, id, { note: 'look here', hideDownload: 'true' })
    const body =
      '<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns"><d:prop><nc:note/><nc:hide-download/><oc:permissions/><oc:favorite/><oc:share-types/></d:prop></d:propfind>'
    const told = await dav('PROPFIND', `/${token}`, { body, headers: { Depth: '0' } })
    expect([textOf(told, 'nc:note'), textOf(told, 'nc:hide-download'), textOf(told, 'oc:permissions')]).toEqual([
      'look here',
      'true',
      'RG',
    ])
    expect(told.text).toContain('<oc:favorite/><oc:share-types/></d:prop><d:status>HTTP/1.1 404 Not Found')
  })

  it('changes nothing that the link does not allow', async () => {
    const { token } = await link('/Pub')
    const to = { Destination: `${FILES}/${token}/c.txt` }
    const tried = [
      await dav('PUT', `/${token}/a.txt`, { body: 'x' }),
      await dav('PUT', `/${token}/new.txt`, { body: 'x' }),
      await dav('MKCOL', `/${token}/New`),
      await dav('DELETE', `/${token}/a.txt`),
      await dav('MOVE', `/${token}/a.txt`, { headers: to }),
      await dav('COPY', `/${token}/a.txt`, { headers: to }),
    ]
    expect(tried.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403])
    expect((await own('GET', '/Pub/a.txt')).text).toBe('hello public\n')
  })

  it('takes files where the link allows it, and never the folder itself', async () => {
    const { token } = await link('/Pub', { permissions: READ_AND_WRITE })
    const put = await dav('PUT', `/${token}/new.txt`, { body: 'from a guest' })
    expect([put.status, put.headers.get('X-NC-Permissions'), put.headers.get('X-NC-OwnerId')]).toEqual([
      201,
      'RGDNVW',
      null,
    ])
    const moved = await dav('MOVE', `/${token}/new.txt`, { headers: { Destination: `${FILES}/${token}/Sub/c.txt` } })
    expect(moved.status).toBe(201)
    expect((await own('GET', '/Pub/Sub/c.txt')).text).toBe('from a guest')
    expect((await dav('DELETE', `/${token}/Sub`)).status).toBe(204)
    expect((await dav('DELETE', `/${token}`)).status).toBe(403)
    expect(errorOf(await dav('PUT', `/${token}/no/such.txt`, { body: '' })).message).toBe(
      'Files cannot be created in non-existent collections',
    )
  })

  it('asks for the password of the link, whatever the name', async () => {
    const { token } = await link('/Pub', { password: 'Sup3r-secret-pw' })
    const path = `/${token}/a.txt`
    expect((await dav('GET', path)).status).toBe(401)
    const wrong = await dav('GET', path, { as: 'anonymous:wrong' })
    expect([wrong.status, wrong.headers.get('WWW-Authenticate'), errorOf(wrong).message]).toEqual([
      401,
      'Basic realm="Nextcloud", charset="UTF-8"',
      'Username or password was incorrect',
    ])
    const ajax = await dav('GET', path, { as: 'anonymous:wrong', headers: { 'X-Requested-With': 'XMLHttpRequest' } })
    expect(ajax.headers.get('WWW-Authenticate')).toBe('DummyBasic realm="Nextcloud"')
    for (const name of ['anonymous', token, 'anybody'])
      expect((await dav('GET', path, { as: `${name}:Sup3r-secret-pw` })).text).toBe('hello public\n')
  })

  it('has an older address, where the token logs in', async () => {
    const { token } = await link('/Pub')
    const locked = await link('/Pub', { password: 'Sup3r-secret-pw' })
    expect((await ask(way, 'GET', `${OLDER}a.txt`, { as: `${token}:` })).text).toBe('hello public\n')
    expect((await ask(way, 'PROPFIND', OLDER)).status).toBe(401)
    expect((await ask(way, 'PROPFIND', OLDER, { as: 'nosuchtoken:' })).status).toBe(401)
    expect((await ask(way, 'GET', `${OLDER}a.txt`, { as: `${locked.token}:` })).status).toBe(401)
    expect((await ask(way, 'GET', `${OLDER}a.txt`, { as: `${locked.token}:Sup3r-secret-pw` })).status).toBe(200)
  })

  it('gives whatever is dropped a free name, and shows nothing', async () => {
    const { token } = await link('/Drop', { permissions: DROP })
    for (const body of ['one', 'two']) expect((await dav('PUT', `/${token}/f.txt`, { body })).status).toBe(201)
    const guest = { 'X-NC-Nickname': 'Joe' }
    expect(
      (await dav('PUT', `/${token}/in/deep.txt`, { body: '3', headers: guest })).headers.get('OC-FileId'),
    ).toBeNull()
    const refused = await dav('PROPFIND', `/${token}`)
    expect([refused.status, errorOf(refused).message]).toEqual([
      405,
      'Only PUT, MKCOL and MOVE are allowed on files drop',
    ])
    expect((await dav('GET', `/${token}/f.txt`)).status).toBe(404)
    expect(errorOf(await dav('PUT', `/${token}/f.txt`, { body: '', headers: { 'X-NC-Nickname': '.x' } })).message).toBe(
      'Invalid nickname: .x',
    )
    const names = hrefsOf(await own('PROPFIND', '/Drop', { headers: { Depth: 'infinity' } })).map(
      (href) => href.split('/Drop/')[1],
    )
    expect(names).toEqual(['', '.keep', 'f.txt', 'f%20(2).txt', 'Joe/', 'Joe/in/', 'Joe/in/deep.txt'])
  })

  it('puts uploads in parts together', async () => {
    const { token } = await link('/Pub', { permissions: READ_AND_WRITE })
    const upload = `/public.php/dav/uploads/${token}/transfer`
    expect((await ask(way, 'MKCOL', upload)).status).toBe(201)
    await ask(way, 'PUT', `${upload}/1`, { body: 'one' })
    await ask(way, 'PUT', `${upload}/2`, { body: 'two' })
    const Destination = `${FILES}/${token}/big.txt`
    expect((await ask(way, 'MOVE', `${upload}/.file`, { headers: { Destination } })).status).toBe(201)
    expect((await own('GET', '/Pub/big.txt')).text).toBe('onetwo')
  })

  it('packs a folder, or some things in it', async () => {
    const { token, url } = await link('/Pub')
    const page = await ask(way, 'GET', `${new URL(url).pathname}/download`)
    expect([page.status, page.headers.get('Location')]).toEqual([303, `${way.base()}${FILES}/${token}?accept=zip`])
    const names = async (query: string) => {
      const answer = await way.fetch(`${FILES}/${token}?accept=zip${query}`)
      expect(answer.headers.get('Content-Type')).toBe('application/zip')
      return namesInZip(new Uint8Array(await answer.arrayBuffer()))
    }
    expect(await names('')).toEqual(['Pub/', 'Pub/a.txt', 'Pub/Sub/', 'Pub/Sub/b.md'])
    expect(await names('&files=["a.txt"]')).toEqual(['a.txt'])
    expect((await dav('GET', `/${token}?accept=zip&files=["none"]`)).status).toBe(404)
    expect((await dav('GET', `/${token}?accept=tar`)).headers.get('Content-Type')).toBe('application/x-tar')
  })

  it('says 503 where there is no link, and 404 where its file is gone', async () => {
    expect((await dav('PROPFIND', '/nosuchtoken')).status).toBe(503)
    expect((await ask(way, 'PROPFIND', '/public.php/dav/')).status).toBe(503)
    const { token } = await link('/one.txt')
    await own('DELETE', '/one.txt')
    expect((await dav('GET', `/${token}`)).status).toBe(404)
  })

  it('refuses what must not be downloaded, unless it may be looked at', async () => {
    const { token, id } = await link('/Pub', { permissions: READ_AND_WRITE })
    await changeShare(way, as, id, { attributes: '[{"scope":"permissions","key":"download","value":false}]' })
    expect((await dav('GET', `/${token}/a.txt`)).status).toBe(200)
    const copied = await dav('COPY', `/${token}/a.txt`, { headers: { Destination: `${FILES}/${token}/d.txt` } })
    expect([copied.status, errorOf(copied).exception]).toEqual([
      403,
      'OCA\\DAV\\Connector\\Sabre\\Exception\\Forbidden',
    ])
    await way.ocs.occ(['config:app:set', 'core', 'shareapi_allow_view_without_download', '--value=no'])
    expect((await dav('GET', `/${token}/a.txt`)).status).toBe(403)
  })
})

/** The names in the directory at the end of a ZIP64 archive, which its last 22 and 20 bytes lead to. */
function namesInZip(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const end = bytes.length - 22
  let at = Number(view.getBigUint64(Number(view.getBigUint64(end - 20 + 8, true)) + 48, true))
  return Array.from({ length: view.getUint16(end + 10, true) }, () => {
    const length = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length))
    at += 46 + length + view.getUint16(at + 30, true)
    return name
  })
}
