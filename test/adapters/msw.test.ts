import { setupServer } from 'msw/node'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHandlers } from '#adapters/msw.ts'
import { createOcsMock } from '#index.ts'
import { OcsMock } from '#mock.ts'

describe('the handlers for MSW', () => {
  let server: ReturnType<typeof setupServer> | undefined
  // MSW also prints what it rejects.
  beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}))
  afterEach(() => {
    server?.close()
    vi.restoreAllMocks()
  })

  function intercepting(base?: string) {
    server = setupServer(...createHandlers(new OcsMock(), base))
    server.listen({ onUnhandledRequest: 'error' })
  }
  const statusOf = async (url: string) => (await fetch(url, { headers: { 'OCS-APIRequest': 'true' } })).status

  it('answer scripts of a Nextcloud on any host and below any folder', async () => {
    intercepting()
    expect(await statusOf('http://a.example/status.php')).toBe(200)
    expect(await statusOf('https://b.example:8443/next/cloud/ocs/v2.php/cloud/capabilities?format=json')).toBe(200)
    expect(await statusOf('http://a.example/ocs/v1.php/cloud/users')).toBe(401)
  })

  it('leave everything else alone', async () => {
    intercepting()
    await expect(fetch('http://a.example/ocs/v3.php/cloud/users')).rejects.toThrow()
    await expect(fetch('http://a.example/some/page?next=/ocs/v2.php/cloud/users')).rejects.toThrow()
  })

  it('answer below one address where one is given, and nowhere else', async () => {
    intercepting('http://Cloud.example.com:8080/nextcloud/')
    expect(await statusOf('http://cloud.example.com:8080/nextcloud/status.php')).toBe(200)
    await expect(fetch('http://cloud.example.com:8080/status.php')).rejects.toThrow()
    await expect(fetch('http://cloudXexample.com:8080/nextcloud/status.php')).rejects.toThrow()
  })

  it('take a star in the address for anything', async () => {
    intercepting('http://*.example.com')
    expect(await statusOf('http://one.example.com/status.php')).toBe(200)
    await expect(fetch('http://example.org/status.php')).rejects.toThrow()
  })

  it('come with a fork too, and answer from its world', async () => {
    const ocs = createOcsMock({ seed: { users: [{ id: 'alice' }] }, signedInAs: 'admin' })
    const fork = ocs.fork().fork('second')
    await fork.occ('user:delete alice')
    server = setupServer()
    server.listen({ onUnhandledRequest: 'error' })
    const accountsBy = async ({ handlers }: typeof ocs) => {
      server?.use(...handlers)
      const url = 'https://cloud.example.com/ocs/v2.php/cloud/users?format=json'
      return (await (await fetch(url, { headers: { 'OCS-APIRequest': 'true' } })).json()).ocs.data.users
    }
    expect(await accountsBy(fork)).toEqual(['admin'])
    expect(await accountsBy(ocs)).toEqual(['admin', 'alice'])
  })
})
