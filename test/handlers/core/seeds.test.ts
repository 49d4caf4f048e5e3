import { createOcsMock, type Seed } from '#index.ts'
import { directly, expect, it } from '../../support/ways.ts'

const TOKEN = 'anAppPasswordOfAliceThatIsLong'
const SEED = {
  users: [
    {
      id: 'alice',
      password: 'secret',
      appPasswords: [{ name: 'Phone', token: TOKEN }],
      preferences: { files: { show_hidden: '1' } },
    },
    { id: 'bob', password: 'secret', twoFactor: ['twofactor_nextcloud_notification'] },
  ],
  apps: { enabled: ['twofactor_nextcloud_notification'] },
  teams: [{ id: 'design', name: 'Design', owner: 'alice', members: ['bob'] }],
  files: {
    alice: {
      '/report.txt': {
        id: 4711,
        content: 'now',
        favorite: true,
        mtime: 1_770_000_000,
        versions: [
          { content: 'before', mtime: 1_700_000_000, label: 'First' },
          { content: 'later', mtime: 1_750_000_000 },
        ],
      },
      '/plan.txt': 'a plan',
    },
  },
  trash: { alice: { '/Old/gone.txt': { content: 'gone', deletedAt: 1_760_000_000 } } },
  tags: [{ name: 'Important', color: 'ff0000', files: { alice: ['/report.txt'] } }],
  shares: [
    { type: 'team', owner: 'alice', path: '/plan.txt', with: 'design' },
    {
      type: 'user',
      owner: 'alice',
      path: '/report.txt',
      with: 'bob',
      attributes: [{ scope: 'permissions', key: 'download', value: false }],
    },
    { type: 'remote', owner: 'alice', path: '/plan.txt', with: 'carol@other.example.com' },
  ],
  capabilities: { files: { undelete: false }, spreed: { features: ['chat'] } },
} satisfies Seed

const mistake = (seed: Seed) => () => createOcsMock({ seed })

directly('seeds', SEED, (way) => {
  const dav = (method: string, path: string, body = '') =>
    way.fetch(`/remote.php/dav${path}`, {
      method,
      headers: { Authorization: `Basic ${btoa('alice:secret')}`, Depth: '1' },
      ...(body === '' ? {} : { body }),
    })
  const properties = async (path: string, ...names: string[]) => {
    const body = `<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns"><d:prop>${names.map((name) => `<${name}/>`).join('')}</d:prop></d:propfind>`
    return (await dav('PROPFIND', path, body)).text()
  }
  const data = async (path: string, as = 'alice:secret') => (await way.ask('GET', path, { as })).data

  it('give a file its number, its state, its earlier states, and what is hung on it', async () => {
    const shown = await properties(
      '/files/alice/report.txt',
      'oc:fileid',
      'oc:favorite',
      'd:getlastmodified',
      'nc:system-tags',
    )
    expect(shown).toContain('<oc:fileid>4711</oc:fileid><oc:favorite>1</oc:favorite>')
    expect(shown).toContain('Important')
    const versions = await properties('/versions/alice/versions/4711', 'd:getcontentlength', 'nc:version-label')
    expect(versions).toContain('/versions/alice/versions/4711/1700000000')
    expect(versions).toContain('<nc:version-label>First</nc:version-label>')
    expect(await (await dav('GET', '/versions/alice/versions/4711/1750000000')).text()).toBe('later')
  })

  it('fill the trash', async () => {
    const trash = await properties(
      '/trashbin/alice/trash',
      'nc:trashbin-original-location',
      'nc:trashbin-deletion-time',
    )
    expect(trash).toContain('<nc:trashbin-original-location>Old/gone.txt</nc:trashbin-original-location>')
    expect(trash).toContain('<nc:trashbin-deletion-time>1760000000</nc:trashbin-deletion-time>')
  })

  it('let accounts log in otherwise than with a password', async () => {
    expect((await way.ask('GET', '/cloud/user', { as: `alice:${TOKEN}` })).code).toBe(200)
    expect((await way.ask('GET', '/cloud/user', { as: 'bob:secret' })).status).toBe(401)
    const { preferences } = way.ocs.world.dump().tables
    expect(Object.values(preferences ?? {})).toContainEqual({
      userId: 'alice',
      app: 'files',
      key: 'show_hidden',
      value: '1',
    })
  })

  it('share with teams and other servers, with attributes', async () => {
    const shares = await data('/apps/files_sharing/api/v1/shares')
    expect(shares).toMatchObject([
      { share_type: 0, share_with: 'bob', attributes: '[{"scope":"permissions","key":"download","value":false}]' },
      { share_type: 7, share_with: 'design' },
      { share_type: 6, share_with: 'carol@other.example.com' },
    ])
  })

  it('lay something over the capabilities', async () => {
    const { capabilities } = (await data('/cloud/capabilities')) as { capabilities: Record<string, object> }
    expect(capabilities.files).toMatchObject({ undelete: false, bigfilechunking: true })
    expect(capabilities.spreed).toEqual({ features: ['chat'] })
  })

  it('say what is wrong with them', () => {
    const users = [{ id: 'alice' }]
    expect(mistake({ files: { admin: { '/a.txt': { content: 'a', id: 1 } } } })).toThrow('number of another file')
    expect(mistake({ users: [{ id: 'alice', appPasswords: [{ name: 'x', token: 'short' }] }] })).toThrow(
      '22 characters',
    )
    expect(mistake({ users: [{ id: 'alice', twoFactor: ['nope'] }] })).toThrow('no second factor "nope"')
    expect(mistake({ trash: { nobody: {} } })).toThrow('no account "nobody"')
    expect(mistake({ tags: [{ name: 'x', files: { admin: ['/nope'] } }] })).toThrow('no file "/nope"')
    expect(mistake({ teams: [{ name: 'Design', owner: 'nobody' }] })).toThrow('no account "nobody"')
    expect(mistake({ oauthClients: [{ name: 'x', redirectUri: 'x' }] })).toThrow('no whole address')
    expect(mistake({ forms: [{ owner: 'nobody', title: 'x' }] })).toThrow('no account "nobody"')
    const share = { type: 'team', owner: 'alice', path: '/a.txt', with: 'nope' } as const
    expect(mistake({ users, files: { alice: { '/a.txt': 'a' } }, shares: [share] })).toThrow('no team "nope"')
  })
})
