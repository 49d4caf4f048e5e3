import { describe, expect, it } from 'vitest'
import { createOcsMock, loadProfile, type OcsMockOptions } from '#core.ts'
import type { JournalEntry } from '#journal/journal-entry.ts'
import { whyText } from '#line/why.ts'

const BASE = 'https://cloud.example.com'
const as = (login: string, password = login) => ({ Authorization: `Basic ${btoa(`${login}:${password}`)}` })
const OCS = { 'OCS-APIRequest': 'true' }
const ADMIN = { ...OCS, ...as('admin') }
const ALICE = { ...OCS, ...as('alice', 'Corr3ct-h0rse!') }

const SEED = {
  users: [
    { id: 'alice', password: 'Corr3ct-h0rse!' },
    { id: 'gone', password: 'Corr3ct-h0rse!', enabled: false },
  ],
  groups: ['staff'],
  apps: { disabled: ['user_status'] },
} as const

async function entryOf(path: string, init: RequestInit = {}, options: OcsMockOptions = {}): Promise<JournalEntry> {
  const ocs = createOcsMock({ seed: SEED, onNotBuilt: () => {}, ...options })
  await ocs.fetch(`${BASE}${path}`, init).catch(() => {})
  return ocs.journal.entries.at(-1)!
}

describe('the journal says why', () => {
  it.each<[what: string, path: string, init: RequestInit, reason: string]>([
    [
      'nothing that browsers cannot send came along',
      '/ocs/v2.php/cloud/user',
      { headers: as('admin') },
      'csrf: neither OCS-APIRequest nor a request token',
    ],
    [
      'a request token is another session’s',
      '/ocs/v2.php/cloud/user',
      { headers: { ...as('admin'), requesttoken: 'x' } },
      'csrf: the request token is none of this session',
    ],
    [
      'there is no such account',
      '/ocs/v2.php/cloud/user',
      { headers: { ...OCS, ...as('alicia') } },
      'credentials: no such account: alicia',
    ],
    [
      'the password is wrong',
      '/ocs/v2.php/cloud/user',
      { headers: { ...OCS, ...as('alice') } },
      'credentials: wrong password for alice',
    ],
    [
      'the account is disabled',
      '/ocs/v2.php/cloud/user',
      { headers: { ...OCS, ...as('gone', 'Corr3ct-h0rse!') } },
      'credentials: account gone is disabled',
    ],
    ['nobody asks', '/ocs/v2.php/cloud/user', { headers: OCS }, 'credentials: none came'],
    [
      'a bearer token is nobody’s',
      '/ocs/v2.php/cloud/user',
      { headers: { ...OCS, Authorization: 'Bearer x' } },
      'credentials: the bearer token is nobody’s, or over',
    ],
    [
      'files are asked for with a wrong password',
      '/remote.php/dav/files/alice/',
      { method: 'PROPFIND', headers: as('alice') },
      'credentials: wrong password for alice',
    ],
    [
      'somebody is no administrator',
      '/ocs/v2.php/cloud/users',
      { method: 'POST', headers: ALICE },
      'access: alice is not at least a sub admin',
    ],
    [
      'an app is disabled',
      '/ocs/v2.php/apps/user_status/api/v1/statuses',
      { headers: ADMIN },
      'route: app user_status is disabled',
    ],
    [
      'a path is misspelt',
      '/ocs/v2.php/cloud/usrs/alice',
      { headers: ADMIN },
      'route: no such route; the nearest is GET /cloud/users/{userId} (provisioning_api-users-get-user)',
    ],
    [
      'a path is nothing like any',
      '/ocs/v2.php/xyzzy/plugh/frotz/blorb/gnusto/rezrov',
      { headers: ADMIN },
      'route: no such route, and none is near',
    ],
    [
      'the method is another',
      '/ocs/v2.php/cloud/capabilities',
      { method: 'DELETE', headers: ADMIN },
      'route: GET is there, DELETE is not',
    ],
    [
      'a parameter is missing',
      '/ocs/v2.php/cloud/users',
      { method: 'POST', headers: ADMIN },
      'input: parameter userid is missing, or of another type',
    ],
    [
      'a Host header names no host',
      '/status.php',
      { headers: { host: 'a b' } },
      'host: the Host header names no host: a b',
    ],
    [
      'the operation refuses',
      '/ocs/v2.php/cloud/users/nobody',
      { headers: ADMIN },
      'handler: provisioning_api-users-get-user answered 404: User does not exist',
    ],
    [
      'WebDAV refuses',
      '/remote.php/dav/files/admin/none',
      { method: 'GET', headers: as('admin') },
      'handler: Sabre\\DAV\\Exception\\NotFound: File with name /none could not be located',
    ],
    [
      'all is well',
      '/ocs/v2.php/cloud/user',
      { headers: ADMIN },
      'handler: provisioning_api-users-get-current-user answered',
    ],
  ])('%s', async (_, path, init, reason) => {
    expect(whyText((await entryOf(path, init)).why)).toBe(reason)
  })

  it('a fault had its hand in it', async () => {
    const ocs = createOcsMock()
    ocs.faults.add({ name: 'flaky', on: { path: '/status.php' }, fail: { status: 503 } })
    ocs.faults.add({ name: 'slow', on: { path: '/ocs/**' }, latency: '1ms' })
    const answer = await ocs.fetch(`${BASE}/status.php`)
    await ocs.fetch(`${BASE}/ocs/v2.php/cloud/user`, { headers: as('admin') })
    expect(ocs.journal.entries.map(({ why, fault }) => [whyText(why), fault])).toEqual([
      ['fault "flaky" (fail)', 'flaky'],
      ['csrf: neither OCS-APIRequest nor a request token', 'slow'],
    ])
    expect(answer.headers.has('X-OCS-Mock-Why')).toBe(false)
  })

  it('the server is closed', async () => {
    const entry = await entryOf(
      '/ocs/v2.php/cloud/user',
      { headers: ADMIN },
      { seed: { config: { system: { maintenance: true } } } },
    )
    expect(whyText(entry.why)).toBe('maintenance: maintenance mode is on')
  })

  it('the release has none of it', async () => {
    const path = '/ocs/v2.php/references/resolvePublic'
    const entry = await entryOf(
      path,
      { method: 'POST', headers: ADMIN },
      { profile: await loadProfile('nextcloud-27') },
    )
    expect(whyText(entry.why)).toMatch(/^route: .* is there since release \d+, and this is 27$/)
  })
})

