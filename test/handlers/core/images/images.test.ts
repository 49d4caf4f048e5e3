import { dimensionsOf } from '#lib/png.ts'
import { resolve } from '#world/files/files.ts'
import { ask } from '../../../support/dav.ts'
import { makeShare } from '../../../support/share-links.ts'
import { everyTransport, expect, it } from '../../../support/ways.ts'

const seed = {
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', password: 'bob' },
  ],
  files: { alice: { '/t.txt': 'hello', '/x.bin': 'z', '/empty.txt': '' } },
}
const as = 'alice:secret'

everyTransport('small pictures', { seed }, (way) => {
  const picture = async (path: string, who: string | null = as) => {
    const headers: Record<string, string> = who === null ? {} : { Authorization: `Basic ${btoa(who)}` }
    const response = await way.fetch(path, { headers })
    const bytes = new Uint8Array(await response.arrayBuffer())
    const type = response.headers.get('Content-Type')
    return { status: response.status, type, headers: response.headers, bytes, size: dimensionsOf(bytes) }
  }
  const idOf = (path: string) => resolve(way.ocs.world, 'alice', path)!.node.id

  it('are drawn of files by id, by path and for mobile clients', async () => {
    const shown = await picture(`/index.php/core/preview?fileId=${idOf('/t.txt')}&x=64&y=64`)
    expect([shown.status, shown.type, shown.size]).toEqual([200, 'image/png', [64, 64]])
    expect(shown.headers.get('Content-Disposition')).toBe('inline; filename="64-64-crop.png"')
    expect((await picture('/index.php/core/preview.png?file=/t.txt&x=200&y=100')).size).toEqual([256, 128])
    const mobile = await picture('/index.php/apps/files/api/v1/thumbnail/64/64/t.txt')
    expect([mobile.status, mobile.bytes]).toEqual([200, shown.bytes])
  })

  it('are shown as they are where they are small already', async () => {
    const { bytes } = await picture('/index.php/avatar/alice/64', null)
    await ask(way, 'PUT', '/remote.php/dav/files/alice/p.png', { as, body: bytes })
    const shown = await picture(`/index.php/core/preview?fileId=${idOf('/p.png')}&x=128&y=128`)
    expect([shown.bytes, shown.headers.get('Content-Disposition')]).toEqual([bytes, 'inline; filename="64-64-max.png"'])
  })

  it('are not there for other kinds of files, for what is empty, and for others', async () => {
    const status = async (path: string, who?: string | null) => (await picture(path, who)).status
    const byId = (path: string) => `/index.php/core/preview?fileId=${idOf(path)}`
    expect([await status(byId('/x.bin')), await status(byId('/empty.txt'))]).toEqual([404, 404])
    expect([await status(byId('/t.txt'), 'bob:bob'), await status(byId('/t.txt'), null)]).toEqual([404, 401])
    expect([await status('/index.php/core/preview'), await status(`${byId('/t.txt')}&x=0`)]).toEqual([400, 400])
    const fallback = await ask(way, 'GET', `${byId('/x.bin')}&mimeFallback=true`, { as })
    expect([fallback.status, fallback.headers.get('Location')]).toEqual([
      303,
      `${way.base()}/core/img/filetypes/application.svg`,
    ])
    expect(await status('/index.php/apps/files/api/v1/thumbnail/64/64/none.txt')).toBe(404)
    expect(await status('/index.php/apps/files/api/v1/thumbnail/0/64/t.txt')).toBe(400)
  })

  it('come with a link, as long as it gives the file', async () => {
    const { token } = await makeShare(way, as, { path: '/t.txt' })
    const shown = await picture(`/index.php/apps/files_sharing/publicpreview/${token}?x=64&y=64`, null)
    expect([shown.status, shown.size]).toEqual([200, [64, 64]])
    expect((await picture(`/index.php/s/${token}/preview`, null)).status).toBe(200)
    expect((await picture('/index.php/s/nosuchtoken/preview', null)).status).toBe(404)
    const id = idOf('/t.txt')
    await ask(way, 'DELETE', '/remote.php/dav/files/alice/t.txt', { as })
    expect((await picture(`/index.php/s/${token}/preview`, null)).status).toBe(404)
    expect((await picture(`/index.php/apps/files_trashbin/preview?fileId=${id}`)).status).toBe(200)
    expect((await picture(`/index.php/apps/files_trashbin/preview?fileId=${id}`, 'bob:bob')).status).toBe(404)
  })

  it('stand for accounts, the same ones every time', async () => {
    const small = await picture('/index.php/avatar/alice/32', null)
    expect([small.status, small.size, small.headers.get('X-NC-IsCustomAvatar')]).toEqual([200, [64, 64], '0'])
    expect((await picture('/index.php/avatar/alice/100', null)).size).toEqual([512, 512])
    expect((await picture('/index.php/avatar/alice/64', null)).bytes).toEqual(small.bytes)
    expect((await picture('/index.php/avatar/alice/64/dark', null)).bytes).not.toEqual(small.bytes)
    expect((await picture('/index.php/avatar/nobody/64', null)).status).toBe(404)
    expect((await picture('/index.php/avatar/guest/Somebody/64', null)).status).toBe(201)
    const known = await ask(way, 'GET', '/index.php/avatar/alice/64', {
      headers: { 'If-None-Match': small.headers.get('ETag')! },
    })
    expect(known.status).toBe(304)
    expect((await picture('/remote.php/dav/avatars/alice/64.png')).bytes).toEqual(small.bytes)
  })
})
