/**
 * What the public test suites of WebDAV clients check of a server: the basics, COPY and MOVE, properties, locks. Where
 * Nextcloud 34.0.1 does not pass such a check, it says here what it answers instead (asked).
 */
import { ask, type DavAsk, errorOf, textOf } from '../../support/dav.ts'
import { type DirectWay, directly, expect, it } from '../../support/ways.ts'

const HOME = '/remote.php/dav/files/alice'
const SEED = { users: [{ id: 'alice', password: 'alice' }], files: { alice: { '/a.txt': 'a', '/dir/b.txt': 'b' } } }

const asking =
  (way: DirectWay) =>
  (method: string, path: string, asked: DavAsk = {}) =>
    ask(way, method, `${HOME}${path}`, { as: 'alice:alice', ...asked })

directly('a server of files', SEED, (way) => {
  const as = asking(way)
  const to = (path: string, more: Record<string, string> = {}) => ({
    headers: { Destination: `${way.base()}${HOME}${path}`, ...more },
  })

  it('says that it is one', async () => {
    const { status, headers } = await as('OPTIONS', '/')
    expect(status).toBe(200)
    expect(headers.get('DAV')).toMatch(/\b1, 3\b.*\b2\b/)
    expect(headers.get('Allow')).toContain('PROPFIND')
  })

  it.each(['new.txt', 'res-%e2%82%ac'])('gives back what it got: %s', async (name) => {
    expect((await as('PUT', `/${name}`, { body: 'content' })).status).toBe(201)
    expect((await as('GET', `/${name}`)).text).toBe('content')
  })

  it.each([
    ['PUT', '/none/new.txt', 404],
    ['MKCOL', '/none/new', 409],
    ['MKCOL', '/a.txt', 405],
    ['MKCOL', '/dir', 405],
    ['MKCOL', '/new', 201],
    ['DELETE', '/none', 404],
    ['DELETE', '/dir', 204],
    ['DELETE', '/a.txt', 204],
  ])('answers %s %s with %i', async (method, path, status) => {
    expect((await as(method, path)).status).toBe(status)
  })

  it('makes no folder of a body that it does not understand', async () => {
    const body = { body: 'xzx', headers: { 'Content-Type': 'xzx-foo/bar' } }
    expect((await as('MKCOL', '/new', body)).status).toBe(415)
  })

  it('makes a folder, and tells what of it could not be set', async () => {
    const wanted = (properties: string) => ({
      body: `<d:mkcol xmlns:d="DAV:"><d:set><d:prop><d:resourcetype><d:collection/></d:resourcetype>${properties}</d:prop></d:set></d:mkcol>`,
      headers: { 'Content-Type': 'application/xml' },
    })
    const made = await as('MKCOL', '/named', wanted('<d:displayname>N</d:displayname><x:own xmlns:x="urn:x">1</x:own>'))
    expect([made.status, made.text.includes('HTTP/1.1 403 Forbidden')]).toEqual([207, true])
    expect((await as('MKCOL', '/own', wanted('<x:own xmlns:x="urn:x">1</x:own>'))).status).toBe(201)
    const listed = await as('PROPFIND', '/', { headers: { Depth: '1' } })
    expect([listed.text.includes('/named/'), listed.text.includes('/own/')]).toEqual([true, true])
  })

  it('copies and moves files, over others only where that is allowed', async () => {
    expect((await as('COPY', '/a.txt', to('/copy.txt'))).status).toBe(201)
    expect((await as('COPY', '/a.txt', to('/copy.txt', { Overwrite: 'F' }))).status).toBe(412)
    expect((await as('COPY', '/a.txt', to('/copy.txt'))).status).toBe(204)
    expect((await as('COPY', '/a.txt', to('/none/copy.txt'))).status).toBe(409)
    expect((await as('MOVE', '/copy.txt', to('/moved.txt'))).status).toBe(201)
    expect((await as('GET', '/copy.txt')).status).toBe(404)
    expect((await as('MOVE', '/moved.txt', to('/a.txt', { Overwrite: 'F' }))).status).toBe(412)
    expect((await as('MOVE', '/moved.txt', to('/a.txt'))).status).toBe(204)
  })

  it('removes what a file is copied over before it is copied, and it with its folder', async () => {
    const copied = await as('COPY', '/dir/b.txt', to('/dir'))
    expect([copied.status, errorOf(copied).message]).toEqual([404, 'File with name /dir/b.txt could not be located'])
    expect((await as('GET', '/dir/b.txt')).status).toBe(404)
    const home = await as('COPY', '/a.txt', to(''))
    expect([home.status, errorOf(home).message]).toEqual([403, 'Permission denied to delete home folder'])
  })

  it('copies and moves folders with what is in them', async () => {
    expect((await as('COPY', '/dir', to('/copy'))).status).toBe(201)
    expect((await as('GET', '/copy/b.txt')).text).toBe('b')
    expect((await as('MOVE', '/copy', to('/moved'))).status).toBe(201)
    expect((await as('GET', '/moved/b.txt')).text).toBe('b')
    expect((await as('COPY', '/a.txt', to('/moved'))).status).toBe(204)
    expect((await as('GET', '/moved')).text).toBe('a')
  })

  it.each([
    ['<foo>', 'Extra content at the end of the document'],
    [
      '<D:propfind xmlns:D="DAV:"><D:prop><bar:foo xmlns:bar=""/></D:prop></D:propfind>',
      'xmlns:bar: Empty XML namespace is not allowed',
    ],
    [
      '<D:propfind xmlns:D="DAV:"><D:prop><bar:foo/></D:prop></D:propfind>',
      'Namespace prefix bar on foo is not defined',
    ],
  ])('refuses a question that is no XML: %s', async (body, message) => {
    const answer = await as('PROPFIND', '/a.txt', { body, headers: { Depth: '0' } })
    expect(answer.status).toBe(400)
    expect(errorOf(answer).message).toContain(message)
  })

  const set = (name: string, value: string) =>
    as('PROPPATCH', '/a.txt', {
      body: update(`<d:set><d:prop><${name}>${value}</${name.split(' ')[0]}></d:prop></d:set>`),
    })
  const update = (inner: string) => `<d:propertyupdate xmlns:d="DAV:">${inner}</d:propertyupdate>`
  const kept = async (name: string, path = '/a.txt') => {
    const body = `<d:propfind xmlns:d="DAV:"><d:prop><${name}/></d:prop></d:propfind>`
    const { text } = await as('PROPFIND', path, { body, headers: { Depth: '0' } })
    return /<d:prop>(.*)<\/d:prop>/.exec(text)?.[1]
  }

  it.each([
    ['n:x xmlns:n="t:"', 'text', '<x1:x xmlns:x1="t:">text</x1:x>'],
    ['x xmlns=""', 'none', '<x xmlns="">none</x>'],
    ['n:x xmlns:n="t:"', '&#65536;&#x41;', '<x1:x xmlns:x1="t:">\u{10000}A</x1:x>'],
    ['n:x xmlns:n="t:"', ' &lt;q&gt; <![CDATA[<r>&]]>', '<x1:x xmlns:x1="t:"> &lt;q&gt; &lt;r&gt;&amp;</x1:x>'],
    ['n:x xmlns:n="t:"', '<n:b>inner</n:b>', '<x1:x xmlns:x1="t:"><x1:b xmlns:x1="t:">inner</x1:b></x1:x>'],
    ['n:x xmlns:n="t:"', 'a<n:b/>c', '<x1:x xmlns:x1="t:"><x1:b xmlns:x1="t:"/></x1:x>'],
    ['n:x xmlns:n="t:"', '<n:y a="b">z</n:y>', '<x1:x xmlns:x1="t:"><x1:y a="b" xmlns:x1="t:">z</x1:y></x1:x>'],
    ['n:__proto__ xmlns:n="t:"', '1', '<x1:__proto__ xmlns:x1="t:">1</x1:__proto__>'],
  ])('keeps the property %s with %s', async (name, value, shown) => {
    expect((await set(name, value)).status).toBe(207)
    expect(await kept(name)).toBe(shown)
  })

  it('forgets a property that is set to nothing, and says so', async () => {
    await set('n:x xmlns:n="t:"', 'text')
    expect((await set('n:x xmlns:n="t:"', '')).text).toContain('204 No Content')
    expect(await kept('n:x xmlns:n="t:"')).toBe('<x1:x xmlns:x1="t:"/>')
  })

  it('keeps what was set last of the changes of one request', async () => {
    const change = (kind: string) => `<d:${kind}><d:prop><n:x xmlns:n="t:">1</n:x></d:prop></d:${kind}>`
    await as('PROPPATCH', '/a.txt', { body: update(change('remove') + change('set')) })
    expect(await kept('n:x xmlns:n="t:"')).toContain('>1<')
    await as('PROPPATCH', '/a.txt', { body: update(change('set') + change('remove')) })
    expect(await kept('n:x xmlns:n="t:"')).not.toContain('>1<')
  })

  it('moves properties with their file', async () => {
    await set('n:x xmlns:n="t:"', 'text')
    await as('MOVE', '/a.txt', to('/moved.txt'))
    expect(await kept('n:x xmlns:n="t:"', '/moved.txt')).toContain('>text<')
  })
})

