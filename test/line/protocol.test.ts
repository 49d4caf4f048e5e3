import { everyWay, expect, it } from '../support/ways.ts'

const LEGACY = 'text/xml; charset=utf-8'
const CONTROLLER = 'application/xml; charset=utf-8'
const JSON_TYPE = 'application/json; charset=utf-8'
const typeOf = (headers: Headers) => headers.get('content-type')?.toLowerCase()

everyWay('the line', { users: [{ id: 'alice', password: 'secret' }] }, (way) => {
  const isJson = way.format === 'json'

  it("answers anonymous callers by the controllers' exit", async () => {
    const answer = await way.ask('GET', '/cloud/users')
    expect([answer.status, answer.code, answer.message]).toEqual([401, 997, 'Current user is not logged in'])
    expect(typeOf(answer.headers)).toBe(isJson ? JSON_TYPE : CONTROLLER)
  })

  it('answers wrong credentials by the legacy exit, before any route is looked for', async () => {
    for (const path of ['/cloud/users', '/nope']) {
      const answer = await way.ask('GET', path, { as: 'admin:wrong' })
      expect([answer.status, answer.code, answer.message]).toEqual([401, 997, 'Unauthorised'])
      expect(typeOf(answer.headers)).toBe(isJson ? JSON_TYPE : LEGACY)
      expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Authorisation Required"')
    }
  })

  it('challenges scripts with a scheme that no browser knows', async () => {
    const answer = await way.ask('GET', '/cloud/users', {
      as: 'admin:wrong',
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
    })
    expect(answer.headers.get('www-authenticate')).toBe('DummyBasic realm="Authorisation Required"')
  })

  it('answers unknown routes 998 by the legacy exit', async () => {
    const answer = await way.ask('GET', '/nope', { as: 'admin:admin' })
    expect([answer.status, answer.code]).toEqual([way.version === 1 ? 200 : 404, 998])
    expect(typeOf(answer.headers)).toBe(isJson ? JSON_TYPE : LEGACY)
  })

  it('answers a method that a route does not have 405 without a body', async () => {
    const answer = await way.ask('PATCH', '/config', { as: 'admin:admin' })
    expect([answer.status, answer.text]).toEqual([405, ''])
  })

  it('wants OCS-APIRequest, whatever it says, and answers without an envelope else', async () => {
    const refused = await way.ask('GET', '/config', { as: 'admin:admin', ocs: false })
    expect([refused.status, refused.text]).toEqual([412, '{"message":"CSRF check failed"}'])
    const taken = await way.ask('GET', '/config', { as: 'admin:admin', headers: { 'OCS-APIRequest': 'false' } })
    expect(taken.code).toBe(200)
  })

  it('sends browsers without a login to the login', async () => {
    const response = await way.fetch(`/ocs/v${way.version}.php/cloud/user`, {
      headers: { Accept: 'text/html', 'OCS-APIRequest': 'true' },
      redirect: 'manual',
    })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toMatch(/\/index\.php\/login\?redirect_url=/)
  })

  it('lets the format parameter win over Accept, wherever it stands', async () => {
    const other = isJson ? 'xml' : 'json'
    const inQuery = await way.ask('GET', `/config?format=${other}`)
    const inBody = await way.ask('PUT', '/nope', { json: { format: other } })
    expect([inQuery.isJson, inBody.isJson]).toEqual([!isJson, !isJson])
  })

  it('answers HEAD with the headers of GET and no body', async () => {
    const answer = await way.ask('HEAD', '/config')
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(typeOf(answer.headers)).toBe(isJson ? JSON_TYPE : CONTROLLER)
  })

  it('folds repeated slashes and decodes before it matches', async () => {
    expect((await way.ask('GET', '//config')).code).toBe(200)
    expect((await way.ask('GET', '/%63onfig')).code).toBe(200)
    expect((await way.ask('GET', '/config/')).code).toBe(998)
  })

  it('is unavailable under maintenance, even for wrong credentials', async () => {
    way.ocs.reset({ config: { system: { maintenance: true } } })
    const answer = await way.ask('GET', '/config', { as: 'admin:wrong' })
    expect([answer.status, answer.code, answer.message]).toEqual([503, 503, 'Service unavailable'])
    expect(answer.headers.get('x-nextcloud-maintenance-mode')).toBe('1')
  })

  it('does not know the routes of a disabled app', async () => {
    way.ocs.reset({ apps: { disabled: ['files_sharing'] } })
    const answer = await way.ask('GET', '/apps/files_sharing/api/v1/shares', { as: 'admin:admin' })
    expect(answer.code).toBe(998)
  })

  it('writes every request into the journal', async () => {
    await way.ask('GET', '/config', { as: 'alice:secret' })
    expect(way.ocs.journal.entries).toMatchObject([
      {
        id: 1,
        method: 'GET',
        path: `/ocs/v${way.version}.php/config`,
        actor: 'alice',
        operation: 'core-ocs-get-config',
        status: 200,
      },
    ])
  })
})
