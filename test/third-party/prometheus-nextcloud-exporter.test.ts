import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../src/adapters/node-server.ts'
import { createOcsMock } from '../../src/index.ts'

/**
 * The exporter of metrics for Prometheus (Debian: prometheus-nextcloud-exporter) against the standalone server. It runs
 * where it is installed; what it sends is sent everywhere, as it was recorded.
 */
const EXPORTER = 'prometheus-nextcloud-exporter'
const isInstalled = spawnSync(EXPORTER, ['--version']).error === undefined

/** What version 0.6.0 asks, recorded with a server that answered nothing. */
const PATH = '/ocs/v2.php/apps/serverinfo/api/v1/info?format=json'

const ocs = createOcsMock({
  seed: {
    users: [{ id: 'alice' }, { id: 'bob', enabled: false }],
    shares: [
      { type: 'link', owner: 'admin', path: '/welcome.txt' },
      { type: 'link', owner: 'admin', path: '/welcome.txt', password: 'Corr3ct-h0rse!' },
      { type: 'user', owner: 'admin', path: '/welcome.txt', with: 'alice' },
    ],
    config: { apps: { serverinfo: { token: 'token-of-the-app', cached_count_filecache: '12' } } },
  },
})
let server: RunningServer

beforeAll(async () => {
  server = await startServer(ocs)
})
afterAll(() => server.close())

const sent = (headers: Record<string, string>) =>
  fetch(server.url + PATH, { headers: { 'User-Agent': 'nextcloud-exporter/', ...headers } })

describe('what the exporter sends', () => {
  it.each([
    ['a password', { Authorization: `Basic ${btoa('admin:admin')}` }],
    ['the token of the app', { 'NC-Token': 'token-of-the-app' }],
  ])('is answered with %s', async (_, headers) => {
    const answer = await sent(headers)
    const { data } = (await answer.json()).ocs
    expect(answer.status).toBe(200)
    expect(data.nextcloud.system.version).toBe('34.0.1.2')
    expect(data.nextcloud.storage).toMatchObject({ num_users: 1, num_disabled_users: 1, num_files: 12 })
    expect(data.nextcloud.shares).toMatchObject({
      num_shares: 3,
      num_shares_link: 2,
      num_shares_link_no_password: 1,
      permissions_3_17: 2,
      permissions_0_19: 1,
    })
    expect(data.server.database).toEqual({ type: 'sqlite3', version: '3.40.1', size: expect.any(String) })
    expect(data.activeUsers.last5minutes).toBe(1)
  })

  it('is refused with another token', async () => {
    expect((await sent({ 'NC-Token': 'another' })).status).toBe(401)
  })
})

/** A port that is free now. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const { port } = probe.address() as { port: number }
  await new Promise((done) => probe.close(done))
  return port
}

/** Run the exporter, and read its metrics as Prometheus does. */
async function metrics(...credentials: string[]): Promise<Map<string, number>> {
  const port = await freePort()
  const args = ['--addr', `127.0.0.1:${port}`, '--server', server.url, '--timeout', '30s', ...credentials]
  const child = spawn(EXPORTER, args, { stdio: 'ignore' })
  try {
    const text = await (await whenListening(child, `http://127.0.0.1:${port}/metrics`)).text()
    const lines = text.matchAll(/^(nextcloud_\S+) (\S+)$/gm)
    return new Map([...lines].map(([, name, value]) => [name!, Number(value)]))
  } finally {
    child.kill()
  }
}

async function whenListening(child: ChildProcess, url: string): Promise<Response> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${EXPORTER} ended with ${child.exitCode}`)
    try {
      return await fetch(url)
    } catch {
      await pause(50)
    }
  }
}

describe.runIf(isInstalled)('the exporter', () => {
  it.each([
    ['a password', ['--username', 'admin', '--password', 'admin']],
    ['the token of the app', ['--auth-token', 'token-of-the-app']],
  ])(
    'reads the server with %s',
    async (_, credentials) => {
      const found = await metrics(...credentials)
      expect(Object.fromEntries(found)).toMatchObject({
        nextcloud_up: 1,
        nextcloud_users_total: 1,
        nextcloud_files_total: 12,
        nextcloud_active_users_total: 1,
        'nextcloud_shares_total{type="link"}': 2,
        'nextcloud_shares_total{type="authlink"}': 1,
        'nextcloud_shares_total{type="user"}': 1,
        'nextcloud_system_info{version="34.0.1.2"}': 1,
        'nextcloud_database_info{type="sqlite3",version="3.40.1"}': 1,
      })
      expect(found.get('nextcloud_free_space_bytes')).toBeGreaterThan(0)
    },
    60_000,
  )

  it('says that it may not with another token', async () => {
    const found = await metrics('--auth-token', 'another')
    expect(found.get('nextcloud_up')).toBe(0)
    expect(found.get('nextcloud_scrape_errors_total{cause="auth"}')).toBe(1)
  }, 60_000)
})
