/** Addresses as clients join them, and as web servers rewrite them. */
import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'

const ocs = createOcsMock({ onNotBuilt: () => {} })
const ADMIN = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' }
const ask = (address: string, init: RequestInit = {}) =>
  ocs.fetch(address, { headers: ADMIN, redirect: 'manual', ...init })

describe('an address', () => {
  it.each([
    'http://cloud//ocs/v2.php/cloud/user',
    'http://cloud/ocs//v2.php/cloud/user',
    'http://cloud/ocs/v2.php//cloud//user',
    'http://cloud/nextcloud/ocs/v2.php/cloud/user',
    'http://cloud/a/b//ocs/v2.php/cloud/user',
    'http://cloud//status.php',
    'http://cloud//remote.php//dav/files/admin/welcome.txt',
  ])('%s leads where it seems to lead', async (address) => {
    expect((await ask(address)).status).toBe(200)
  })

  it.each(['/login/v2', '/nextcloud/index.php/login/v2'])('%s is that of a page', async (path) => {
    const answer = await ask(`http://cloud${path}`, { method: 'POST' })
    const folder = path.startsWith('/nextcloud') ? '/nextcloud' : ''
    expect((await answer.json()).poll.endpoint).toBe(`http://cloud${folder}/index.php/login/v2/poll`)
  })

  it.each([
    ['/csrftoken', 200],
    ['/avatar/admin/64', 200],
    ['/204', 204],
    ['/index.php/ocs/v2.php/cloud/user', 404],
    ['/nope', 404],
  ])('%s does not need index.php', async (path, status) => {
    expect((await ask(`http://cloud${path}`)).status).toBe(status)
  })

  it('sends browsers to the login of its folder', async () => {
    const answer = await ask('http://cloud/nextcloud/ocs/v2.php/cloud/user?a=b', { headers: { Accept: 'text/html' } })
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      '/nextcloud/index.php/login?redirect_url=/nextcloud/ocs/v2.php/cloud/user?a%3Db',
    ])
  })
})
