import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'

const PASSWORD = 'Corr3ct-h0rse!'
const seed = {
  users: [
    { id: 'alice', password: PASSWORD },
    { id: 'bob', password: PASSWORD },
  ],
  files: { alice: { '/': false, '/Notes/todo.txt': 'milk', '/letter.txt': 'Dear Bob' }, bob: { '/': false } },
} as const

const basic = (userId: string) => ({
  Authorization: `Basic ${btoa(`${userId}:${PASSWORD}`)}`,
  'OCS-APIRequest': 'true',
})

function fake() {
  const ocs = createOcsMock({ seed })
  const dav = (userId: string, path: string, method = 'GET') =>
    ocs.fetch(`https://x.org/remote.php/dav/files/${userId}/${path}`, { method, headers: basic(userId) })
  const text = async (userId: string, path: string) => {
    const response = await dav(userId, path)
    return response.status === 200 ? response.text() : response.status
  }
  const share = (path: string, shareWith: string) =>
    ocs.fetch('https://x.org/ocs/v2.php/apps/files_sharing/api/v1/shares', {
      method: 'POST',
      headers: { ...basic('alice'), 'Content-Type': 'application/json' },
      body: JSON.stringify({ path, shareType: 0, shareWith }),
    })
  return { ocs, dav, text, share }
}

describe('occ on single files', () => {
  it('writes what comes on standard input where WebDAV then finds it, and reads it', async () => {
    const { ocs, text } = fake()
    expect(await ocs.occ('files:put - /alice/files/Notes/new.txt', { stdin: 'bread' })).toMatchObject({ exitCode: 0 })
    expect(await text('alice', 'Notes/new.txt')).toBe('bread')
    expect((await ocs.occ('files:get alice/files/Notes/new.txt')).stdout).toBe('bread')
  })

  it('writes what a file of the machine holds that was given with the run', async () => {
    const { ocs, text } = fake()
    await ocs.occ('files:put /tmp/list.txt /alice/files/list.txt', { files: { '/tmp/list.txt': 'eggs' } })
    expect(await text('alice', 'list.txt')).toBe('eggs')
    expect(await ocs.occ('files:put /tmp/other.txt /alice/files/list.txt')).toMatchObject({
      stdout: 'Failed to open /tmp/other.txt\n',
      exitCode: 1,
    })
  })

  it('says loudly that it writes no file of the machine', async () => {
    const { ocs } = fake()
    const { stderr, exitCode } = await ocs.occ('files:get /alice/files/letter.txt /tmp/letter.txt')
    expect(exitCode).toBe(70)
    expect(stderr).toContain('ocs-mock has no disk: /tmp/letter.txt was not written')
  })

  it('copies and moves between accounts, and asks before it writes over something', async () => {
    const { ocs, text } = fake()
    await ocs.occ('files:copy /alice/files/letter.txt /bob/files/copy.txt')
    expect([await text('alice', 'letter.txt'), await text('bob', 'copy.txt')]).toEqual(['Dear Bob', 'Dear Bob'])
    const over = 'files:move /alice/files/Notes/todo.txt /bob/files/copy.txt'
    expect(await ocs.occ(over, { stdin: 'n\n' })).toMatchObject({
      stderr: '/bob/files/copy.txt already exists, overwrite? [y/N] ',
      exitCode: 1,
    })
    expect((await ocs.occ(`${over} --force`)).exitCode).toBe(0)
    expect([await text('alice', 'Notes/todo.txt'), await text('bob', 'copy.txt')]).toEqual([404, 'milk'])
  })

  it('copies a file into a folder that is named as the target', async () => {
    const { ocs, text } = fake()
    await ocs.occ('files:copy /alice/files/letter.txt /alice/files/Notes')
    expect(await text('alice', 'Notes/letter.txt')).toBe('Dear Bob')
  })

  it('lets what a file is written over with a copy be a version of it, and what another takes the name of be gone', async () => {
    const { ocs, text } = fake()
    await ocs.occ('files:copy --force /alice/files/letter.txt /alice/files/Notes/todo.txt')
    expect(await text('alice', 'Notes/todo.txt')).toBe('Dear Bob')
    await ocs.occ('files:move --force /alice/files/Notes/todo.txt /alice/files/letter.txt')
    const { stdout } = await ocs.occ('trashbin:restore alice')
    expect(stdout).toContain('User has no deleted files in the trashbin')
    expect((await ocs.occ('files:scan alice -v')).stdout).toMatch(/alice\/files_versions\/\S*\.v\d+\n/)
  })

  it('warns of everybody who loses a file, and only lets a share go where it is named as its mount', async () => {
    const { ocs, text, share } = fake()
    await share('/letter.txt', 'bob')
    const refused = await ocs.occ('files:delete /alice/files/letter.txt', { stdin: 'n\n' })
    expect(refused.stdout).toContain('alice:\n  - /alice/files/letter.txt\nbob:\n  - /bob/files/letter.txt\n')
    await ocs.occ('files:delete /bob/files/letter.txt', { stdin: 'y\n' })
    expect([await text('alice', 'letter.txt'), await text('bob', 'letter.txt')]).toEqual(['Dear Bob', 404])
    await ocs.occ('files:delete -f /alice/files/letter.txt')
    expect(await text('alice', 'letter.txt')).toBe(404)
  })

  it('names what is not there', async () => {
    const { ocs } = fake()
    expect(await ocs.occ('files:move /alice/files/x /alice/files/y')).toMatchObject({
      stdout: 'file /alice/files/x not found\n',
      exitCode: 1,
    })
    expect((await ocs.occ('files:copy /alice/files/letter.txt /alice/files/no/x')).stdout).toBe(
      "Target parent path /alice/files/no doesn't exist\n",
    )
    expect((await ocs.occ('files:put - /nobody/files/x', { stdin: '' })).stderr).toContain(
      'Could not create path "/nobody/files/x"',
    )
  })
})

