import type { Seed } from '#index.ts'
import { ask, textOf } from '../../support/dav.ts'
import { directly, expect, it } from '../../support/ways.ts'

const SEED: Seed = {
  users: ['alice', 'bob', 'carol'].map((id) => ({ id, password: id })),
  files: { alice: { '/dir/a.txt': 'a' } },
  shares: [{ type: 'user', owner: 'alice', path: '/dir', with: 'bob', permissions: 31 }],
}

directly('files of who may share nothing', SEED, (way) => {
  const permissions = async (as: string) => {
    const body =
      '<d:propfind xmlns:d="DAV:"><d:prop><o:permissions xmlns:o="http://owncloud.org/ns"/></d:prop></d:propfind>'
    const path = `/remote.php/dav/files/${as}/dir`
    return textOf(
      await ask(way, 'PROPFIND', path, { as: `${as}:${as}`, body, headers: { Depth: '0' } }),
      'oc:permissions',
    )
  }
  const set = (...option: [string, string]) => way.ocs.occ(['config:app:set', 'core', option[0], '--value', option[1]])

  it('say so where sharing is for some groups alone', async () => {
    expect([await permissions('alice'), await permissions('bob')]).toEqual(['RGDNVCK', 'SRGDNVCK'])
    await set('shareapi_exclude_groups', 'allow')
    expect([await permissions('alice'), await permissions('bob')]).toEqual(['GDNVCK', 'SGDNVCK'])
  })

  it('say so where nobody passes on what was received', async () => {
    await set('shareapi_allow_resharing', 'no')
    expect([await permissions('alice'), await permissions('bob')]).toEqual(['RGDNVCK', 'SGDNVCK'])
    const form = { path: '/dir', shareType: '0', shareWith: 'carol' }
    const shared = await way.ask('POST', '/apps/files_sharing/api/v1/shares', { as: 'bob:bob', form })
    expect([shared.code, shared.message]).toEqual([404, 'You are not allowed to share dir'])
  })
})
