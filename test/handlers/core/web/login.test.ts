import * as users from '#world/accounts/users.ts'
import { Browser } from '../../../support/browser.ts'
import { directly, expect, it } from '../../../support/ways.ts'

const SEED = {
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', enabled: false },
  ],
}
const API = { 'OCS-APIRequest': 'true' }

directly('the web login', SEED, (way) => {
  const fields = '/ocs/v2.php/cloud/user/fields?format=json'

  way.inEveryWay('lets a browser in that sends an Origin and a request token, to the dashboard', async () => {
    const browser = new Browser(way)
    const answer = await browser.logIn('alice', 'secret')
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toMatch(/\/index\.php\/apps\/dashboard\/$/)
    expect(answer.headers.get('x-user-id')).toBe('alice')
    expect((await browser.open('GET', fields, undefined, API)).status).toBe(200)
  })

  it('keeps the time zone that the form tells, unless there is one', async () => {
    const zoneOf = () => users.find(way.ocs.world, 'alice')!.timezone
    const logIn = (timezone: string, timezone_offset = '1') =>
      new Browser(way).logIn('alice', 'secret', { timezone, timezone_offset })
    await logIn('Mars/North')
    await logIn('Europe/Paris', '')
    expect(zoneOf()).toBe('')
    await logIn('Europe/Berlin')
    await logIn('Europe/Paris')
    expect(zoneOf()).toBe('Europe/Berlin')
  })

  it('leads to where the browser wanted to go, but not to another host', async () => {
    const inside = await new Browser(way).logIn('alice', 'secret', { redirect_url: '/index.php/apps/files/?dir=/' })
    expect(inside.headers.get('location')).toMatch(/^https?:\/\/[^/]+\/index\.php\/apps\/files\/\?dir=\/$/)
    const outside = await new Browser(way).logIn('alice', 'secret', { redirect_url: ':user@evil.example' })
    expect(outside.headers.get('location')).toMatch(/dashboard\/$/)
  })

  it('sends a browser back that has wrong credentials, no Origin or no request token', async () => {
    const browser = new Browser(way)
    const back = '/index.php/login?user=alice&direct=1'
    expect((await browser.logIn('alice', 'wrong')).headers.get('location')).toBe(back)
    expect((await browser.logIn('alice', 'secret', { requesttoken: 'wrong' })).headers.get('location')).toBe(back)
    const form = { user: 'alice', password: 'secret', requesttoken: await browser.requestToken() }
    expect((await browser.open('POST', '/index.php/login', form)).headers.get('location')).toBe(back)
    const foreign = await browser.open('POST', '/index.php/login', form, { Origin: 'https://evil.example' })
    expect(foreign.headers.get('location')).toBe(back)
    expect((await browser.logIn('bob', 'bob')).headers.get('location')).toContain('user=bob')
    expect((await browser.open('GET', fields, undefined, API)).status).toBe(401)
  })

  it('shows a form with a request token in it', async () => {
    const browser = new Browser(way)
    const page = await (await browser.open('GET', '/index.php/login')).text()
    const token = /data-requesttoken="([^"]+)"/.exec(page)?.[1] ?? ''
    const form = { user: 'alice', password: 'secret', requesttoken: token }
    const answer = await browser.open('POST', '/index.php/login', form, { Origin: await browser.origin() })
    expect(answer.headers.get('x-user-id')).toBe('alice')
    expect((await browser.open('GET', '/index.php/login')).status).toBe(303)
  })

  it('accepts a session with a request token, which never looks the same', async () => {
    const browser = new Browser(way)
    await browser.logIn('alice', 'secret')
    const [first, second] = [await browser.requestToken(), await browser.requestToken()]
    expect(first).not.toBe(second)
    for (const requesttoken of [first, second]) {
      expect((await browser.open('GET', fields, undefined, { requesttoken })).status).toBe(200)
    }
    expect((await browser.open('GET', fields)).status).toBe(412)
    expect((await browser.open('GET', `${fields}&requesttoken=${encodeURIComponent(first)}`)).status).toBe(200)
  })

  it('wants both cookies of the session, and those of the same site', async () => {
    const browser = new Browser(way)
    await browser.logIn('alice', 'secret')
    const requesttoken = await browser.requestToken()
    const without = async (name: RegExp) => {
      const other = new Browser(way)
      for (const [key, value] of browser.cookies) if (!name.test(key)) other.cookies.set(key, value)
      return other.open('GET', fields, undefined, { requesttoken })
    }
    expect((await without(/oc_sessionPassphrase/)).status).toBe(401)
    const strict = await without(/nc_sameSiteCookiestrict/)
    expect([strict.status, await strict.json()]).toEqual([
      412,
      { error: 'Strict Cookie has not been found in request' },
    ])
  })

  it('asks for the password again, where an operation wants it', async () => {
    const browser = new Browser(way)
    await browser.logIn('admin', 'admin')
    const disable = () => browser.open('DELETE', `/ocs/v2.php/cloud/apps/comments?format=json`, undefined, API)
    expect((await disable()).status).toBe(200)
    way.ocs.world.clock.advance('1h')
    const refused = await disable()
    expect([refused.status, (await refused.json()).ocs.meta.message]).toEqual([
      403,
      'Password confirmation is required',
    ])
    expect((await browser.open('POST', '/index.php/login/confirm', { password: 'wrong' })).status).toBe(403)
    expect((await browser.open('POST', '/index.php/login/confirm', { password: 'admin' })).status).toBe(200)
    expect((await disable()).status).toBe(200)
    const enable = await browser.open('POST', '/ocs/v2.php/cloud/apps/comments?format=json', undefined, API)
    expect((await enable.json()).ocs.meta.message).toBe('Required authorization header missing')
  })

  it('ends with the logout, and after a day without a request', async () => {
    const browser = new Browser(way)
    await browser.logIn('alice', 'secret')
    expect((await browser.open('GET', '/index.php/logout')).status).toBe(412)
    const token = encodeURIComponent(await browser.requestToken())
    const out = await browser.open('GET', `/index.php/logout?requesttoken=${token}`)
    expect(out.headers.get('location')).toMatch(/\/index\.php\/login\?clear=1$/)
    expect((await browser.open('GET', fields, undefined, API)).status).toBe(401)

    await browser.logIn('alice', 'secret')
    way.ocs.world.clock.advance('23h')
    expect((await browser.open('GET', fields, undefined, API)).status).toBe(200)
    way.ocs.world.clock.advance('25h')
    expect((await browser.open('GET', fields, undefined, API)).status).toBe(401)
  })
})
