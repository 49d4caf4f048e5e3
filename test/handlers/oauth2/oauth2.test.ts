import { Browser } from '../../support/browser.ts'
import { directly, expect, it, type Way } from '../../support/ways.ts'

const FLOW = '/index.php/login/flow'
const OAUTH = '/index.php/apps/oauth2'
const SEED = {
  users: [{ id: 'alice', password: 'secret', displayName: 'Alice' }],
  files: { alice: { '/a.txt': 'a' } },
  oauthClients: [
    { name: 'Calendar', redirectUri: 'https://app.example.com/back?x=1', clientId: 'app', clientSecret: 'hidden' },
  ],
  clock: { now: '2026-03-02T10:00:00Z', frozen: true },
}
const CLIENT = { client_id: 'app', client_secret: 'hidden' }

interface Tokens {
  readonly access_token: string
  readonly refresh_token: string
}

const stateIn = (page: string) => /name="stateToken" value="([^"]+)"/.exec(page)?.[1] ?? ''
const asAdmin = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' }

/** The way of a browser, from the client's link back to the client. */
async function agree(way: Way): Promise<URL> {
  const browser = new Browser(way)
  const start = await browser.open('GET', `${OAUTH}/authorize?response_type=code&client_id=app&state=a%20b`)
  const flow = new URL(start.headers.get('location')!)
  expect([start.status, flow.pathname]).toEqual([303, FLOW])
  const picker = await (await browser.open('GET', flow.pathname + flow.search)).text()
  expect(picker).toContain('Connect Calendar to your account')
  const stateToken = stateIn(picker)
  await browser.logIn('alice', 'secret')
  const page = await browser.open('GET', `${FLOW}/grant?stateToken=${stateToken}&clientIdentifier=app`)
  expect(await page.text()).toContain('Grant Calendar access to the account of alice.')
  const form = { stateToken, clientIdentifier: 'app', requesttoken: await browser.requestToken() }
  const back = await browser.open('POST', FLOW, form)
  expect(back.status).toBe(303)
  return new URL(back.headers.get('location')!)
}

directly('OAuth 2', SEED, (way) => {
  const exchange = async (form: Record<string, string>, headers: Record<string, string> = {}) => {
    const response = await way.fetch(`${OAUTH}/api/v1/token`, {
      method: 'POST',
      headers,
      body: new URLSearchParams(form),
    })
    return { status: response.status, body: await response.json() }
  }
  const redeem = (code: string) => exchange({ grant_type: 'authorization_code', code, ...CLIENT })
  const refresh = (token: string) => exchange({ grant_type: 'refresh_token', refresh_token: token, ...CLIENT })
  const get = (path: string, token: string) =>
    way.fetch(path, { headers: { Authorization: `Bearer ${token}`, 'OCS-APIRequest': 'true' } })
  const user = async (token: string) => (await get('/ocs/v2.php/cloud/user?format=json', token)).status

  way.inEveryWay('lets a client in with the account of who agreed, over OCS and WebDAV', async () => {
    const back = await agree(way)
    expect(back.origin + back.pathname).toBe('https://app.example.com/back')
    expect([back.searchParams.get('x'), back.searchParams.get('state')]).toEqual(['1', 'a b'])
    const { status, body } = await redeem(back.searchParams.get('code')!)
    expect([status, body]).toEqual([
      200,
      {
        access_token: expect.stringMatching(/^[A-Za-z0-9]{72}$/),
        token_type: 'Bearer',
        expires_in: 3600,
        refresh_token: expect.stringMatching(/^[A-Za-z0-9]{128}$/),
        user_id: 'alice',
      },
    ])
    const { access_token: token } = body as Tokens
    expect(await user(token)).toBe(200)
    expect(await (await get('/remote.php/dav/files/alice/a.txt', token)).text()).toBe('a')
  })

  it('takes a code once, and for ten minutes', async () => {
    const code = (await agree(way)).searchParams.get('code')!
    expect((await redeem(code)).status).toBe(200)
    expect(await redeem(code)).toEqual({ status: 400, body: { error: 'invalid_request' } })
    const late = (await agree(way)).searchParams.get('code')!
    way.ocs.world.clock.advance('11m')
    expect(await redeem(late)).toEqual({ status: 400, body: { error: 'invalid_request' } })
  })

  it('gives new tokens for a refresh token, and ends the old ones', async () => {
    const first = (await redeem((await agree(way)).searchParams.get('code')!)).body as Tokens
    way.ocs.world.clock.advance('61m')
    expect(await user(first.access_token)).toBe(401)
    const next = (await refresh(first.refresh_token)).body as Tokens
    expect(await user(next.access_token)).toBe(200)
    expect(await user(first.access_token)).toBe(401)
    expect(await refresh(first.refresh_token)).toEqual({ status: 400, body: { error: 'invalid_request' } })
  })

  it('knows a client by its secret, in the form or as credentials', async () => {
    const code = (await agree(way)).searchParams.get('code')!
    const wrong = { grant_type: 'authorization_code', code, ...CLIENT, client_secret: 'x' }
    expect(await exchange(wrong)).toEqual({ status: 400, body: { error: 'invalid_client' } })
    expect(await exchange({ grant_type: 'password' })).toEqual({ status: 400, body: { error: 'invalid_grant' } })
    const basic = { Authorization: `Basic ${btoa('app:hidden')}` }
    expect((await exchange({ grant_type: 'authorization_code', code }, basic)).status).toBe(200)
  })

  it('sends browsers back who come for something else than a code, and knows no other clients', async () => {
    const browser = new Browser(way)
    const other = await browser.open('GET', `${OAUTH}/authorize?response_type=token&client_id=app&state=s`)
    expect(other.headers.get('location')).toBe(
      'https://app.example.com/back?x=1?error=unsupported_response_type&state=s',
    )
    const page = await browser.open('GET', `${OAUTH}/authorize?response_type=code&client_id=nope&state=s`)
    expect(await page.text()).toContain('Your client is not authorized to connect.')
  })

  way.inEveryWay('has clients that administrators add and remove, with all that they were granted', async () => {
    const send = async (method: string, path: string, json?: object) => {
      const headers = { ...asAdmin, 'Content-Type': 'application/json' }
      const response = await way.fetch(`${OAUTH}/clients${path}`, { method, headers, body: JSON.stringify(json ?? {}) })
      return { status: response.status, body: await response.json() }
    }
    const made = await send('POST', '', { name: 'Mail', redirectUri: 'https://mail.example.com' })
    expect(made.body).toEqual({
      id: 2,
      name: 'Mail',
      redirectUri: 'https://mail.example.com',
      clientId: expect.stringMatching(/^\w{64}$/),
      clientSecret: expect.stringMatching(/^\w{64}$/),
    })
    expect((await send('POST', '', { name: 'Mail', redirectUri: 'mail' })).status).toBe(400)
    const { access_token: token } = (await redeem((await agree(way)).searchParams.get('code')!)).body as Tokens
    expect(await send('DELETE', '/1')).toEqual({ status: 200, body: [] })
    expect(await user(token)).toBe(401)
  })

  it('has commands', async () => {
    const added = await way.ocs.occ(['oauth2:add-client', 'Mail', 'https://mail.example.com', '--output=json'])
    expect(JSON.parse(added.stdout)).toMatchObject({ id: 2, name: 'Mail' })
    const wrong = await way.ocs.occ(['oauth2:add-client', 'Mail', 'mail'])
    expect([wrong.exitCode, wrong.stdout]).toEqual([1, expect.stringContaining('needs to be a full URL')])
    expect((await way.ocs.occ(['oauth2:delete-client', '2'])).exitCode).toBe(0)
    const gone = await way.ocs.occ(['oauth2:delete-client', '2'])
    expect([gone.exitCode, gone.stdout]).toEqual([1, 'could not find client with id 2\n'])
  })
})

