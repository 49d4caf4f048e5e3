/** Addresses of the server itself. */
import { directly, expect, it } from '../../../support/ways.ts'

const ADMIN = { Authorization: `Basic ${btoa('admin:admin')}` }

directly('the server', {}, (way) => {
  const ask = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const answer = await way.fetch(path, { method, headers, redirect: 'manual' })
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }

  it('leads from its address to the login, or to what opens first', async () => {
    for (const path of ['/', '/index.php', '/index.php?x=1']) {
      const stranger = await ask(path)
      expect([stranger.status, stranger.headers.get('location')]).toEqual([302, `${way.base()}/index.php/login`])
      const known = await ask(path, ADMIN)
      expect(known.headers.get('location')).toBe(`${way.base()}/index.php/apps/dashboard/`)
      expect([known.headers.get('x-user-id'), known.headers.get('cache-control')]).toEqual(['admin', null])
    }
    expect((await ask('/', {}, 'POST')).status).toBe(302)
    const wanted = [{ Accept: 'application/json' }, { Accept: 'application/xml' }, { 'Sec-Fetch-Dest': 'style' }]
    for (const headers of wanted) expect(await ask('/', headers)).toMatchObject({ status: 404, text: '' })
    expect((await ask('/', { Accept: 'application/json, text/plain' })).status).toBe(302)
    expect((await ask('/status.php', {}, 'POST')).status).toBe(200)
    expect((await ask('/', {}, 'PROPFIND')).status).toBe(405)
  })

  it('keeps search engines out, with a file that PHP knows nothing of', async () => {
    const { status, headers, text } = await ask('/robots.txt')
    expect([status, text, headers.get('x-frame-options')]).toEqual([200, 'User-agent: *\nDisallow: /\n', null])
  })

  it('says in JSON what is well known and what is not', async () => {
    expect(await ask('/.well-known/nodeinfo')).toMatchObject({
      status: 404,
      text: '{"message":"nodeinfo not supported"}',
    })
    const moved = await ask('/.well-known/caldav')
    expect([moved.status, moved.headers.get('location')]).toEqual([301, `${way.base()}/remote.php/dav/`])
    expect((await ask('/index.php/.well-known/caldav')).status).toBe(404)
    const password = await ask('/.well-known/change-password')
    expect([password.status, password.headers.get('location')]).toEqual([
      303,
      `${way.base()}/index.php/settings/user/security`,
    ])
  })

  it('tells other servers what they can share', async () => {
    const [provider, wellKnown] = [await ask('/ocm-provider/'), await ask('/.well-known/ocm')]
    expect(JSON.parse(provider.text)).toMatchObject({ enabled: true, endPoint: `${way.base()}/index.php/ocm` })
    expect(wellKnown.text).toBe(provider.text)
    expect(provider.headers.get('x-nextcloud-ocm-providers')).toBe('1')
  })

  it('tells clients of OCS which services there are', async () => {
    const services = async () => Object.keys(JSON.parse((await ask('/ocs-provider/')).text).services)
    expect(await services()).toEqual(['PRIVATE_DATA', 'SHARING', 'FEDERATED_SHARING', 'ACTIVITY', 'PROVISIONING'])
    await way.ask('DELETE', '/cloud/apps/activity', { as: 'admin:admin' })
    expect(await services()).not.toContain('ACTIVITY')
  })

  it('has no other services below remote.php, which it says with 200', async () => {
    expect((await ask('/remote.php/nope')).status).toBe(200)
    expect((await ask('/remote.php')).status).toBe(404)
    expect((await ask('/public.php/nope')).status).toBe(404)
  })

  it.each(['icon', 'icon/files', 'favicon', 'favicon/files'])('has a plain picture as its %s', async (path) => {
    const { status, headers } = await ask(`/index.php/apps/theming/${path}`)
    expect([status, headers.get('content-type')]).toEqual([200, 'image/png'])
    expect(headers.get('cache-control')).toBe('private, max-age=86400, must-revalidate')
  })
})
