import { ensureHome } from '#world/files/files.ts'
import { ask } from '../../support/dav.ts'
import { directly, everyTransport, expect, it } from '../../support/ways.ts'

const seed = {
  users: [{ id: 'alice', password: 'secret' }, { id: 'bob' }],
  files: { alice: { '/page.html': '<b>hello</b>' } },
}
const PATH = '/apps/dav/api/v1/direct'
const as = 'alice:secret'

directly('POST /apps/dav/api/v1/direct', seed, (way) => {
  const make = (form: Record<string, string>, who = as) => way.ask('POST', PATH, { as: who, form })
  const idOf = async () => {
    const head = await way.fetch('/remote.php/dav/files/alice/page.html', {
      method: 'MOVE',
      headers: { Authorization: `Basic ${btoa(as)}`, Destination: '/remote.php/dav/files/alice/moved.html' },
    })
    return String(Number(head.headers.get('OC-FileId')!.slice(0, 8)))
  }

  way.inEveryWay('makes a link that serves the file', async () => {
    const answer = await make({ fileId: await idOf() })
    expect(answer.code).toBe(200)
    const token = /remote\.php\\?\/direct\\?\/([A-Za-z0-9]{60})/.exec(answer.text)![1]!
    const got = await way.fetch(`/remote.php/direct/${token}`)
    expect([got.status, await got.text(), got.headers.get('Content-Type')]).toEqual([
      200,
      '<b>hello</b>',
      'text/html;charset=UTF-8',
    ])
  })

  it('knows only files that the caller sees', async () => {
    const fileId = await idOf()
    expect((await make({ fileId }, 'bob:bob')).code).toBe(404)
    expect((await make({ fileId: '999999' })).code).toBe(404)
    expect((await make({ fileId: 'abc' })).code).toBe(404)
  })

  it('links no folders, and for a day at most', async () => {
    const folder = await make({ fileId: String(ensureHome(way.ocs.world, 'alice').id) })
    expect([folder.code, folder.message]).toEqual([400, 'Direct download only works for files'])
    const fileId = await idOf()
    for (const expirationTime of ['0', '-5', '86401', 'x']) {
      const answer = await make({ fileId, expirationTime })
      expect([answer.code, answer.message]).toEqual([
        400,
        'Expiration time should be greater than 0 and less than or equal to 86400',
      ])
    }
  })
})

everyTransport('a direct link', { seed }, (way) => {
  const make = async (expirationTime: string) => {
    const put = await ask(way, 'PUT', '/remote.php/dav/files/alice/d.txt', { as, body: 'hello direct link\n' })
    const answer = await ask(way, 'POST', `/ocs/v2.php${PATH}?format=json`, {
      as,
      body: new URLSearchParams({ fileId: put.headers.get('OC-FileId')!.slice(0, 8), expirationTime }).toString(),
      headers: { 'OCS-APIRequest': 'true', 'Content-Type': 'application/x-www-form-urlencoded' },
    })
    return new URL(JSON.parse(answer.text).ocs.data.url).pathname
  }

  it('lives until its end, follows the file, and dies with it', async () => {
    const link = await make('60')
    expect((await ask(way, 'GET', link)).text).toBe('hello direct link\n')
    const part = await ask(way, 'GET', link, { headers: { Range: 'bytes=6-11' } })
    expect([part.status, part.text, part.headers.get('Content-Range')]).toEqual([206, 'direct', 'bytes 6-11/18'])
    way.ocs.world.clock.advance('59s')
    await ask(way, 'PUT', '/remote.php/dav/files/alice/d.txt', { as, body: 'changed' })
    expect((await ask(way, 'GET', link)).text).toBe('changed')
    way.ocs.world.clock.advance('2s')
    const late = await ask(way, 'GET', link)
    expect([late.status, late.text]).toEqual([
      404,
      '<?xml version="1.0" encoding="utf-8"?>\n<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">\n  <s:exception>Sabre\\DAV\\Exception\\NotFound</s:exception>\n  <s:message/>\n</d:error>\n',
    ])
    const other = await make('60')
    await ask(way, 'DELETE', '/remote.php/dav/files/alice/d.txt', { as })
    expect((await ask(way, 'GET', other)).status).toBe(404)
  })

  it('changes nothing and lists nothing', async () => {
    const link = await make('60')
    expect((await ask(way, 'PUT', link, { body: 'x' })).status).toBe(403)
    expect((await ask(way, 'DELETE', link)).status).toBe(403)
    expect((await ask(way, 'PROPFIND', '/remote.php/direct/')).status).toBe(405)
    expect((await ask(way, 'GET', '/remote.php/direct/nosuch')).status).toBe(404)
  })
})
