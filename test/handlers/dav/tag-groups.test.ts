import { resolve } from '#world/files/files.ts'
import { ask, type DavAsk, errorOf, hrefsOf, textOf } from '../../support/dav.ts'
import { directly, expect, it } from '../../support/ways.ts'

const seed = {
  groups: [{ id: 'editors' }],
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', password: 'secret', groups: ['editors'] },
  ],
  files: { alice: { '/Dir/a.txt': 'x' }, bob: { '/own.txt': 'y' } },
  shares: [{ type: 'user' as const, owner: 'alice', path: '/Dir', with: 'bob', permissions: 1 }],
}

directly('tags that not everybody may assign', seed, (way) => {
  const by =
    (as: string) =>
    (method: string, path: string, asked: DavAsk = {}) =>
      ask(way, method, `/remote.php/dav${path}`, { as, ...asked })
  const [admin, alice, bob] = [by('admin:admin'), by('alice:secret'), by('bob:secret')]
  const create = (who: typeof admin, tag: object) =>
    who('POST', '/systemtags', { body: JSON.stringify(tag), headers: { 'Content-Type': 'application/json' } })
  const made = async (tag: object) => (await create(admin, tag)).headers.get('Content-Location')!.split('/').at(-1)!
  const properties = (name: string) =>
    `<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><oc:${name}/></d:prop></d:propfind>`
  const read = (who: typeof admin, id: string, name: string) =>
    who('PROPFIND', `/systemtags/${id}`, { body: properties(name) })
  const patch = (who: typeof admin, id: string, name: string, value: string) =>
    who('PROPPATCH', `/systemtags/${id}`, {
      body: `<d:propertyupdate xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns"><d:set><d:prop><${name}>${value}</${name}></d:prop></d:set></d:propertyupdate>`,
    })
  const fileOf = (user: string, path: string) => String(resolve(way.ocs.world, user, path)!.node.id)
  const forGroups = { name: 'Reviewed', userAssignable: false, groups: ['editors', 'staff'] }

  it('name the groups whose members may', async () => {
    const id = await made(forGroups)
    expect(textOf(await read(admin, id, 'groups'), 'oc:groups')).toBe('editors|staff')
    expect(textOf(await read(bob, id, 'can-assign'), 'oc:can-assign')).toBe('true')
    expect(textOf(await read(alice, id, 'can-assign'), 'oc:can-assign')).toBe('false')
    const [mine, hers] = [fileOf('bob', '/own.txt'), fileOf('alice', '/Dir/a.txt')]
    expect((await bob('PUT', `/systemtags-relations/files/${mine}/${id}`)).status).toBe(201)
    const refused = await alice('PUT', `/systemtags-relations/files/${hers}/${id}`)
    expect([refused.status, errorOf(refused).message]).toEqual([403, `No permission to assign tag ${id}`])
  })

  it('change their groups by an administrator, who alone sees them', async () => {
    const id = await made(forGroups)
    expect((await patch(admin, id, 'oc:groups', 'admin|editors')).status).toBe(207)
    expect(textOf(await read(admin, id, 'groups'), 'oc:groups')).toBe('admin|editors')
    expect((await read(bob, id, 'groups')).status).toBe(403)
    expect((await patch(bob, id, 'oc:groups', 'editors')).status).toBe(403)
    await patch(admin, id, 'oc:user-assignable', 'true')
    expect(textOf(await read(admin, id, 'groups'), 'oc:groups')).toBe('')
  })

  it('are made by administrators alone, whatever limits them', async () => {
    for (const limit of [{ groups: ['editors'] }, { userVisible: false }, { userAssignable: false }]) {
      const refused = await create(bob, { name: 'Mine', ...limit })
      expect([refused.status, errorOf(refused).message]).toEqual([400, 'Not sufficient permissions'])
    }
    expect((await create(bob, { name: 'Mine' })).status).toBe(201)
  })

  it('have a name of their own, whatever else they are', async () => {
    await made(forGroups)
    expect((await create(admin, { name: 'REVIEWED', userVisible: false })).status).toBe(409)
  })

  it('are renamed by whoever may assign them, and limited by administrators', async () => {
    const id = await made(forGroups)
    expect((await patch(bob, id, 'oc:display-name', 'Read')).status).toBe(207)
    const refused = await patch(bob, id, 'oc:user-visible', 'false')
    expect([refused.status, errorOf(refused).message]).toEqual([
      403,
      `No permission to update permissions for tag ${id}`,
    ])
    expect((await patch(admin, id, 'nc:color', 'red')).status).toBe(400)
    expect((await patch(admin, id, 'nc:files-assigned', '7')).status).toBe(403)
  })

  it('can be kept to administrators altogether', async () => {
    await way.ocs.occ(['config:app:set', 'systemtags', 'restrict_creation_to_admin', '--value', '1'])
    const refused = await create(bob, { name: 'Mine' })
    expect([refused.status, errorOf(refused).message]).toEqual([403, 'You don’t have permissions to create tags'])
    expect((await create(admin, { name: 'Mine' })).status).toBe(201)
  })

  it('are not there on a file for those who do not see them', async () => {
    const id = await made({ name: 'Secret', userVisible: false })
    const relation = `/systemtags-relations/files/${fileOf('alice', '/Dir/a.txt')}/${id}`
    expect((await admin('PUT', relation)).status).toBe(404)
    const own = fileOf('alice', '/Dir')
    expect((await alice('DELETE', `/systemtags-relations/files/${own}/${id}`)).status).toBe(404)
    expect((await alice('PUT', `/systemtags-relations/files/${own}/${id}`)).status).toBe(412)
  })

  it('stay as they are where the file may not be changed', async () => {
    const id = await made({ name: 'open' })
    const file = fileOf('alice', '/Dir/a.txt')
    const refused = await bob('PUT', `/systemtags-relations/files/${file}/${id}`)
    expect([refused.status, errorOf(refused).message]).toEqual([403, `No permission to assign tag to ${file}`])
  })

  it('have a number', async () => {
    const file = fileOf('alice', '/Dir/a.txt')
    for (const method of ['PUT', 'DELETE', 'PROPFIND']) {
      const refused = await alice(method, `/systemtags-relations/files/${file}/NaN`)
      expect([refused.status, errorOf(refused).message]).toEqual([400, 'Invalid tag id'])
    }
  })

  it('are favourites when reported: folders without a slash at their end', async () => {
    const body =
      '<oc:filter-files xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><oc:favorite/></d:prop><oc:filter-rules><oc:favorite>1</oc:favorite></oc:filter-rules></oc:filter-files>'
    await alice('PROPPATCH', '/files/alice/Dir', {
      body: '<d:propertyupdate xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:set><d:prop><oc:favorite>1</oc:favorite></d:prop></d:set></d:propertyupdate>',
    })
    expect(hrefsOf(await alice('REPORT', '/files/alice/', { body }))).toEqual(['/remote.php/dav/files/alice/Dir'])
  })
})