describe('the header X-OCS-Mock-Why', () => {
  const asked = async (options: OcsMockOptions, path: string, headers: Record<string, string>) =>
    (await createOcsMock({ ...options, seed: SEED }).fetch(BASE + path, { headers })).headers.get('X-OCS-Mock-Why')

  it('goes with what X-OCS-Mock goes with, and leaves the rest as the real server has it', async () => {
    expect(await asked({}, '/ocs/v2.php/cloud/user', as('admin'))).toBe(
      'csrf: neither OCS-APIRequest nor a request token',
    )
    expect(await asked({}, '/ocs/v2.php/cloud/users/nobody', ADMIN)).toBe(null)
    expect(await asked({}, '/ocs/v2.php/cloud/user', ADMIN)).toBe(null)
  })

  it('goes with everything that says no, where that is wanted', async () => {
    const explain = { explain: true }
    expect(await asked(explain, '/ocs/v1.php/cloud/users/nobody', ADMIN)).toBe(
      'handler: provisioning_api-users-get-user answered 404: User does not exist',
    )
    expect(await asked(explain, '/ocs/v2.php/cloud/user', ADMIN)).toBe(null)
  })
})

describe('an entry of the journal', () => {
  it('has what was sent and answered, how long it took, and what it changed', async () => {
    const entry = await entryOf('/ocs/v1.php/cloud/groups?format=json', {
      method: 'POST',
      headers: { ...ADMIN, 'Content-Type': 'application/x-www-form-urlencoded', 'X-Trace': '1' },
      body: 'groupid=new',
    })
    expect(entry).toMatchObject({
      world: null,
      headers: { 'ocs-apirequest': 'true', 'x-trace': '1', authorization: 'Basic redacted' },
      body: 'groupid=new',
      status: 200,
      ocs: { status: 100, message: 'OK' },
      answer: { headers: { 'content-type': 'application/json; charset=utf-8' }, bodySize: entry.answer.body!.length },
      changes: [{ type: 'group.created', groupId: 'new', by: 'admin' }],
    })
    expect(JSON.parse(entry.answer.body!).ocs.meta.statuscode).toBe(100)
    expect(entry.duration).toBeGreaterThan(0)
  })

  it('keeps no more of an answer than of a request', async () => {
    const users = Array.from({ length: 2000 }, (_, i) => ({ id: `account-${i}` }))
    const entry = await entryOf('/ocs/v2.php/cloud/users?format=json', { headers: ADMIN }, { seed: { users } })
    expect(entry.answer.body).toHaveLength(16_384)
    expect(entry.answer.bodySize).toBeGreaterThan(26_000)
  })

  it('has no text of what is none', async () => {
    const { answer } = await entryOf('/index.php/avatar/admin/64', { headers: ADMIN })
    expect(answer).toMatchObject({ body: null, headers: { 'content-type': 'image/png' } })
    expect(answer.bodySize).toBeGreaterThan(100)
  })

  it('shows no secret, of whichever side', async () => {
    const ocs = createOcsMock({ seed: SEED })
    const ask = (path: string, init: RequestInit) => ocs.fetch(BASE + path, init)
    const token = /<apppassword>(.*)</.exec(
      await (await ask('/ocs/v2.php/core/getapppassword', { headers: ALICE })).text(),
    )![1]!
    const json = { ...ADMIN, 'Content-Type': 'application/json' }
    await ask('/ocs/v2.php/cloud/users', {
      method: 'POST',
      headers: json,
      body: '{"userid":"eve","password":"Tr0ub4dor\\"&3!"}',
    })
    await ask('/ocs/v2.php/cloud/user?password=in-the-query', {
      headers: { ...OCS, ...as('alice', token), cookie: 'nc_session=abcdef; b=ghijkl' },
    })
    await ask('/index.php/login', {})
    const shown = JSON.stringify(ocs.journal.entries)
    for (const secret of [
      token,
      btoa(`alice:${token}`),
      'Tr0ub4dor',
      '&3!',
      'abcdef',
      'ghijkl',
      'in-the-query',
      btoa('admin:admin'),
      'Corr3ct',
    ])
      expect([secret, shown.includes(secret)]).toEqual([secret, false])
    expect(ocs.journal.entries[2]!.headers.cookie).toBe('nc_session=redacted; b=redacted')
    expect(ocs.journal.entries[3]!.answer.headers['set-cookie']).toContain('=redacted')
    expect(ocs.journal.find({ body: { password: 'Tr0ub4dor"&3!' } })).toHaveLength(1)
  })

  it('is found by its reason and by the status of its envelope', async () => {
    const ocs = createOcsMock({ seed: SEED })
    await ocs.fetch(`${BASE}/ocs/v1.php/cloud/users/nobody`, { headers: ADMIN })
    await ocs.fetch(`${BASE}/ocs/v2.php/cloud/user`, { headers: as('admin') })
    expect(ocs.journal.find({ ocsStatus: 404 }).map(({ id }) => id)).toEqual([1])
    expect(ocs.journal.find({ ocsStatus: null }).map(({ id }) => id)).toEqual([2])
    expect(ocs.journal.find({ why: 'csrf' }).map(({ id }) => id)).toEqual([2])
  })

  it('says in a failed assertion why it was refused', async () => {
    const ocs = createOcsMock({ seed: SEED })
    await ocs.fetch(`${BASE}/ocs/v2.php/cloud/user`, { headers: as('admin') })
    expect(() => ocs.journal.expect({ path: '/ocs/v2.php/cloud/user', status: 200 })).toThrow(
      '→ 412 (csrf: neither OCS-APIRequest nor a request token)',
    )
  })
})