directly('login flow v1', SEED, (way) => {
  it('sends the user back to a client of the product with an app password', async () => {
    const browser = new Browser(way)
    await browser.logIn('alice', 'secret')
    const asClient = { 'OCS-APIRequest': 'true', 'User-Agent': 'A client' }
    const stateToken = stateIn(await (await browser.open('GET', FLOW, undefined, asClient)).text())
    const form = { stateToken, requesttoken: await browser.requestToken() }
    const back = await browser.open('POST', FLOW, form)
    const [, password] = /^nc:\/\/login\/server:.*&user:alice&password:(\w{72})$/.exec(back.headers.get('location')!)!
    expect((await way.ask('GET', '/cloud/user', { as: `alice:${password}` })).code).toBe(200)
    expect((await browser.open('GET', `${FLOW}/grant?stateToken=${stateToken}`)).status).toBe(401)
  })

  it('hands on an app password that its user typed in', async () => {
    const made = await way.ask('GET', '/core/getapppassword', { as: 'alice:secret' })
    const { apppassword: password } = made.data as { apppassword: string }
    const browser = new Browser(way)
    const stateToken = stateIn(await (await browser.open('GET', FLOW, undefined, { 'OCS-APIRequest': 'true' })).text())
    const form = { stateToken, requesttoken: await browser.requestToken(), user: 'alice', password }
    const back = await browser.open('POST', `${FLOW}/apptoken`, form)
    expect(back.headers.get('location')).toMatch(new RegExp(`^nc://login/server:.*&user:alice&password:${password}$`))
    expect((await browser.open('POST', `${FLOW}/apptoken`, { ...form, password: 'x' })).status).toBe(403)
  })

  it('is for clients alone, and for who has the state of the page before', async () => {
    const browser = new Browser(way)
    expect(await (await browser.open('GET', FLOW)).text()).toContain('Invalid request')
    await browser.logIn('alice', 'secret')
    expect((await browser.open('GET', `${FLOW}/grant?stateToken=x`)).status).toBe(403)
    const form = { stateToken: '', requesttoken: await browser.requestToken() }
    expect((await browser.open('POST', FLOW, form)).status).toBe(403)
  })
})
