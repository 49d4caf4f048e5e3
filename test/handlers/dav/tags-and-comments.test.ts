import { resolve } from '#world/files/files.ts'
import { ask, type DavAsk, errorOf, hrefsOf, textOf } from '../../support/dav.ts'
import { everyTransport, expect, it } from '../../support/ways.ts'

const seed = {
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', password: 'bob' },
  ],
  files: { alice: { '/S/a.txt': 'x', '/mine.txt': 'y' } },
  shares: [{ type: 'user' as const, owner: 'alice', path: '/S', with: 'bob' }],
}
const JSON_TYPE = { 'Content-Type': 'application/json' }

everyTransport('tags of files', { seed }, (way) => {
  const dav = (method: string, path: string, asked: DavAsk = {}) =>
    ask(way, method, `/remote.php/dav${path}`, { as: 'alice:secret', ...asked })
  const fileId = (path = '/S/a.txt') => resolve(way.ocs.world, 'alice', path)!.node.id
  const create = async (name: string) => {
    const body = JSON.stringify({ name, userVisible: true, userAssignable: true })
    const made = await dav('POST', '/systemtags', { body, headers: JSON_TYPE })
    return { made, id: made.headers.get('Content-Location')?.split('/').at(-1) }
  }

  it('are made once, and are there for everybody', async () => {
    const { made, id } = await create('urgent')
    expect(made.status).toBe(201)
    expect((await create('urgent')).made.status).toBe(409)
    const body =
      '<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><oc:display-name/></d:prop></d:propfind>'
    const told = await ask(way, 'PROPFIND', `/remote.php/dav/systemtags/${id}`, { as: 'bob:bob', body })
    expect([told.status, textOf(told, 'oc:display-name')]).toEqual([207, 'urgent'])
    expect((await dav('PROPFIND', '/systemtags/999')).status).toBe(404)
  })

  it('are put on files, taken off, and found by', async () => {
    const { id } = await create('urgent')
    const relation = `/systemtags-relations/files/${fileId()}/${id}`
    expect((await dav('PUT', relation)).status).toBe(201)
    expect((await dav('PUT', relation)).status).toBe(409)
    const listed = await dav('PROPFIND', `/systemtags-relations/files/${fileId()}`, { headers: { Depth: '1' } })
    expect(hrefsOf(listed)[1]).toBe(`/remote.php/dav${relation}`)
    const report = (tag: string) =>
      dav('REPORT', '/files/alice/', {
        body: `<oc:filter-files xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><oc:fileid/></d:prop><oc:filter-rules><oc:systemtag>${tag}</oc:systemtag></oc:filter-rules></oc:filter-files>`,
      })
    expect(hrefsOf(await report(id!))).toEqual(['/remote.php/dav/files/alice/S/a.txt'])
    expect((await report('999')).status).toBe(412)
    expect((await dav('DELETE', relation)).status).toBe(204)
    expect(hrefsOf(await report(id!))).toEqual([])
  })
})

everyTransport('comments on files', { seed }, (way) => {
  const by =
    (user: 'alice' | 'bob') =>
    (method: string, path: string, asked: DavAsk = {}) =>
      ask(way, method, `/remote.php/dav/comments/files/${path}`, {
        as: user === 'alice' ? 'alice:secret' : 'bob:bob',
        ...asked,
      })
  const [alice, bob] = [by('alice'), by('bob')]
  const fileId = (path = '/S/a.txt') => resolve(way.ocs.world, 'alice', path)!.node.id
  const write = (user: typeof alice, message: string, path?: string) =>
    user('POST', `${fileId(path)}`, {
      body: JSON.stringify({ actorType: 'users', verb: 'comment', message }),
      headers: JSON_TYPE,
    })
  const report = (user: typeof alice) =>
    user('REPORT', `${fileId()}`, {
      body: '<oc:filter-comments xmlns:oc="http://owncloud.org/ns"><oc:limit>10</oc:limit></oc:filter-comments>',
    })

  it('are written by those who see the file, and read by all of them', async () => {
    const made = await write(bob, 'Hello @alice')
    expect([made.status, made.headers.get('Content-Location')]).toEqual([201, expect.stringMatching(/\/\d+$/)])
    const read = await report(alice)
    expect([textOf(read, 'oc:message'), textOf(read, 'oc:actorId'), textOf(read, 'oc:isUnread')]).toEqual([
      'Hello @alice',
      'bob',
      'true',
    ])
    expect((await write(bob, 'no', '/mine.txt')).status).toBe(404)
    expect(errorOf(await write(alice, 'x'.repeat(1001))).exception).toBe('BadRequest')
  })

  it('are changed and deleted by who wrote them', async () => {
    const path = (await write(bob, 'first')).headers.get('Content-Location')!.split('/files/')[1]!
    const body = (message: string) =>
      `<d:propertyupdate xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:set><d:prop><oc:message>${message}</oc:message></d:prop></d:set></d:propertyupdate>`
    expect((await alice('PROPPATCH', path, { body: body('mine') })).status).toBe(403)
    expect((await bob('PROPPATCH', path, { body: body('second') })).status).toBe(207)
    expect(textOf(await report(alice), 'oc:message')).toBe('second')
    expect((await alice('DELETE', path)).status).toBe(403)
    expect((await bob('DELETE', path)).status).toBe(204)
    expect((await report(alice)).text).not.toContain('oc:message>second')
  })
})
