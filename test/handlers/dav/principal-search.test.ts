import { ask, errorOf, hrefsOf } from '../../support/dav.ts'
import { directly, expect, it } from '../../support/ways.ts'

const seed = {
  groups: [{ id: 'team' }],
  users: [
    { id: 'alice', password: 'secret', displayName: 'Test Name', email: 'alice@example.com' },
    { id: 'bob', password: 'secret', displayName: 'Another test', groups: ['team'] },
    { id: 'carol', password: 'secret', groups: ['team'] },
  ],
}

directly('principal-property-search', seed, (way) => {
  const search = (searches: string, { path = 'principals/users', test = '', more = '', depth = '0' } = {}) =>
    ask(way, 'REPORT', `/remote.php/dav/${path}`, {
      as: 'carol:secret',
      headers: { Depth: depth },
      body: `<d:principal-property-search xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns"${test}>${searches}<d:prop><d:displayname/></d:prop>${more}</d:principal-property-search>`,
    })
  const by = (name: string, text: string) =>
    `<d:property-search><d:prop><${name}/></d:prop><d:match>${text}</d:match></d:property-search>`
  const found = async (...asked: Parameters<typeof search>) =>
    hrefsOf(await search(...asked)).map((href) => href.slice('/remote.php/dav/principals/'.length))

  it('finds accounts by name or address', async () => {
    expect(await found(by('d:displayname', 'TEST'))).toEqual(['users/bob/', 'users/alice/'])
    expect(await found(by('s:email-address', 'alice@example.com'))).toEqual(['users/alice/'])
    expect(await found(by('d:getetag', 'alice'))).toEqual([])
  })

  it('finds those whom all searches find, or any', async () => {
    const both = by('d:displayname', 'another') + by('s:email-address', 'alice@example.com')
    expect(await found(both)).toEqual([])
    expect(await found(both, { test: ' test="anyof"' })).toEqual(['users/bob/', 'users/alice/'])
  })

  it('looks where it is sent, or into all collections', async () => {
    expect(await found(by('d:displayname', 'team'), { path: 'principals/groups' })).toEqual(['groups/team/'])
    expect(await found(by('d:displayname', 'test'), { path: '' })).toEqual([])
    const more = '<d:apply-to-principal-collection-set/>'
    expect(await found(by('d:displayname', 'test'), { path: '', more })).toEqual(['users/bob/', 'users/alice/'])
  })

  it('shows no more than people may see of each other', async () => {
    const set = (key: string, value: string) => way.ocs.occ(['config:app:set', 'core', key, '--value', value])
    await set('shareapi_restrict_user_enumeration_to_group', 'yes')
    expect(await found(by('d:displayname', 'test'))).toEqual(['users/bob/'])
    expect(await found(by('d:displayname', 'Test Name'))).toEqual(['users/alice/'])
    await set('shareapi_allow_share_dialog_user_enumeration', 'no')
    expect(await found(by('d:displayname', 'test'))).toEqual([])
    await set('shareapi_enabled', 'no')
    expect(await found(by('d:displayname', 'Test Name'))).toEqual([])
  })

  it('wants a depth of nothing, and something to search for', async () => {
    expect(errorOf(await search(by('d:displayname', 'test'), { depth: '1' })).message).toBe('Depth must be 0')
    expect((await search('')).status).toBe(400)
  })
})
