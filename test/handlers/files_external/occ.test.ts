import { describe, expect, it } from 'vitest'
import { OcsMock } from '#index.ts'

const SEED = {
  apps: { enabled: ['files_external'] },
  users: [{ id: 'alice' }, { id: 'bob' }],
  groups: [{ id: 'staff', members: ['bob'] }],
} as const

const LOCAL = 'files_external:create /Local local null::null -c datadir=/srv'

async function mounted(...lines: readonly string[]) {
  const mock = new OcsMock({ seed: SEED })
  for (const line of [LOCAL, ...lines]) expect((await mock.occ(line)).exitCode).toBe(0)
  return mock
}

/** What somebody sees by the API. */
async function seenBy(mock: OcsMock, userId: string): Promise<{ name: string; config: Record<string, unknown> }[]> {
  const headers = { Authorization: `Basic ${btoa(`${userId}:${userId}`)}`, 'OCS-APIRequest': 'true' }
  const url = 'http://localhost/ocs/v2.php/apps/files_external/api/v1/mounts?format=json'
  return (await (await mock.fetch(new Request(url, { headers }))).json()).ocs.data
}
const namesFor = async (mock: OcsMock, userId: string) => (await seenBy(mock, userId)).map(({ name }) => name)

describe('external storages on the command line', () => {
  it('are made, listed and seen by everybody', async () => {
    const mock = await mounted()
    expect((await mock.occ('files_external:list')).stdout).toContain('| datadir: "\\/srv" |')
    expect(await seenBy(mock, 'alice')).toMatchObject([
      { id: 1, name: 'Local', path: '', scope: 'system', permissions: 1, class: 'local', config: { priority: 100 } },
    ])
  })

  it('are for some accounts and groups alone', async () => {
    const mock = await mounted('files_external:applicable 1 --add-group staff')
    expect([await namesFor(mock, 'alice'), await namesFor(mock, 'bob')]).toEqual([[], ['Local']])
    await mock.occ('files_external:applicable 1 --add-user alice')
    expect(await namesFor(mock, 'alice')).toEqual(['Local'])
  })

  it('of an account are its own, and go with it', async () => {
    const mock = await mounted('files_external:create --user alice /Mine dav password::password -c password=p')
    await mock.occ('files_external:create --user alice /Disk local null::null -c datadir=/disk')
    expect(await namesFor(mock, 'alice')).toEqual(['Local'])
    await mock.occ('config:app:set files_external allow_user_mounting --value=yes')
    expect(await namesFor(mock, 'alice')).toEqual(['Local'])
    // A folder of the server's machine is nobody's own.
    await mock.occ('config:app:set files_external user_mounting_backends --value=dav,local')
    expect(await seenBy(mock, 'alice')).toMatchObject([
      { name: 'Local' },
      { name: 'Mine', scope: 'personal', permissions: 9, config: { backendOptions: { password: '__unmodified__' } } },
    ])
    expect(await namesFor(mock, 'bob')).toEqual(['Local'])
    await mock.occ('user:delete alice')
    expect((await mock.occ('files_external:list --all')).stdout).not.toContain('/Mine')
  })

  it('come in the order of whom they are for, and with yes and no as such', async () => {
    const mock = await mounted(
      'group:adduser staff alice',
      'files_external:create /Staff ftp password::password -c host=h -c secure=true',
      'files_external:applicable 2 --add-group staff',
      'files_external:create /Hers ftp password::password -c host=h -c secure=false',
      'files_external:applicable 3 --add-user alice',
    )
    expect(await namesFor(mock, 'alice')).toEqual(['Hers', 'Staff', 'Local'])
    expect(await seenBy(mock, 'alice')).toMatchObject([
      { config: { backendOptions: { secure: false } } },
      { config: { backendOptions: { secure: true } } },
      {},
    ])
  })

  it('that were for one who is gone are not everybody’s', async () => {
    const mock = await mounted('files_external:applicable 1 --add-user alice')
    await mock.occ('user:delete alice')
    expect(await namesFor(mock, 'bob')).toEqual([])
  })

  it('are taken to another server as they were exported', async () => {
    const mock = await mounted('files_external:option 1 readonly true', 'files_external:config 1 datadir /data')
    const { stdout } = await mock.occ('files_external:export')
    const other = new OcsMock({ seed: SEED })
    const files = { '/tmp/mounts.json': stdout }
    expect((await other.occ('files_external:import /tmp/mounts.json', { files })).exitCode).toBe(0)
    expect((await other.occ('files_external:export')).stdout).toBe(stdout)
    const again = await other.occ('files_external:import /tmp/mounts.json', { files })
    expect([again.stdout, again.exitCode]).toEqual(['Duplicate mount (/Local)\n', 1])
  })

  it.each([
    ['[1', 'Error while parsing json\n'],
    ['x', 'Error while reading json\n'],
  ])('are not read from %j', async (stdin, stdout) => {
    const mock = await mounted()
    expect(await mock.occ('files_external:import -', { stdin })).toMatchObject({ stdout, exitCode: 1 })
  })

  it('are deleted when that is confirmed', async () => {
    const mock = await mounted()
    expect((await mock.occ('files_external:delete 1', { stdin: 'n\n' })).exitCode).toBe(1)
    expect((await mock.occ('files_external:delete 1', { stdin: 'y\n' })).exitCode).toBe(0)
    expect((await mock.occ('files_external:list')).stdout).toBe('No admin mounts configured\n')
  })

  it('are not scanned or verified elsewhere: nobody knows what is there', async () => {
    const mock = await mounted('files_external:create /Dav dav password::password')
    for (const line of ['files_external:verify 2', 'files_external:scan 1'])
      expect((await mock.occ(line)).stderr).toContain('ocs-mock does not implement')
  })
})
