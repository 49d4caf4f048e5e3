/** What all answers carry, whoever gives them. */
import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'

const ocs = createOcsMock({ seed: { users: [{ id: 'alice' }] }, onNotBuilt: () => {} })
const ADMIN = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' }
const WRONG = { Authorization: `Basic ${btoa('admin:wrong')}`, 'OCS-APIRequest': 'true' }
const NO_STORE = 'no-cache, no-store, must-revalidate'

async function ask(path: string, headers: Record<string, string> = ADMIN, method = 'GET') {
  const response = await ocs.fetch(`http://cloud${path}`, { method, headers })
  const said = (name: string) => response.headers.get(name)
  return { status: response.status, cache: said('cache-control'), user: said('x-user-id'), headers: response.headers }
}

describe('an answer', () => {
  it.each([
    '/ocs/v2.php/cloud/user',
    '/ocs/v2.php/nope',
    '/index.php/nope',
    '/status.php',
    '/remote.php/dav/files/admin/welcome.txt',
    '/index.php/heartbeat',
  ])('of %s tells browsers what they may do with it', async (path) => {
    const { headers } = await ask(path)
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-permitted-cross-domain-policies')).toBe('none')
    expect(headers.get('x-robots-tag')).toBe('noindex, nofollow')
  })

  it.each([
    ['a controller', 200, '/ocs/v2.php/cloud/user'],
    ['a route that is not there', 404, '/ocs/v2.php/nope'],
    ['a parameter of another type', 400, '/ocs/v2.php/cloud/users?search[]=x'],
    ['a page that is not there', 404, '/index.php/nope'],
    ['a page', 200, '/index.php/csrftoken'],
  ])('of %s is not to be kept, and says who asked', async (_, status, path) => {
    expect(await ask(path)).toMatchObject({ status, cache: NO_STORE, user: 'admin' })
  })

  it.each([
    ['a controller', 'X-Request-Id', '/ocs/v2.php/cloud/user'],
    ['a route that is not there', 'X-Request-Id', '/ocs/v2.php/nope'],
    ['WebDAV', 'X-Request-Id', '/remote.php/dav/files/admin/welcome.txt'],
    ['WebDAV to its developers', 'X-Debug-Token', '/remote.php/dav/files/admin/welcome.txt'],
  ])('of %s names the request', async (_, header, path) => {
    const [one, two] = [await ask(path), await ask(path)].map(({ headers }) => headers.get(header))
    expect(one).toMatch(/^\w{20}$/)
    expect(two).not.toBe(one)
  })

  it.each(['/status.php', '/index.php/heartbeat', '/remote.php/dav/files/admin/nope'])(
    'of a script and of a failure of WebDAV names no request: %s',
    async (path) => {
      expect((await ask(path)).headers.get('X-Request-Id')).toBeNull()
    },
  )

  it('that is a page lets browsers run its own scripts alone', async () => {
    const { Authorization } = ADMIN
    const response = await ocs.fetch('http://cloud/index.php/apps/files/', {
      headers: { Authorization, Accept: 'text/html' },
    })
    const policy = response.headers.get('Content-Security-Policy')
    const nonce = /script-src 'nonce-([^']{44})';script-src-elem 'strict-dynamic' 'nonce-/.exec(policy ?? '')?.[1]
    const text = await response.text()
    expect(text).toContain(`<meta name="csp-nonce" nonce="${nonce}">`)
    expect(text.match(/<script(?![^>]* nonce=)/)).toBeNull()
    expect(response.headers.get('Feature-Policy')).toContain("fullscreen 'self'")
  })

  it('of a forged request says who asked, too', async () => {
    const { Authorization } = ADMIN
    expect(await ask('/ocs/v2.php/cloud/user', { Authorization })).toMatchObject({ status: 412, user: 'admin' })
  })

  it('of wrong credentials names nobody', async () => {
    expect(await ask('/ocs/v2.php/cloud/user', WRONG)).toMatchObject({ status: 401, cache: NO_STORE, user: null })
    expect(await ask('/index.php/csrftoken', WRONG)).toMatchObject({ status: 401, cache: null, user: null })
    expect(await ask('/index.php/nope', WRONG)).toMatchObject({ status: 401, cache: null, user: null })
  })

  it.each([
    ['DELETE', '/ocs/v2.php/cloud/capabilities', 405],
    ['PUT', '/index.php/csrftoken', 405],
    ['PROPFIND', '/index.php/nope', 405],
    ['GET', '/ocs/v2.php/cloud/capabilities?format[]=json', 200],
    ['GET', '/index.php/heartbeat', 200],
  ])('of no controller says neither: %s %s', async (method, path, status) => {
    expect(await ask(path, ADMIN, method)).toMatchObject({ status, cache: null, user: null })
  })

  it.each([
    ['Accept', 'application/json'],
    ['Accept', 'application/xml'],
    ['Sec-Fetch-Dest', 'script'],
  ])('to a program that finds no page is none: %s %s', async (name, value) => {
    const { Authorization } = ADMIN
    const response = await ocs.fetch('http://cloud/index.php/nope', { headers: { Authorization, [name]: value } })
    expect([response.status, await response.text(), response.headers.get('cache-control')]).toEqual([404, '', null])
  })
})

describe('the session of an account that was disabled', () => {
  it('is refused as a wrong password is, and still says whose it is', async () => {
    const mock = createOcsMock({ seed: { users: [{ id: 'alice' }] }, signedInAs: 'alice' })
    const own = () => mock.fetch('http://cloud/ocs/v2.php/cloud/user?format=json')
    expect((await own()).status).toBe(200)
    await mock.fetch('http://cloud/ocs/v2.php/cloud/users/alice/disable', { method: 'PUT', headers: ADMIN })
    const refused = await own()
    expect(refused.status).toBe(401)
    expect((await refused.json()).ocs.meta).toMatchObject({ statuscode: 997, message: 'Unauthorised' })
    expect(refused.headers.get('www-authenticate')).toBe('Basic realm="Authorisation Required"')
    expect(refused.headers.get('x-user-id')).toBe('alice')
  })
})
