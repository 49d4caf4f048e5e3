import { Browser } from '../../../support/browser.ts'
import { directly, expect, it, type Way } from '../../../support/ways.ts'

const V2 = '/index.php/login/v2'
const SEED = { users: [{ id: 'alice', password: 'secret' }] }

async function begin(way: Way) {
  const started = await way.fetch(V2, { method: 'POST', headers: { 'User-Agent': 'A client' } })
  const { poll, login } = await started.json()
  return { token: poll.token as string, landing: new URL(login).pathname }
}

const poll = (way: Way, token: string) =>
  way.fetch(`${V2}/poll`, { method: 'POST', body: new URLSearchParams({ token }) })

const stateIn = (page: string) => /name="stateToken" value="([^"]+)"/.exec(page)?.[1] ?? ''

directly('login flow v2', SEED, (way) => {
  way.inEveryWay('gives a client an app password once its user agreed, and only once', async () => {
    const { token, landing } = await begin(way)
    expect((await poll(way, token)).status).toBe(404)

    const browser = new Browser(way)
    await browser.logIn('alice', 'secret')
    expect((await browser.open('GET', landing)).status).toBe(303)
    const stateToken = stateIn(await (await browser.open('GET', `${V2}/flow`)).text())
    const page = await (await browser.open('GET', `${V2}/grant?stateToken=${stateToken}`)).text()
    expect(page).toContain('Grant access')
    const form = { stateToken, requesttoken: await browser.requestToken() }
    expect((await browser.open('POST', `${V2}/grant`, form)).status).toBe(200)

    const credentials = await (await poll(way, token)).json()
    expect(credentials).toMatchObject({ loginName: 'alice', appPassword: expect.stringMatching(/^\w{72}$/) })
    expect((await poll(way, token)).status).toBe(404)
    const answer = await way.ask('GET', '/cloud/user/fields', { as: `alice:${credentials.appPassword}` })
    expect(answer.code).toBe(200)
  })

  it('hands on an app password that its user typed in', async () => {
    const { token, landing } = await begin(way)
    const made = await way.ask('GET', '/core/getapppassword', { as: 'alice:secret' })
    const password = /[A-Za-z0-9]{72}/.exec(made.text)?.[0] ?? ''
    const browser = new Browser(way)
    await browser.open('GET', landing)
    const stateToken = stateIn(await (await browser.open('GET', `${V2}/flow`)).text())
    const form = { stateToken, requesttoken: await browser.requestToken(), user: 'alice', password }
    expect((await browser.open('POST', `${V2}/apptoken`, form)).status).toBe(200)
    expect(await (await poll(way, token)).json()).toMatchObject({ loginName: 'alice', appPassword: password })
  })

  it('refuses those who come without a login, a state or a request token', async () => {
    const { landing } = await begin(way)
    const browser = new Browser(way)
    expect((await browser.open('GET', `${V2}/flow/nosuch`)).status).toBe(403)
    expect((await browser.open('GET', `${V2}/flow`)).status).toBe(403)
    expect((await browser.open('GET', `${V2}/grant`)).status).toBe(401)
    const toLogin = await browser.open('GET', `${V2}/grant?stateToken=x`, undefined, { Accept: 'text/html' })
    expect(toLogin.headers.get('location')).toBe(`/index.php/login?redirect_url=${V2}/grant?stateToken%3Dx`)
    await browser.logIn('alice', 'secret')
    await browser.open('GET', landing)
    expect((await browser.open('GET', `${V2}/grant`)).status).toBe(403)
    expect((await browser.open('POST', `${V2}/grant`, { stateToken: 'x' })).status).toBe(412)
    const form = { stateToken: 'x', requesttoken: await browser.requestToken() }
    expect((await browser.open('POST', `${V2}/grant`, form)).status).toBe(403)
    expect((await browser.open('POST', `${V2}/apptoken`, { ...form, user: 'alice', password: 'x' })).status).toBe(403)
  })

  it('is over after twenty minutes', async () => {
    const { landing } = await begin(way)
    way.ocs.world.clock.advance('21m')
    expect((await new Browser(way).open('GET', landing)).status).toBe(403)
  })

  it('wants a token to poll for', async () => {
    expect((await way.fetch(`${V2}/poll`, { method: 'POST' })).status).toBe(400)
  })
})
