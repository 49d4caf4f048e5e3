import { setupServer } from 'msw/node'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createOcsMock, type OcsMockOptions, UserError } from '#index.ts'
import type { Expectation } from '#journal/expectation.ts'
import { type OcsMockServer, type ServeOptions, serve } from '#server.ts'

/** What somebody wrote who has no type checker. */
const written = <T>(value: object) => value as T

const BASE = 'https://cloud.example.com'
const admin = { Authorization: `Basic ${btoa('admin:admin')}` }

describe('a mistake in an option', () => {
  it.each([
    [{ signedIn: 'admin' }, '"signedIn" is unknown. Did you mean "signedInAs"?'],
    [{ sed: {} }, '"sed" is unknown. Did you mean "seed"?'],
    [{ journalLimit: -1 }, 'write a whole number from 0'],
    [{ profile: 'nextcloud-43' }, 'Known are: nextcloud-34'],
    [{ scenario: 'quota-exceded' }, 'Did you mean "quota-exceeded"?'],
  ])('of a mock is told: %j', async (options, message) => {
    const make = async () => {
      const ocs = createOcsMock(written<OcsMockOptions>(options))
      await ocs.scenario.finish()
    }
    await expect(make()).rejects.toThrow(message)
  })

  it.each([
    [{ hostt: '127.0.0.1' }, '"hostt" is unknown. Did you mean "host"?'],
    [{ ports: 1 }, '"ports" is unknown. Did you mean "port"?'],
    [{ worlds: 0 }, 'write a whole number from 1'],
  ])('of a server is told: %j', async (options, message) => {
    await expect(serve(written<ServeOptions>(options))).rejects.toThrow(message)
  })

  it('is none where it is left out by undefined', () => {
    expect(() => createOcsMock(written<OcsMockOptions>({ signedInn: undefined }))).not.toThrow()
  })
})

describe('a platform that is too old', () => {
  const { canParse } = URL
  afterEach(() => {
    URL.canParse = canParse
  })

  it('is told with a sentence', () => {
    Reflect.deleteProperty(URL, 'canParse')
    expect(() => createOcsMock()).toThrow(/^ocs-mock needs Node 20\.19 or newer, or a browser .*: this is Node \d+/)
  })
})

describe('a port that is in use', () => {
  let server: OcsMockServer | undefined
  afterEach(() => server?.close())

  it('is told with a sentence', async () => {
    server = await serve()
    await expect(serve({ port: server.port })).rejects.toThrow(/the port is in use/)
  })
})

describe('a mistake in what is expected', () => {
  const ocs = createOcsMock()

  it.each([
    [{ path: '/status.php', tims: 3 }, '"tims" is unknown. Did you mean "times"?'],
    [{ operation: 'provisioning_api-users-get-usr', times: 0 }, 'Did you mean "provisioning_api-users-get-user"?'],
    [{ inOrder: [{ metod: 'GET' }] }, '"metod" is unknown. Did you mean "method"?'],
    [{ inOrder: [{ operation: 'statuss' }] }, 'there is no operation "statuss"'],
  ])('is told: %j', (expectation, message) => {
    const mistaken = () => ocs.journal.expect(written<Expectation>(expectation))
    expect(mistaken).toThrow(UserError)
    expect(mistaken).toThrow(message)
  })

  it('is told of what is looked for', () => {
    expect(() => ocs.journal.find(written<Expectation>({ staus: 200 }))).toThrow('Did you mean "status"?')
  })

  it('is none in what is right', () => {
    ocs.journal.expect({ operation: 'provisioning_api-users-get-user', times: 0 })
    ocs.journal.expect({ operation: null, times: 0 })
  })
})

describe('a fault that could never strike', () => {
  it.each([
    [{ on: { operation: 'provisioning_api-users-get-usr' }, drop: 'request' as const }],
    [{ replace: { operation: 'provisioning_api-users-get-usr', data: {} } }],
  ])('is told: %j', (fault) => {
    expect(() => createOcsMock().faults.add(fault)).toThrow('Did you mean "provisioning_api-users-get-user"?')
  })
})

describe('a fault whose answer nobody could send', () => {
  it.each([-1, 0, 99, 1000, 200.5])('is told: the status %d', (status) => {
    expect(() => createOcsMock().faults.add({ answer: { status } })).toThrow('an HTTP status from 200 to 599')
  })
})

describe('a route that the product does not have', () => {
  const path = '/ocs/v2.php/no/such/route'

  it('is answered as the product does, with a word of ours', async () => {
    const response = await createOcsMock().fetch(BASE + path, { headers: admin })
    expect(response.status).toBe(404)
    expect(response.headers.get('X-OCS-Mock')).toBe('unknown-route')
    expect((await createOcsMock().fetch(`${BASE}/status.php`)).headers.has('X-OCS-Mock')).toBe(false)
  })

  it('is told of where that is wanted', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    try {
      expect((await createOcsMock({ onUnknownRoute: 'warn' }).fetch(BASE + path, { headers: admin })).status).toBe(404)
      expect(warn).toHaveBeenCalledWith(expect.stringContaining(`has no route for GET ${path}`))
    } finally {
      warn.mockRestore()
    }
  })

  it('fails where that is wanted, behind MSW too', async () => {
    const ocs = createOcsMock({ onUnknownRoute: 'error' })
    await expect(ocs.fetch(BASE + path, { headers: admin })).rejects.toThrow(`has no route for GET ${path}`)
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    const server = setupServer(...ocs.handlers)
    server.listen()
    try {
      await expect(fetch(BASE + path, { headers: admin })).rejects.toThrow()
      expect(error).toHaveBeenCalledWith(expect.stringContaining('has no route'))
    } finally {
      server.close()
      error.mockRestore()
    }
  })
})

describe('a request that lacks something is told what, in a header', () => {
  const ocs = createOcsMock()
  const hint = async (path: string, headers: Record<string, string> = {}) => {
    const response = await ocs.fetch(`${BASE}/ocs/v2.php${path}`, { headers })
    return [response.status, response.headers.get('X-OCS-Mock')?.split(';')[0]]
  }

  it.each([
    ['OCS-APIRequest', '/cloud/user', admin, [412, 'no-ocs-apirequest']],
    ['credentials', '/cloud/user', { 'OCS-APIRequest': 'true' }, [401, 'not-logged-in']],
    [
      'the right credentials',
      '/cloud/user',
      { Authorization: `Basic ${btoa('admin:wrong')}` },
      [401, 'wrong-credentials'],
    ],
  ])('%s', async (_, path, headers, expected) => {
    expect(await hint(path, headers)).toEqual(expected)
  })

  it('and nothing else is', async () => {
    expect(await hint('/cloud/user', { ...admin, 'OCS-APIRequest': 'true' })).toEqual([200, undefined])
  })
})
