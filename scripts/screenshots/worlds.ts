import { startServer } from '#adapters/node-server.ts'
import { ControlledMock } from '#control/controlled-mock.ts'
import { OcsMock } from '#mock.ts'
import { resolve } from '#world/files/entries.ts'

const as = (login: string) => ({ Authorization: `Basic ${btoa(`${login}:${login}`)}` })
const OCS = { 'OCS-APIRequest': 'true' }

/** What a client that is not quite right might send. */
const ASKED: readonly (readonly [path: string, init: RequestInit])[] = [
  ['/status.php', {}],
  ['/ocs/v2.php/cloud/capabilities?format=json', { headers: { ...OCS, ...as('admin') } }],
  ['/ocs/v2.php/cloud/users?format=json', { headers: { ...OCS, ...as('admin') } }],
  ['/ocs/v1.php/cloud/users/nobody?format=json', { headers: { ...OCS, ...as('admin') } }],
  ['/ocs/v2.php/cloud/usrs/alice', { headers: { ...OCS, ...as('admin') } }],
  [
    '/ocs/v2.php/cloud/groups?format=json',
    { method: 'POST', headers: { ...OCS, ...as('admin') }, body: new URLSearchParams({ groupid: 'editors' }) },
  ],
  ['/ocs/v2.php/cloud/user?format=json', { headers: { ...OCS, ...as('alicia') } }],
  ['/remote.php/dav/files/admin/', { method: 'PROPFIND', headers: { ...as('admin'), Depth: '1' } }],
  ['/ocs/v2.php/cloud/user?format=json', { headers: as('admin') }],
]

/** A fake server with a world that pictures are taken of. */
export interface PicturedServer {
  readonly mock: OcsMock
  readonly url: string
  close(): Promise<unknown>
}

async function serve(mock: OcsMock): Promise<PicturedServer> {
  const { url, close } = await startServer(new ControlledMock(mock))
  return { mock, url, close: () => close() }
}

/** One that was asked, with a scenario, a fault and a snapshot. */
export async function usedServer(): Promise<PicturedServer> {
  const mock = new OcsMock({ scenario: 'expired-share', onNotBuilt: () => {}, explain: true })
  await mock.scenario.settled()
  const server = await serve(mock)
  // The first time everything is loaded, which takes longer than a tester will see afterwards.
  for (const [path, init] of ASKED) if (init.method !== 'POST') await fetch(server.url + path, init)
  await lookAfter(server)
  mock.journal.clear()
  await fetch(`${server.url}/__admin/snapshots/before%20the%20test`, { method: 'POST' })
  for (const [path, init] of ASKED) await fetch(server.url + path, init)
  mock.faults.add({ name: 'slow uploads', on: { method: 'PUT' }, latency: '2s' })
  return server
}

/** Makes one of everything that the scenario has none of. */
async function lookAfter({ mock, url }: PicturedServer): Promise<void> {
  const actions = {
    createAppPassword: { account: 'alice', name: 'Phone', token: 'phone-of-alice' },
    seed: {
      statuses: [{ user: 'bob', status: 'away', message: 'At lunch' }],
      daemons: [{ name: 'local' }],
      exApps: [{ id: 'translator', daemon: 'local', port: 9031, secret: 'secret-of-the-pictures' }],
    },
  }
  await fetch(`${url}/__admin/actions`, { method: 'POST', body: JSON.stringify(actions) })
  const fileId = resolve(mock.world, 'admin', '/welcome.txt')?.node.id ?? 0
  const direct = {
    method: 'POST',
    headers: { ...OCS, ...as('admin') },
    body: new URLSearchParams({ fileId: `${fileId}` }),
  }
  await fetch(`${url}/ocs/v2.php/apps/dav/api/v1/direct`, direct)
}

/** One that nobody asked. */
export const emptyServer = (): Promise<PicturedServer> => serve(new OcsMock())

/** One whose scenario has a step that failed. */
export async function failedServer(): Promise<PicturedServer> {
  const mock = new OcsMock({
    scenario: {
      name: 'a colleague leaves',
      description: 'alice is removed while her link is still being used.',
      steps: [
        { name: 'alice is there', seed: { users: [{ id: 'alice' }] } },
        { name: 'the account is disabled', occ: 'user:disable alicia' },
        { name: 'she is gone', when: 'advanced', occ: 'user:delete alice' },
      ],
    },
  })
  await mock.scenario.settled().catch(() => {})
  return serve(mock)
}

/** One with the longest names that there can be, none of which has a place to break it. */
export async function longServer(): Promise<PicturedServer> {
  const long = (letter: string, length: number) => letter.repeat(length)
  const account = long('u', 64)
  const folder = long('d', 120)
  const mock = new OcsMock({
    onNotBuilt: () => {},
    seed: {
      users: [
        { id: account, displayName: long('N', 64), groups: [long('a', 64)], email: `${long('e', 60)}@example.com` },
      ],
      files: { admin: { [`${folder}/${long('f', 200)}.txt`]: 'long' } },
      shares: [{ owner: 'admin', path: `/${folder}`, type: 'user', with: account }],
    },
  })
  const server = await serve(mock)
  await fetch(`${server.url}/ocs/v2.php/cloud/users/${long('q', 300)}?format=json&${long('p', 300)}=1`, {
    headers: { ...OCS, ...as('admin') },
  })
  mock.faults.add({ name: long('n', 120), on: { path: `/${long('x', 200)}` }, latency: '1ms' })
  return server
}
