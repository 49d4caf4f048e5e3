/** A browser that is remembered, as Nextcloud 34.0.1 remembers it. */
import { Browser } from '../../../support/browser.ts'
import { directly, expect, it } from '../../../support/ways.ts'

const API = { 'OCS-APIRequest': 'true' }
const NAMES = ['nc_username', 'nc_token', 'nc_session_id']
const ME = '/ocs/v2.php/cloud/user?format=json'
const DAY = 86_400_000

directly('a login that is remembered', { users: [{ id: 'alice', password: 'secret' }] }, (way) => {
  const remembering = (cookies: readonly string[]) =>
    cookies.filter((cookie) => cookie.startsWith('nc_') && !/SameSite/i.test(cookie.split('=')[0]!))
  const logIn = async (more: Record<string, string> = { rememberme: '1' }) => {
    const browser = new Browser(way)
    return { browser, answer: await browser.logIn('alice', 'secret', more) }
  }
  /** What a browser has left when its session is over. */
  const kept = (browser: Browser) => NAMES.map((name) => `${name}=${browser.cookies.get(name)}`).join('; ')
  const comeBack = (cookie: string, more: Record<string, string> = {}) =>
    way.fetch(ME, { headers: { ...API, Cookie: cookie, ...more } })
  const cookieOf = (answer: Response) =>
    remembering(answer.headers.getSetCookie())
      .map((cookie) => cookie.split(';')[0])
      .join('; ')

  it('sets three cookies for fifteen days, where the form asks for it', async () => {
    const { browser, answer } = await logIn()
    const set = remembering(answer.headers.getSetCookie())
    expect(set.map((cookie) => cookie.split('=')[0])).toEqual(NAMES)
    for (const cookie of set) expect(cookie).toContain('; Path=/; Max-Age=1296000; Secure; HttpOnly; SameSite=Lax')
    expect(browser.cookies.get('nc_username')).toBe('alice')
    for (const more of [{}, { rememberme: 'false' }, { rememberme: '0' }])
      expect(remembering((await logIn(more)).answer.headers.getSetCookie())).toEqual([])
    await way.ocs.occ('config:system:set remember_login_cookie_lifetime --type integer --value 0')
    expect(remembering((await logIn()).answer.headers.getSetCookie())).toEqual([])
  })

  it('comes back with a new session, and its old one is over', async () => {
    const { browser } = await logIn()
    const back = await comeBack(kept(browser))
    expect(back.status).toBe(200)
    expect((await back.json()).ocs.data.id).toBe('alice')
    expect(cookieOf(back)).not.toBe(kept(browser))
    expect((await browser.open('GET', ME, undefined, { ...API })).status).toBe(401)
    const session = back.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
    const lax = 'nc_sameSiteCookielax=true; nc_sameSiteCookiestrict=true'
    expect((await comeBack(`${session.filter((one) => !one?.startsWith('nc_')).join('; ')}; ${lax}`)).status).toBe(200)
  })

  it('spends what it comes back with, even where it brings the wrong session', async () => {
    const { browser } = await logIn()
    const old = kept(browser)
    const first = cookieOf(await comeBack(old))
    expect((await comeBack(old)).status).toBe(401)
    const wrong = first.replace(/nc_session_id=.*/, `nc_session_id=${browser.cookies.get('nc_session_id')}`)
    expect((await comeBack(wrong)).status).toBe(401)
    expect((await comeBack(first)).status).toBe(401)
  })

  it('comes back after its session was idle for too long, and not as somebody else', async () => {
    const { browser } = await logIn()
    way.ocs.world.clock.advance(3 * DAY)
    expect((await comeBack(kept(browser).replace('=alice', '=admin'))).status).toBe(401)
    expect((await comeBack(kept(browser))).status).toBe(200)
  })

  it('lets other credentials in where it is not known', async () => {
    const wrong = 'nc_username=alice; nc_token=x; nc_session_id=y'
    expect((await comeBack(wrong, { Authorization: `Basic ${btoa('alice:secret')}` })).status).toBe(200)
    expect((await comeBack(wrong, { Authorization: `Basic ${btoa('alice:wrong')}` })).status).toBe(401)
  })

  it('is forgotten by a logout, and by a form that comes from elsewhere', async () => {
    const { browser } = await logIn()
    const token = encodeURIComponent(await browser.requestToken())
    const forgotten = (answer: Response) =>
      answer.headers.getSetCookie().filter((cookie) => cookie.startsWith('nc_token=deleted'))
    const form = { user: 'alice', password: 'secret', requesttoken: '' }
    expect(
      forgotten(await browser.open('POST', '/index.php/login', form, { Origin: 'https://evil.example' })),
    ).toHaveLength(2)
    const out = await browser.open('GET', `/index.php/logout?requesttoken=${token}`)
    expect([out.status, forgotten(out).length]).toEqual([303, 2])
  })
})