describe('occ on what is known of files', () => {
  it('tells who reaches a file, and through what', async () => {
    const { ocs, share } = fake()
    await share('/letter.txt', 'bob')
    const { stdout } = await ocs.occ('info:file /alice/files/letter.txt')
    expect(stdout).toContain('alice:\n  /alice/files/letter.txt: full permissions\n    home storage\n')
    expect(stdout).toContain(
      'bob:\n  /bob/files/letter.txt/: read, update, share\n    shared by alice owned by alice\n',
    )
    expect((await ocs.occ('files:mount:list bob')).stdout).toContain(
      '/bob/files/letter.txt/: shared::/letter.txt\n\t- provider: OCA\\Files_Sharing\\MountProvider\n',
    )
  })

  it('counts what hangs in a folder among what it holds', async () => {
    const { ocs, share } = fake()
    await share('/Notes', 'bob')
    const { stdout } = await ocs.occ('info:file:space bob/files')
    expect(stdout).toBe('files: 4 B\n- Notes: 4 B\n  - todo.txt: 4 B\n')
    expect((await ocs.occ('info:file bob/files')).stdout).toContain('\n  size: 4 B\n')
    expect(await ocs.occ('info:file:space bob/files --count=0')).toMatchObject({
      stdout: expect.stringContaining('ValueError: array_fill()'),
      exitCode: 1,
    })
  })

  it('shows the largest first, each with what it holds', async () => {
    const { ocs } = fake()
    expect((await ocs.occ('info:file:space /alice/files --all')).stdout).toBe(
      'files: 12 B\n- letter.txt: 8 B\n- Notes: 4 B\n  - todo.txt: 4 B\n',
    )
    expect((await ocs.occ('info:file:space /alice/files --count=2')).stdout).toBe('files: 12 B\n- letter.txt: 8 B\n')
  })

  it('lists shares, or those that fit', async () => {
    const { ocs, share } = fake()
    await share('/letter.txt', 'bob')
    await share('/Notes', 'bob')
    expect(JSON.parse((await ocs.occ('share:list --output=json')).stdout)).toMatchObject([
      { id: '1', 'source-path': '/alice/files/letter.txt', recipient: 'bob', type: 'user' },
      { id: '2', 'target-path': '/Notes', owner: 'alice' },
    ])
    // What is left out leaves its number behind, which makes the list an object.
    expect(
      Object.keys(JSON.parse((await ocs.occ('share:list --file=/alice/files/Notes --output=json')).stdout)),
    ).toEqual(['1'])
    expect((await ocs.occ('share:list --type=nonsense')).stderr).toContain('Unknown share type nonsense')
  })
})

