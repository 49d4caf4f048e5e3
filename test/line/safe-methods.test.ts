import { beforeAll, describe, expect, it } from 'vitest'
import * as circles from '#handlers/circles/state.ts'
import * as loginAttempts from '#handlers/twofactor_nextcloud_notification/state.ts'
import { createOcsMock, type Seed } from '#index.ts'
import { planProbes } from '#verify/plan-probes.ts'
import type { WorldDump } from '#world/dump.ts'
import * as files from '#world/files/files.ts'
import * as locks from '#world/files/locks.ts'
import * as reminders from '#world/files/reminders.ts'
import * as apps from '#world/settings/apps.ts'
import type { World } from '#world/world.ts'
import { shippedEndpoints } from '../support/catalogue.ts'

type Exceptions = Readonly<Record<string, readonly string[]>>

/** What a real server makes or drops when it is first asked for it. */
const ON_FIRST_USE: Exceptions = {
  // The key with which an account proves itself is made when somebody wants to see it.
  'core-ocs-get-identity-proof': ['identityKeys'],
  // Whether an account may see a resource is found out once, and remembered.
  'core-collaboration_resources-get-collections-by-resource': ['collectionAccess'],
  // Notifications that nobody needs any more go when their account looks at its list.
  'notifications-endpoint-list-notifications': ['notifications'],
}

/** What a real server makes anew each time. */
const EVERY_TIME: Exceptions = {
  // A link to log out carries a request token, masked anew.
  'core-navigation-get-settings-navigation': ['random'],
  // What they are for.
  'files_sharing-shareapi-generate-token': ['random'],
  'password_policy-api-generate': ['random'],
}

const SEED: Seed = {
  users: [
    { id: 'alice', groups: ['staff'] },
    { id: 'bob', groups: ['staff'] },
  ],
  apps: { enabled: ['files_lock', 'files_external', 'twofactor_nextcloud_notification', 'user_ldap'] },
  config: { apps: { files_lock: { lock_timeout: '60' } } },
  files: {
    admin: { '/report.txt': 'r', '/dir/b.txt': 'b' },
    alice: { '/a.txt': 'a', '/old.txt': 'o', '/dir/b.txt': 'b' },
  },
  shares: [
    { type: 'link', owner: 'alice', path: '/a.txt', token: 'link' },
    { type: 'user', owner: 'alice', path: '/dir', with: 'admin' },
    { type: 'group', owner: 'admin', path: '/report.txt', with: 'staff' },
    { type: 'link', owner: 'admin', path: '/dir', token: 'over', expires: '2026-03-01' },
  ],
  statuses: [
    { user: 'alice', status: 'busy', message: 'Hi', icon: '☕' },
    { user: 'admin', status: 'away' },
  ],
  clock: { now: '2026-03-02T10:00:00Z', frozen: true },
}

/** More that can be looked at. */
function furnish(world: World): void {
  const file = files.resolve(world, 'alice', '/a.txt')!
  reminders.set(world, 'alice', file.node.id, world.clock.seconds() + 3600)
  locks.lock(world, file, 'alice', locks.LOCK.user)
  files.put(world, 'alice', '/a.txt', files.EMPTY)
  files.remove(world, files.resolve(world, 'alice', '/old.txt')!)
  circles.create(world, 'alice', 'A team', false)
  loginAttempts.start(world, 'alice', '192.0.2.7')
}

/** Who asks; others are left out. */
const ROLES: Readonly<Record<string, string | null>> = { admin: 'admin', user: 'alice', anonymous: null }

/** A furnished cloud in which everybody has logged in: that they come at all is remembered, and makes their homes. */
async function settledCloud() {
  const ocs = createOcsMock({ seed: SEED, onNotBuilt: () => {} })
  furnish(ocs.world)
  const ask = async (as: string | null, method: string, path: string) => {
    const headers: Record<string, string> = { 'OCS-APIRequest': 'true', Depth: '1' }
    if (as !== null) headers.Authorization = `Basic ${btoa(`${as}:${as}`)}`
    const { status } = await ocs.fetch(`https://cloud.example.com${path}`, { method, headers })
    return status
  }
  for (const as of ['admin', 'alice', 'bob']) await ask(as, 'GET', '/ocs/v2.php/cloud/user')
  /** What a request changes: tables, counters, randomness. */
  const changes = async (as: string | null, method: string, path: string) => {
    const before = ocs.world.dump()
    const status = await ask(as, method, path)
    return { status, changed: difference(before, ocs.world.dump()) }
  }
  return { world: ocs.world, changes }
}

