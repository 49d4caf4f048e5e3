import * as circles from '#handlers/circles/state.ts'
import { everyTransport, expect, it } from '../../support/ways.ts'

const BASE = '/index.php/apps/circles'
const SEED = { users: [{ id: 'alice', password: 'alice' }] }
const ALICE = { Authorization: `Basic ${btoa('alice:alice')}`, 'OCS-APIRequest': 'true' }

everyTransport('what servers ask of teams', { seed: SEED }, (way) => {
  const ask = async (method: string, path: string, headers = {}) => {
    const response = await way.fetch(BASE + path, { method, headers })
    return [response.status, await response.json()]
  }

  it.each([
    '/test',
    '/circles/',
    '/circle/nosuchteam/',
    '/members/nosuchteam/',
    '/member/1/alice/',
    '/inherited/nosuchteam/',
    '/memberships/nosuchteam/',
  ])('%s is for those who sign', async (path) => {
    expect(await ask('GET', path)).toEqual([401, { message: "missing elements in 'headers'", code: 0 }])
  })

  it.each(['/event/', '/incoming/'])('%s fails where no server is known', async (path) => {
    expect(await ask('POST', path)).toMatchObject([500, { code: 500, message: 'interface not initialized' }])
  })

  it('the server says who it is to those who take JSON alone, and nothing before it has an address', async () => {
    const open = (accept: string, headers = {}) =>
      way.fetch(`${BASE}/`, { redirect: 'manual', headers: { Accept: accept, ...headers } })
    for (const accept of ['application/json', 'text/html, application/activity+json;q=0.5', 'application/ld+json'])
      expect((await open(accept, ALICE)).status).toBe(500)
    expect(await (await open('*/*', ALICE)).json()).toEqual([])
    const anonymous = await open('application/xml')
    expect([anonymous.status, await anonymous.json()]).toEqual([401, { message: 'Current user is not logged in' }])
    const page = await open('text/html')
    expect([page.status, page.headers.get('location')]).toEqual([
      303,
      '/index.php/login?redirect_url=/index.php/apps/circles/',
    ])
  })

  it('the server asks itself', async () => {
    expect(await ask('POST', '/async/nosuchtoken/')).toEqual([200, []])
  })

  it('lists teams by a part of their name', async () => {
    const made = circles.create(way.ocs.world, 'alice', 'Team', false) as circles.Circle
    expect(await ask('GET', '/listing?term=EAM', ALICE)).toMatchObject([200, { data: [{ id: made.id }] }])
    expect(await ask('GET', '/listing?term=other', ALICE)).toEqual([200, { data: [] }])
  })
})