describe('occ files:scan', () => {
  const counted = (folders: number, files: number, errors = 0) =>
    expect.stringMatching(
      new RegExp(`\\n\\| ${folders} +\\| ${files} +\\| 0 +\\| 0 +\\| 0 +\\| ${errors} +\\| 00:00:00`),
    )

  it('names files before folders, the newest first, and counts what it names', async () => {
    const { ocs } = fake()
    const { stdout } = await ocs.occ('files:scan alice -v')
    const named = stdout.split('\n').filter((line) => line.startsWith('\t'))
    expect(named).toEqual([
      '\tFolder\t/alice/',
      '\tFolder\t/alice/files',
      '\tFile\t/alice/files/letter.txt',
      '\tFolder\t/alice/files/Notes',
      '\tFile\t/alice/files/Notes/todo.txt',
      '\tFolder\t/alice/cache',
    ])
    expect(stdout).toEqual(counted(4, 2))
    expect((await ocs.occ('files:scan --path=/alice/files/Notes')).stdout).toEqual(counted(1, 1))
    expect((await ocs.occ('files:scan --all --shallow')).stdout).toEqual(counted(3, 0))
  })

  it('has nothing to scan of accounts that never came in, and nothing that was not scanned', async () => {
    const { ocs } = fake()
    await ocs.occ('user:add --password-from-env carol', { env: { OC_PASS: PASSWORD } })
    expect((await ocs.occ('files:scan carol')).stdout).toEqual(counted(0, 0))
    await ocs.occ('files:mount:list carol')
    expect((await ocs.occ('files:scan carol')).stdout).toEqual(counted(0, 0))
    expect((await ocs.occ('files:scan --all --unscanned')).stdout).toEqual(counted(0, 0))
  })

  it('leaves what was received to its owner', async () => {
    const { ocs, share } = fake()
    await share('/Notes', 'bob')
    expect((await ocs.occ('files:scan --path=/bob/files/Notes')).stdout).toEqual(counted(0, 0))
  })

  it('counts a path that is not there as an error', async () => {
    const { ocs } = fake()
    const { stdout, exitCode } = await ocs.occ('files:scan --path=alice/files/nosuch/')
    expect(stdout).toContain('\nPath not found: /alice/files/nosuch\n')
    expect([stdout, exitCode]).toEqual([counted(0, 0, 1), 0])
  })
})

