import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  addUser,
  configureNextcloud,
  createRandomUser,
  createSnapshot,
  getSystemConfig,
  type LoginRequest,
  login,
  restoreSnapshot,
  runOcc,
  setSystemConfig,
  setupUsers,
  startNextcloud,
  stopNextcloud,
  User,
  waitOnNextcloud,
} from '#e2e-test-server.ts'

/** A `request` of Playwright, as far as a login needs it: it keeps cookies and follows nothing. */
function requestAt(baseURL: string): LoginRequest & { readonly cookies: Map<string, string> } {
  const cookies = new Map<string, string>()
  const send = async (path: string, init: RequestInit) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...(init.headers as Record<string, string>), Cookie: cookie }
    const response = await fetch(new URL(path, baseURL), { ...init, headers, redirect: 'manual' })
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    return {
      status: () => response.status,
      url: () => response.url,
      headers: () => Object.fromEntries(response.headers),
      json: () => response.json() as Promise<{ token: string }>,
    }
  }
  return {
    cookies,
    get: (path) => send(path, {}),
    post: (path, { form, headers }) => send(path, { method: 'POST', headers, body: new URLSearchParams(form) }),
  }
}

describe('the commands of e2e tests, on a fake', () => {
  const before = process.env.OCS_MOCK_URL
  let ip = ''

  beforeAll(async () => {
    ip = await startNextcloud('master', false, { seed: { users: [{ id: 'alice' }] } })
    await createSnapshot('fresh')
  })
  beforeEach(() => restoreSnapshot('fresh'))
  afterAll(async () => {
    await stopNextcloud()
    if (before === undefined) delete process.env.OCS_MOCK_URL
    else process.env.OCS_MOCK_URL = before
  })

  it('starts one that answers at an address as that of a container', async () => {
    await waitOnNextcloud(ip)
    expect((await fetch(`http://${ip}/index.php/csrftoken`)).status).toBe(200)
  })

  it('runs occ commands, with an environment, and throws where they fail', async () => {
    expect(await runOcc('user:info alice --output=json')).toMatchObject({ exitCode: 0, stderr: '' })
    await runOcc(['user:add', 'bob', '--password-from-env'], { env: ['OC_PASS=a=b'] })
    await login(requestAt(`http://${ip}/index.php/`), new User('bob', 'a=b'))
    await expect(runOcc(['user:info', 'nobody'])).rejects.toThrow('occ user:info nobody ended with 1:\nuser not found')
    expect((await runOcc(['user:info', 'nobody'], { failOnError: false })).exitCode).toBe(1)
  })

  it('prints what a command printed, where that is wanted', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    await runOcc('user:info alice', { verbose: true })
    expect(log.mock.calls.join()).toContain('user_id: alice')
    log.mockRestore()
  })

  it('creates accounts that can log in, and no others', async () => {
    const user = await createRandomUser()
    expect(user).toMatchObject({ password: user.userId, language: 'en' })
    const request = requestAt(`http://${ip}/index.php/`)
    await login(request, user)
    const cookie = [...request.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const me = await fetch(`http://${ip}/ocs/v2.php/cloud/user?format=json`, {
      headers: { Cookie: cookie, 'OCS-APIRequest': 'true' },
    })
    expect((await me.json()).ocs.data.id).toBe(user.userId)
    await setupUsers()
    await login(requestAt(`http://${ip}/index.php/`), new User('test5'))
    await expect(login(requestAt(`http://${ip}/index.php/`), new User('nobody'))).rejects.toThrow(
      'Failed to log in as "nobody": the server answers 303 and leads to "',
    )
  })

  it('goes back to a snapshot, and to the beginning', async () => {
    await addUser(new User('carol'))
    const name = await createSnapshot('with carol')
    await runOcc('user:delete carol')
    await restoreSnapshot(name)
    await runOcc('user:info carol')
    await restoreSnapshot()
    expect((await runOcc('user:info carol', { failOnError: false })).exitCode).toBe(1)
    await runOcc('user:delete alice')
    expect(await createSnapshot('init')).toBe('init')
    await restoreSnapshot('init')
    expect((await runOcc('user:info alice', { failOnError: false })).exitCode).toBe(1)
    expect(await createSnapshot()).not.toBe('')
  })

  it('configures', async () => {
    await setSystemConfig('default_language', 'de')
    expect(await getSystemConfig('default_language')).toBe('de')
    await runOcc('app:disable comments')
    await configureNextcloud(['comments'])
    expect((await runOcc('app:list --enabled')).stdout).toContain('comments')
    await expect(configureNextcloud(['nonsense'])).rejects.toThrow('app:enable --force nonsense ended with')
  })

  it('asks for a branch that there is', async () => {
    await expect(startNextcloud('stable12')).rejects.toThrow('there is no profile nextcloud-12. Write "master" or')
  })

  describe('where none listens', () => {
    const there = () => process.env.OCS_MOCK_URL
    let url: string | undefined
    beforeEach(() => {
      url = there()
      process.env.OCS_MOCK_URL = 'http://127.0.0.1:9'
    })
    afterEach(() => {
      process.env.OCS_MOCK_URL = url
    })

    it('says how to start one', async () => {
      await expect(runOcc('status')).rejects.toThrow('start one with "ocs-mock serve", or name another in OCS_MOCK_URL')
    })
  })
})

it('starts an older release by the name of its branch', async () => {
  const before = process.env.OCS_MOCK_URL
  const ip = await startNextcloud('stable33')
  const status = await (await fetch(`http://${ip}/status.php`)).json()
  await stopNextcloud()
  expect(status.versionstring).toMatch(/^33\./)
  await expect(fetch(`http://${ip}/status.php`)).rejects.toThrow()
  if (before === undefined) delete process.env.OCS_MOCK_URL
  else process.env.OCS_MOCK_URL = before
})