function difference(before: WorldDump, after: WorldDump): string[] {
  const names = [...new Set([...Object.keys(before.tables), ...Object.keys(after.tables)])]
  const changed = names.filter((name) => !isSameTable(before.tables[name] ?? {}, after.tables[name] ?? {}))
  for (const part of ['counters', 'random', 'clock'] as const)
    if (!isSame(before[part], after[part])) changed.push(part)
  return changed.sort()
}

const isSame = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)

/** Records are replaced, never changed in place, so most are the very same. */
function isSameTable(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(after)
  return Object.keys(before).length === keys.length && keys.every((key) => isSame(before[key], after[key]))
}

describe('a GET of an operation', () => {
  const first: Record<string, readonly string[]> = {}
  const again: Record<string, readonly string[]> = {}
  let answered = 0

  beforeAll(async () => {
    const { world, changes } = await settledCloud()
    const accounts = (['admin', 'alice'] as const).map((id) => ({
      id,
      login: id,
      password: id,
      role: id === 'admin' ? ('admin' as const) : ('user' as const),
      subAdminOf: [],
    }))
    const { cases } = planProbes({ endpoints: shippedEndpoints, apps: [...apps.enabled(world)], accounts })
    for (const { operation, kind, as, path, query } of cases) {
      const who = ROLES[as]
      if (kind !== 'valid' || who === undefined) continue
      const script = path.startsWith('/index.php/') ? '' : '/ocs/v2.php'
      const address = `${script}${path}?format=json${query === '' ? '' : `&${query}`}`
      for (const found of [first, again]) {
        const { status, changed } = await changes(who, 'GET', address)
        if (status === 200) answered++
        if (changed.length > 0) found[operation] = [...new Set([...(found[operation] ?? []), ...changed])].sort()
      }
    }
  }, 60_000)

  it('is asked of many', () => {
    expect(answered).toBeGreaterThan(300)
  })

  it('changes nothing at first, but what a real server changes too', () => {
    expect(first).toEqual({ ...ON_FIRST_USE, ...EVERY_TIME })
  })

  it('changes nothing the second time, but what a real server makes each time', () => {
    expect(again).toEqual(EVERY_TIME)
  })
})

describe('other requests that only read', () => {
  it.each([
    ['GET', '/status.php'],
    ['GET', '/remote.php/dav/files/alice/a.txt'],
    ['HEAD', '/remote.php/dav/files/alice/a.txt'],
    ['PROPFIND', '/remote.php/dav/files/alice/'],
    ['PROPFIND', '/remote.php/dav/files/alice/a.txt'],
    ['PROPFIND', '/remote.php/webdav/dir'],
    ['PROPFIND', '/remote.php/dav/trashbin/alice/trash'],
    ['PROPFIND', '/remote.php/dav/versions/alice/versions'],
    ['PROPFIND', '/remote.php/dav/comments/files'],
    ['PROPFIND', '/remote.php/dav/systemtags'],
    ['PROPFIND', '/remote.php/dav/principals/users/alice'],
    ['PROPFIND', '/public.php/dav/files/link'],
    ['GET', '/public.php/dav/files/link'],
  ])('%s %s', async (method, path) => {
    const { changes } = await settledCloud()
    expect((await changes('alice', method, path)).changed).toEqual([])
  })

  it('but uploads, whose folder is made for whoever comes there', async () => {
    const { changes } = await settledCloud()
    const look = () => changes('alice', 'PROPFIND', '/remote.php/dav/uploads/alice/nosuch')
    const made = ['counters', 'fileNames', 'fileNodes', 'random']
    expect([await look(), await look()]).toEqual([
      { status: 404, changed: made },
      { status: 404, changed: [] },
    ])
  })
})
