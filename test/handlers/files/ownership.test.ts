import { ask, hrefsOf } from '../../support/dav.ts'
import { directly, expect, it } from '../../support/ways.ts'

const users = ['alice', 'bob', 'carol', 'dora'].map((id) => ({ id, password: 'secret' }))
const seed = {
  clock: { now: '2026-11-21T09:00:00Z', frozen: true },
  skeleton: {},
  users,
  files: { alice: { '/Dir/a.txt': 'x', '/other.txt': 'y' }, carol: { '/Hers/c.txt': 'z' } },
  shares: [
    { type: 'user' as const, owner: 'alice', path: '/Dir/a.txt', with: 'carol' },
    { type: 'user' as const, owner: 'alice', path: '/Dir', with: 'bob' },
    { type: 'user' as const, owner: 'carol', path: '/Hers', with: 'alice' },
  ],
}
const FOLDER = 'Transferred from alice on 2026-11-21 09-00-00'

directly('occ files:transfer-ownership', seed, (way) => {
  const transfer = (...args: string[]) => way.ocs.occ(['files:transfer-ownership', ...args])
  const listed = async (user: string) => {
    const asked = { as: `${user}:secret`, headers: { Depth: 'infinity' } }
    const prefix = `/remote.php/dav/files/${user}`
    return hrefsOf(await ask(way, 'PROPFIND', `${prefix}/`, asked))
      .map((href) => decodeURIComponent(href.slice(prefix.length)))
      .filter((path) => !path.endsWith('/'))
      .sort()
  }
  const sharesOf = async (user: string) => {
    const { data } = await way.ask('GET', '/apps/files_sharing/api/v1/shares', { as: `${user}:secret` })
    return (data as { share_with: string; uid_file_owner: string; path: string }[]).map((one) => [
      one.share_with,
      one.uid_file_owner,
      one.path,
    ])
  }

  it('gives everything of an account to another one, in a folder that says so', async () => {
    const done = await transfer('alice', 'bob')
    expect([done.exitCode, done.stdout]).toEqual([0, expect.stringContaining('Analysing files of alice ...')])
    expect(await listed('alice')).toEqual([])
    expect(await listed('bob')).toEqual([`/${FOLDER}/Dir/a.txt`, `/${FOLDER}/Hers/c.txt`, `/${FOLDER}/other.txt`])
  })

  it('hands the shares over, and ends those with the new owner', async () => {
    await transfer('alice', 'bob')
    expect(await sharesOf('bob')).toEqual([['carol', 'bob', `/${FOLDER}/Dir/a.txt`]])
    expect(await listed('carol')).toEqual(['/Hers/c.txt', '/a.txt'])
  })

  it('says how much of what was received did not come along at once', async () => {
    expect((await transfer('alice', 'bob')).stdout).toContain(
      '\nTransferred folder have a size difference of: 1 Bytes ',
    )
    expect((await transfer('dora', 'alice')).stdout).not.toContain('size difference')
  })

  it('leaves the old owner what is shared with a group that both are in', async () => {
    await way.ocs.occ('group:add staff')
    for (const id of ['alice', 'bob', 'carol']) await way.ocs.occ(['group:adduser', 'staff', id])
    const body = { path: '/Dir', shareType: 1, shareWith: 'staff' }
    await way.ask('POST', '/apps/files_sharing/api/v1/shares', { as: 'alice:secret', json: body })
    await transfer('--path=Dir', 'alice', 'bob')
    expect(await listed('alice')).toEqual(['/Dir/a.txt', '/Hers/c.txt', '/other.txt'])
  })

  it('gives one folder and leaves the rest', async () => {
    expect((await transfer('alice', 'bob', '--path=Dir')).exitCode).toBe(0)
    expect(await listed('alice')).toEqual(['/Hers/c.txt', '/other.txt'])
    expect(await listed('bob')).toEqual([`/${FOLDER}/Dir/a.txt`])
  })

  it('names the folder by what is shown of the account, without what a name had better not have', async () => {
    const form = { key: 'displayname', value: 'A/l:i."ce"' }
    await way.ask('PUT', '/cloud/users/alice', { as: 'admin:admin', form })
    await transfer('alice', 'bob', '--path=Dir')
    expect(await listed('bob')).toEqual(['/Transferred from A-l-i-ce- on 2026-11-21 09-00-00/Dir/a.txt'])
  })

  it('puts everything into the top folder of somebody who has nothing', async () => {
    const refused = await transfer('alice', 'carol', '--move')
    expect([refused.exitCode, refused.stdout]).toEqual([1, 'Destination path does not exists or is not empty\n'])
    expect((await transfer('carol', 'dora', '--move')).exitCode).toBe(0)
    expect(await listed('dora')).toEqual(['/Hers/c.txt', '/a.txt'])
  })

  it('refuses accounts and paths that are not there', async () => {
    expect((await transfer('nobody', 'bob')).stdout).toBe('Unknown source user nobody\n')
    expect((await transfer('alice', 'nobody')).stdout).toBe('Unknown destination user nobody\n')
    expect((await transfer('alice', 'alice')).exitCode).toBe(1)
    expect((await transfer('alice', 'bob', '--path=none')).stdout).toBe('Unknown path provided: none\n')
  })

  it('does not give away what was received, nor more than fits', async () => {
    const received = await transfer('alice', 'bob', '--path=Hers')
    expect(received.exitCode).toBe(1)
    const told = received.stderr.replace(/\s+/g, ' ')
    expect(told).toContain('In View.php line 926: Moving a storage (alice/files/Hers) into another storage (bob)')
    await way.ask('PUT', '/cloud/users/bob', { as: 'admin:admin', form: { key: 'quota', value: '1 B' } })
    expect((await transfer('alice', 'bob')).stdout).toContain('Target user does not have enough free space available.')
  })
})
