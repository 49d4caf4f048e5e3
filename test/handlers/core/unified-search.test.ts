import { directly, expect, it } from '../../support/ways.ts'

const ALICE = { as: 'alice:alice' }
const SEED = {
  users: [{ id: 'alice' }],
  files: { alice: { '/Plans/plan.txt': { content: 'a', mtime: 5 }, '/other.txt': { content: 'b', mtime: 6 } } },
}

directly('unified search', SEED, (way) => {
  const search = (provider: string, query: string, as = ALICE) =>
    way.ask('GET', `/search/providers/${provider}/search?${query}`, as)
  const titles = async (provider: string, query: string, as = ALICE) => {
    const { text, isJson } = await search(provider, query, as)
    return [...text.matchAll(isJson ? /"title":"([^"]*)"/g : /<title>([^<]*)<\/title>/g)].map((match) => match[1])
  }

  way.inEveryWay('lists what the enabled apps search in', async () => {
    expect((await way.ask('GET', '/search/providers', ALICE)).text).toContain('systemtags')
    await way.ask('DELETE', '/cloud/apps/systemtags', { as: 'admin:admin' })
    expect((await way.ask('GET', '/search/providers', ALICE)).text).not.toContain('systemtags')
  })

  way.inEveryWay('finds files by their names, the newest first, page by page', async () => {
    expect(await titles('files', 'term=TXT&limit=2')).toHaveLength(2)
    expect(await titles('files', 'term=plan.t')).toEqual(['plan.txt'])
    expect((await search('files', 'term=plan.t')).text).toContain('in Plans')
    expect(await titles('files', 'term=plan.t&cursor=5')).toEqual([])
    expect(await titles('files', 'term=zzz')).toEqual([])
  })

  // Nextcloud 34.0.1, asked: both are open to requests that do not say that they are meant.
  it.each([
    ['/search/providers', 200],
    ['/search/providers/files/search?term=plan', 200],
  ])('needs no OCS-APIRequest: %s', async (path, status) => {
    const headers = { Authorization: `Basic ${btoa('alice:alice')}` }
    expect((await way.fetch(`/ocs/v2.php${path}`, { headers })).status).toBe(status)
  })

  it('finds settings that one may see', async () => {
    expect(await titles('settings', 'term=app')).toEqual(['Appearance and accessibility'])
    expect(await titles('settings', 'term=app', { as: 'admin:admin' })).toEqual([
      'Appearance and accessibility',
      'AppAPI',
    ])
    expect(await titles('comments', 'term=a')).toEqual([])
    expect(await titles('circles', 'term=a')).toEqual([])
  })

  it('wants something to look for, with a provider that there is', async () => {
    const empty = await search('files', 'term=')
    expect(empty.code).toBe(400)
    empty.expectData('No valid filters provided')
    expect((await search('nosuch', 'term=a')).code).toBe(996)
    expect((await search('files', 'term=a&limit=0')).code).toBe(996)
  })
})
