import { ask, textOf } from '../../support/dav.ts'
import { makeShare } from '../../support/share-links.ts'
import { directly, everyTransport, expect, it } from '../../support/ways.ts'

const seed = {
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', password: 'bob' },
  ],
  files: { alice: { '/one.txt': 'one file', '/Dir/a.txt': 'a' } },
}
const as = 'alice:secret'
const PATH = '/apps/files_downloadlimit/api/v1'

directly('the download limit of a link', seed, (way) => {
  const limit = (token: string) => `${PATH}/${token}/limit`
  const link = async (path = '/one.txt') => (await makeShare(way, as, { path })).token

  way.inEveryWay('is set, read and taken away', async () => {
    const token = await link()
    ;(await way.ask('GET', limit(token), { as })).expectData({ limit: null, count: null })
    expect((await way.ask('PUT', limit(token), { as, form: { limit: '3' } })).code).toBe(200)
    ;(await way.ask('GET', limit(token), { as })).expectData({ limit: 3, count: 0 })
    expect((await way.ask('DELETE', limit(token), { as })).code).toBe(200)
    ;(await way.ask('GET', limit(token), { as })).expectData({ limit: null, count: null })
  })

  it('breaks on numbers below one, as the real server does', async () => {
    const token = await link()
    expect((await way.ask('PUT', limit(token), { as, form: { limit: '0' } })).code).toBe(996)
  })

  it('is for the maker of a link to a file', async () => {
    const [token, folder] = [await link(), await link('/Dir')]
    const told = async (path: string, who = as) => {
      const answer = await way.ask('GET', path, { as: who })
      return [answer.code, answer.message]
    }
    expect(await told(limit(token), 'bob:bob')).toEqual([404, 'Unknown share'])
    expect(await told(limit('nosuchtoken'))).toEqual([404, 'Unknown share'])
    expect(await told(limit(folder))).toEqual([404, 'Invalid file type'])
    const put = await way.ask('PUT', limit(folder), { as, form: { limit: '1' } })
    const remove = await way.ask('DELETE', limit(folder), { as })
    expect([put.code, remove.code]).toEqual([404, 404])
  })

  way.inEveryWay('has a default that administrators set', async () => {
    const admin = 'admin:admin'
    const proposed = async () =>
      /default-limit"?>?:?(-?\d+)/.exec((await way.ask('GET', '/cloud/capabilities', { as })).text)?.[1]
    expect((await way.ask('PUT', `${PATH}/limit`, { as, form: { limit: '7' } })).code).toBe(403)
    expect((await way.ask('PUT', `${PATH}/limit`, { as: admin, form: { limit: '0' } })).code).toBe(996)
    expect((await way.ask('PUT', `${PATH}/limit`, { as: admin, form: { limit: '7' } })).code).toBe(200)
    expect(await proposed()).toBe('7')
    expect((await way.ask('DELETE', `${PATH}/limit`, { as: admin })).code).toBe(200)
    expect(await proposed()).toBe('-1')
  })
})

everyTransport('downloads of a limited link', { seed }, (way) => {
  const setLimit = (token: string, limit: number) =>
    ask(way, 'PUT', `/ocs/v2.php${PATH}/${token}/limit?limit=${limit}`, { as, headers: { 'OCS-APIRequest': 'true' } })
  const count = async (token: string) => {
    const answer = await ask(way, 'GET', `/ocs/v2.php${PATH}/${token}/limit?format=json`, {
      as,
      headers: { 'OCS-APIRequest': 'true' },
    })
    return JSON.parse(answer.text).ocs.data.count
  }

  it('count, and the last one ends the link', async () => {
    const { token, url } = await makeShare(way, as, { path: '/one.txt' })
    const file = `/public.php/dav/files/${token}`
    await setLimit(token, 4)
    await ask(way, 'GET', new URL(url).pathname)
    await ask(way, 'HEAD', file)
    await ask(way, 'PROPFIND', file)
    expect(await count(token)).toBe(0)
    expect((await ask(way, 'GET', `${new URL(url).pathname}/download`)).status).toBe(303)
    expect(await count(token)).toBe(1)
    const first = await ask(way, 'GET', file)
    await ask(way, 'GET', file, { headers: { 'If-None-Match': first.headers.get('ETag')! } })
    expect(await count(token)).toBe(2)
    await ask(way, 'GET', file, { headers: { Range: 'bytes=0-2' } })
    expect((await ask(way, 'GET', file)).text).toBe('one file')
    expect((await ask(way, 'GET', file)).status).toBe(503)
    expect((await ask(way, 'GET', new URL(url).pathname)).status).toBe(404)
  })

  it('show among the properties of the file', async () => {
    const { token } = await makeShare(way, as, { path: '/one.txt' })
    await setLimit(token, 5)
    const body =
      '<d:propfind xmlns:d="DAV:" xmlns:nc="http://nextcloud.org/ns"><d:prop><nc:share-download-limits/></d:prop></d:propfind>'
    const told = await ask(way, 'PROPFIND', '/remote.php/dav/files/alice/one.txt', { as, body })
    expect([textOf(told, 'nc:token'), textOf(told, 'nc:limit'), textOf(told, 'nc:count')]).toEqual([token, '5', '0'])
  })
})
