/** What the page of files asks below `index.php`. */
import * as files from '#world/files/files.ts'
import { setFavorite, tagsOf } from '#world/files/tags.ts'
import { directly, expect, it } from '../../support/ways.ts'

const API = '/index.php/apps/files/api/v1'
const SEED = {
  clock: { now: '2026-05-06T07:08:09Z', frozen: true },
  users: [{ id: 'alice', quota: '1 KB' }, { id: 'bob' }],
  files: { bob: { '/Plans/red.txt': 'red' } },
  shares: [{ type: 'user' as const, owner: 'bob', path: '/Plans', with: 'alice' }],
}

directly('the page of files', SEED, (way) => {
  const ask = async (method: string, path: string, { as = 'bob', json }: { as?: string; json?: unknown } = {}) => {
    const answer = await way.fetch(API + path, {
      method,
      headers: {
        Authorization: `Basic ${btoa(`${as}:${as}`)}`,
        'OCS-APIRequest': 'true',
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: text.startsWith('{') ? JSON.parse(text) : text }
  }
  const value = (json: unknown) => ({ json: { value: json } })

  it('keeps how the list looks', async () => {
    const fresh = (await ask('GET', '/configs')).body.data
    expect(fresh).toMatchObject({ show_hidden: false, folder_tree: true, default_view: 'files' })
    expect((await ask('PUT', '/config/show_hidden', value(true))).body).toEqual({
      message: 'ok',
      data: { key: 'show_hidden', value: true },
    })
    await ask('PUT', '/config/folder_tree')
    await ask('PUT', '/config/default_view', value('personal'))
    const changed = { ...fresh, show_hidden: true, folder_tree: false, default_view: 'personal' }
    expect((await ask('GET', '/configs')).body.data).toEqual(changed)
    await ask('PUT', '/config/show_hidden', value('abc'))
    expect((await ask('GET', '/configs')).body.data).toEqual({ ...changed, show_hidden: false })
    expect(await ask('PUT', '/config/nope', value(1))).toMatchObject({
      status: 400,
      body: { message: 'Unknown config key' },
    })
    expect(await ask('PUT', '/config/default_view', value('x'))).toMatchObject({
      status: 400,
      body: { message: 'Invalid config value' },
    })
  })

  it('keeps how a view is sorted', async () => {
    expect((await ask('GET', '/views')).body).toEqual({ message: 'ok', data: [] })
    const size = { view: 'files', key: 'sorting_mode', value: 'size' }
    const sorted = { sorting_mode: 'size', sorting_direction: 'asc', expanded: true }
    expect((await ask('PUT', '/views', { json: size })).body.data).toEqual(sorted)
    await ask('PUT', '/views', { json: { ...size, key: 'expanded', value: false } })
    expect((await ask('GET', '/views')).body.data).toEqual({ files: { ...sorted, expanded: false } })
    const refused = async (json: object) => (await ask('PUT', '/views', { json: { ...size, ...json } })).status
    expect(await refused({ key: 'nope' })).toBe(400)
    expect(await refused({ key: 'sorting_direction', value: 'up' })).toBe(400)
    expect(await refused({ view: '' })).toBe(500)
    expect((await ask('PUT', '/views/files/sorting_mode', value('size'))).status).toBe(404)
  })

  it('has older addresses for single choices', async () => {
    expect(await ask('POST', '/showhidden', value(true))).toMatchObject({ status: 200, body: '' })
    expect(await ask('POST', '/cropimagepreviews', value(false))).toMatchObject({ status: 200, body: '' })
    expect((await ask('POST', '/showgridview', { json: { show: true } })).status).toBe(200)
    expect((await ask('GET', '/showgridview')).body).toEqual({ gridview: true })
    expect((await ask('GET', '/configs')).body.data).toMatchObject({
      show_hidden: true,
      crop_image_previews: false,
      grid_view: false,
    })
    expect((await ask('POST', '/showhidden')).status).toBe(400)
  })

  it('shows how full a storage is', async () => {
    const own = await ask('GET', '/stats', { as: 'alice' })
    expect(own.body.data).toEqual({
      free: 993,
      used: 31,
      quota: 1024,
      total: 1024,
      relative: 3.03,
      owner: 'alice',
      ownerDisplayName: 'alice',
      mountType: '',
      mountPoint: '',
    })
    expect(own.headers.get('cache-control')).toBe('private, max-age=300, must-revalidate')
    expect((await ask('GET', '/stats?dir=/Plans', { as: 'alice' })).body.data).toMatchObject({
      used: 3,
      quota: -3,
      owner: 'bob',
      mountType: 'shared',
      mountPoint: 'Plans',
    })
    expect((await ask('GET', '/stats?dir=/nope')).status).toBe(500)
    expect((await ask('GET', '/stats?dir[]=/')).status).toBe(500)
  })

  it('lists what changed last', async () => {
    const { body } = await ask('GET', '/recent/')
    expect(body.files.map(({ name, path }: Record<string, unknown>) => [path, name])).toEqual([
      ['/', 'welcome.txt'],
      ['/Plans', 'red.txt'],
    ])
    expect(body.files[1]).toMatchObject({
      type: 'file',
      permissions: 27,
      mimetype: 'text/plain',
      size: 3,
      hasPreview: true,
    })
    expect((await ask('GET', '/recent', { as: 'alice' })).body.files[0]).toMatchObject({
      shareOwner: 'bob',
      mountType: 'shared',
    })
  })

  it('tags files', async () => {
    const { id } = files.resolve(way.ocs.world, 'bob', '/Plans/red.txt')!.node
    const tags = ['_$!<Favorite>!$_', 'x']
    expect((await ask('POST', '/files/Plans/red.txt', { json: { tags } })).body).toEqual({ tags })
    expect(tagsOf(way.ocs.world, 'bob', id)).toMatchObject({ favorite: true, tags: ['x'] })
    expect((await ask('POST', '/files/Plans/red.txt', { json: {} })).body).toEqual('[]')
    await ask('POST', '/files/Plans/red.txt', { json: { tags: [] } })
    expect(tagsOf(way.ocs.world, 'bob', id)).toMatchObject({ favorite: false, tags: [] })
    expect(await ask('POST', '/files/nope', { json: { tags } })).toMatchObject({
      status: 404,
      body: { message: '/bob/files/nope' },
    })
    expect((await ask('POST', '/files/Plans/red.txt', { json: { tags: 'x' } })).status).toBe(500)
  })

  it('calls activities of favourites those of what lies in them, too', async () => {
    const { world } = way.ocs
    const seen = async () =>
      (await way.ask('GET', '/apps/activity/api/v2/activity/files_favorites', { as: 'bob:bob' })).text
    await way.fetch('/remote.php/dav/files/bob/Plans/blue.txt', {
      method: 'PUT',
      body: 'x',
      headers: { Authorization: `Basic ${btoa('bob:bob')}` },
    })
    const { id } = files.resolve(world, 'bob', '/Plans')!.node
    setFavorite(world, 'bob', id, true, 'files/bob/Plans')
    expect(await seen()).toContain('\\/Plans\\/blue.txt')
    expect(await seen()).not.toContain('welcome.txt')
    const all = await way.ask('GET', '/apps/activity/api/v2/activity', { as: 'bob:bob' })
    expect(all.text).toContain('You added files\\/bob\\/Plans to your favorites')
  })
})
