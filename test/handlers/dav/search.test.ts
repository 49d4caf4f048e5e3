import { ask, hrefsOf } from '../../support/dav.ts'
import { everyTransport, expect, it } from '../../support/ways.ts'

const seed = {
  users: [{ id: 'bob', password: 'bob' }],
  files: { bob: { '/Docs/report.md': '# report\n', '/Docs/deep/Notes.txt': 'n', '/plan.txt': 'plan' } },
}
const as = 'bob:bob'
const HOME = '/remote.php/dav/files/bob'

const query = (where: string, { from = '/files/bob', depth = 'infinity', more = '' } = {}) =>
  `<d:searchrequest xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns"><d:basicsearch><d:select><d:prop><d:displayname/></d:prop></d:select><d:from><d:scope><d:href>${from}</d:href><d:depth>${depth}</d:depth></d:scope></d:from><d:where>${where}</d:where>${more}</d:basicsearch></d:searchrequest>`
const condition = (operator: string, property: string, literal: string) =>
  `<d:${operator}><d:prop><${property}/></d:prop><d:literal>${literal}</d:literal></d:${operator}>`

everyTransport('SEARCH', { seed }, (way) => {
  const search = (body: string, headers: Record<string, string> = {}) =>
    ask(way, 'SEARCH', '/remote.php/dav/', { as, body, headers: { 'Content-Type': 'text/xml', ...headers } })
  const found = async (...asked: Parameters<typeof query>) =>
    hrefsOf(await search(query(...asked))).map((href) => href.slice(HOME.length))

  it('finds by name, whatever its case, and by type', async () => {
    expect(await found(condition('like', 'd:displayname', '%NOTE%'))).toEqual(['/Docs/deep/Notes.txt'])
    expect(await found(condition('eq', 'd:displayname', 'plan.txt'))).toEqual(['/plan.txt'])
    expect(await found(condition('like', 'd:getcontenttype', 'text/markdown'))).toEqual(['/Docs/report.md'])
    expect(await found('<d:is-collection/>')).toEqual(['/Docs/', '/Docs/deep/'])
  })

  it('joins conditions, compares, sorts and pages', async () => {
    const text = condition('like', 'd:getcontenttype', 'text/%')
    const order = (way: string) => `<d:orderby><d:order><d:prop><oc:size/></d:prop><d:${way}/></d:order></d:orderby>`
    const limit = (count: number, first: number) =>
      `<d:limit><d:nresults>${count}</d:nresults><nc:firstresult>${first}</nc:firstresult></d:limit>`
    const large = condition('gt', 'oc:size', '3')
    expect(await found(`<d:and>${text}${large}</d:and>`, { more: order('ascending') })).toEqual([
      '/plan.txt',
      '/Docs/report.md',
      '/welcome.txt',
    ])
    expect(await found(text, { more: order('descending') + limit(2, 1) })).toEqual(['/Docs/report.md', '/plan.txt'])
    expect(await found(`<d:not>${text}</d:not>`)).toEqual(['/Docs/', '/Docs/deep/'])
    expect(await found(condition('lt', 'd:getlastmodified', '2001-01-01T00:00:00Z'))).toEqual([])
  })

  it('looks below the folder that is named, as deep as is asked', async () => {
    const all = condition('like', 'd:displayname', '%')
    expect(await found(all, { from: '/files/bob/Docs', depth: '1' })).toEqual(['/Docs/deep/', '/Docs/report.md'])
    expect((await search(query(all, { from: '/files/bob/none' }))).status).toBe(404)
    expect((await search(query(all, { from: '/files/alice' }))).status).toBe(500)
  })

  it('finds favourites', async () => {
    const body =
      '<d:propertyupdate xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:set><d:prop><oc:favorite>1</oc:favorite></d:prop></d:set></d:propertyupdate>'
    await ask(way, 'PROPPATCH', `${HOME}/plan.txt`, { as, body })
    expect(await found(condition('eq', 'oc:favorite', '1'))).toEqual(['/plan.txt'])
  })

  it('refuses what it cannot read or search by', async () => {
    expect((await search(query(condition('eq', 'oc:nosuch', '1')))).text).toBe(
      'requested search property is not a valid property for this scope',
    )
    const wrong = [await search(''), await search('<x/>'), await search(query(''))]
    expect(wrong.map(({ status }) => status)).toEqual([400, 400, 500])
    expect((await search(query('<d:is-collection/>'), { 'Content-Type': 'application/json' })).status).toBe(501)
  })
})