directly('a server of files with locks', { ...SEED, apps: { enabled: ['files_lock'] } }, (way) => {
  const as = asking(way)
  const lockInfo = (scope: string) =>
    `<d:lockinfo xmlns:d="DAV:"><d:lockscope><d:${scope}/></d:lockscope><d:locktype><d:write/></d:locktype></d:lockinfo>`
  const lock = (path: string, scope = 'exclusive') =>
    as('LOCK', path, { body: lockInfo(scope), headers: { Depth: '0' } })
  const tokenOf = ({ headers }: { readonly headers: Headers }) => headers.get('Lock-Token')!

  it('locks a file, shows the lock, and lets its owner write', async () => {
    const locked = await lock('/a.txt')
    expect(locked.status).toBe(200)
    const token = tokenOf(locked)
    const body = '<d:propfind xmlns:d="DAV:"><d:prop><d:lockdiscovery/></d:prop></d:propfind>'
    const shown = await as('PROPFIND', '/a.txt', { body, headers: { Depth: '0' } })
    expect(textOf(shown, 'd:href')).toBe(`${HOME}/a.txt`)
    expect(shown.text).toContain(token.replace(/[<>]/g, ''))
    expect((await as('PUT', '/a.txt', { body: 'new' })).status).toBe(423)
    expect((await as('PUT', '/a.txt', { body: 'new', headers: { If: `(${token})` } })).status).toBe(204)
    expect((await as('UNLOCK', '/a.txt', { headers: { 'Lock-Token': token } })).status).toBe(204)
    expect((await as('PUT', '/a.txt', { body: 'new' })).status).toBe(204)
  })

  it('refreshes a lock, and refuses another, a shared one too', async () => {
    const token = tokenOf(await lock('/a.txt', 'shared'))
    expect((await as('LOCK', '/a.txt', { headers: { If: `(${token})` } })).status).toBe(200)
    const foreign = await as('LOCK', '/a.txt', { headers: { If: '(<opaquelocktoken:other>)' } })
    expect([foreign.status, errorOf(foreign).exception]).toEqual([423, 'Locked'])
    expect((await as('LOCK', '/a.txt')).status).toBe(423)
    for (const scope of ['exclusive', 'shared']) expect((await lock('/a.txt', scope)).status).toBe(423)
  })

  it.each(['(<opaquelocktoken:other>)', '(Not <DAV:no-lock>)', '(["other"])', ''])(
    'writes nothing into a locked file for who names %s',
    async (condition) => {
      await lock('/a.txt')
      expect((await as('PUT', '/a.txt', { body: 'new', headers: { If: condition } })).status).toBe(423)
    },
  )

  // What stands in the place of ETAG is the file's own.
  it.each([
    ['(<opaquelocktoken:other>)', 412],
    ['(Not <opaquelocktoken:other>)', 204],
    ['(["other"])', 412],
    ['(Not ["other"])', 204],
    ['([ETAG])', 204],
    ['(Not [ETAG])', 412],
    ['(<DAV:no-lock>)', 412],
    ['(Not <DAV:no-lock> ["other"])', 204],
    ['(<opaquelocktoken:other> [ETAG])', 412],
    ['(["other"]) ([ETAG])', 204],
    ['(<urn:a> <urn:b>)', 204],
    ['()', 500],
    [`<${HOME}/a.txt> (["other"])`, 412],
    [`<${HOME}/a.txt> ([ETAG])`, 204],
    [`<${HOME}/missing.txt> ([ETAG])`, 404],
    [`<${HOME}/missing.txt> (<opaquelocktoken:other>) ([ETAG])`, 404],
    ['<http://elsewhere.example.org/x> ([ETAG])', 403],
  ])('writes into an unlocked file under the condition %s: %i', async (condition, status) => {
    const etag = (await as('HEAD', '/a.txt')).headers.get('ETag')!
    const If = condition.replace('ETAG', etag)
    expect((await as('PUT', '/a.txt', { body: 'new', headers: { If } })).status).toBe(status)
  })

  it('finds no etag of what is not there yet', async () => {
    expect((await as('PUT', '/fresh.txt', { body: 'new', headers: { If: '(["other"])' } })).status).toBe(404)
  })

  it.each([
    ['(<opaquelocktoken:other>)', 200],
    ['(<DAV:no-lock>)', 200],
    ['(Not <opaquelocktoken:other>)', 412],
    ['(<opaquelocktoken:other> ["other"])', 412],
  ])('takes any token of who asks for a lock: %s: %i', async (condition, status) => {
    const body = lockInfo('exclusive')
    expect((await as('LOCK', '/a.txt', { body, headers: { If: condition } })).status).toBe(status)
  })

  it('changes nothing where both a lock and a condition forbid it, and says what comes first', async () => {
    const token = tokenOf(await lock('/a.txt'))
    const put = (headers: Record<string, string>) => as('PUT', '/a.txt', { body: 'new', headers })
    expect((await put({ 'If-Match': '"other"' })).status).toBe(412)
    expect((await put({ If: `(${token} ["other"])` })).status).toBe(412)
    expect((await put({ If: '<http://elsewhere.example.org/x> (["other"])' })).status).toBe(403)
    expect((await put({ If: `(${token} ["other"]) (Not <DAV:no-lock> ["other"])` })).status).toBe(204)
  })

  it('makes an empty file of a lock on nothing', async () => {
    const locked = await lock('/unmapped.txt')
    expect(locked.status).toBe(201)
    expect((await as('GET', '/unmapped.txt')).text).toBe('')
  })

  it.each([
    ['nothing', ''],
    ['no XML', '<'],
    ['another element', '<a/>'],
  ])('takes no lock of %s', async (_, body) => {
    expect((await as('LOCK', '/a.txt', { body })).status).toBeGreaterThanOrEqual(400)
    expect((await as('PUT', '/a.txt', { body: 'new' })).status).toBe(204)
  })
})