describe('occ on what was deleted and overwritten', () => {
  it('puts back what WebDAV deleted', async () => {
    const { ocs, dav, text } = fake()
    await dav('alice', 'letter.txt', 'DELETE')
    expect((await ocs.occ('trashbin:restore --dry-run alice')).stdout).toMatch(
      /^Restoring deleted files for user alice\nWould restore 1 files\.\.\.\nWould restore letter\.txt originally deleted at .* to \/letter\.txt\n$/,
    )
    expect(await text('alice', 'letter.txt')).toBe(404)
    expect((await ocs.occ('trashbin:restore alice')).stdout).toContain('Successfully restored 1 out of 1 files.\n')
    expect(await text('alice', 'letter.txt')).toBe('Dear Bob')
  })

  it('empties the trash of accounts that it is told', async () => {
    const { ocs, dav } = fake()
    await dav('alice', 'letter.txt', 'DELETE')
    expect((await ocs.occ('trashbin:cleanup alice')).stdout).toBe('Remove deleted files of   alice\n')
    expect((await ocs.occ('trashbin:restore alice')).stdout).toContain('User has no deleted files')
    expect((await ocs.occ('trashbin:cleanup')).stderr).toContain('Either specify a user_id or --all-users')
  })

  it('lets go of what lay there longer than it may', async () => {
    const { ocs, dav } = fake()
    await ocs.occ('config:system:set trashbin_retention_obligation --value="auto, 7"')
    await dav('alice', 'letter.txt', 'DELETE')
    ocs.world.clock.advance('8d')
    await ocs.occ('trashbin:expire alice')
    expect((await ocs.occ('trashbin:restore alice')).stdout).toContain('User has no deleted files')
  })

  it('keeps sizes of the trash for all and for one', async () => {
    const { ocs } = fake()
    await ocs.occ('trashbin:size 10MB')
    await ocs.occ('trashbin:size --user=alice 5MB')
    expect(JSON.parse((await ocs.occ('trashbin:size --user=alice --output=json')).stdout)).toEqual({
      user_size: 5 * 1024 ** 2,
      global_size: 10 * 1024 ** 2,
      effective_size: 5 * 1024 ** 2,
    })
    expect((await ocs.occ('trashbin:size nonsense')).exitCode).toBe(255)
  })
})

describe('occ on names of files', () => {
  it('forbids what Windows would not store, renames what has such a name, and allows it again', async () => {
    const { ocs, dav, text } = fake()
    await dav('alice', 'a%3Ab.txt', 'PUT')
    await dav('alice', 'CON', 'MKCOL')
    expect((await ocs.occ('files:windows-compatible-filenames --enable')).stdout).toBe(
      'Windows compatible filenames enforced.\n',
    )
    expect((await dav('alice', 'what%3F.txt', 'PUT')).status).toBe(400)
    expect((await ocs.occ('files:sanitize-filenames -c xx alice')).stdout).toBe('Invalid character replacement given\n')
    const { stdout } = await ocs.occ('files:sanitize-filenames alice')
    expect(stdout).toContain('renamed: "a:b.txt" to "a_b.txt"\n')
    expect(stdout).toContain('renamed: "CON" to "CON (renamed)"\n')
    expect(await text('alice', 'a_b.txt')).toBe('')
    await ocs.occ('files:windows-compatible-filenames --disable')
    expect((await dav('alice', 'what%3F.txt', 'PUT')).status).toBe(201)
  })
})

describe('occ on tags', () => {
  it('makes tags that files then have, and takes them away', async () => {
    const { ocs } = fake()
    expect((await ocs.occ('tag:add Urgent public --output=json')).stdout).toBe(
      '{"id":"1","name":"Urgent","access":"public"}\n',
    )
    expect(await ocs.occ('tag:add urgent public')).toMatchObject({ stdout: 'Tag urgent already exists\n', exitCode: 2 })
    expect((await ocs.occ('tag:files:add /alice/files/letter.txt Urgent,Secret public')).stdout).toBe(
      'public tag named Urgent added.\npublic tag named Secret created.\npublic tag named Secret added.\n',
    )
    const report = await ocs.fetch('https://x.org/remote.php/dav/files/alice', {
      method: 'REPORT',
      headers: { ...basic('alice'), 'Content-Type': 'application/xml' },
      body: '<oc:filter-files xmlns:oc="http://owncloud.org/ns" xmlns:d="DAV:"><d:prop/><oc:filter-rules><oc:systemtag>1</oc:systemtag></oc:filter-rules></oc:filter-files>',
    })
    expect(await report.text()).toContain('letter.txt')
    expect((await ocs.occ('tag:edit 1 --name=Important --color=#ff0000')).stdout).toBe(
      'Tag updated ("Important", true, true, "#ff0000")\n',
    )
    expect((await ocs.occ('tag:delete 1')).exitCode).toBe(0)
    expect((await ocs.occ('tag:list --output=json')).stdout).toBe('{"2":{"name":"Secret","access":"public"}}\n')
  })
})
