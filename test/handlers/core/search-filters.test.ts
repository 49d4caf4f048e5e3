/** What unified search finds by more than a text, and where else it looks. */
import { systemTags } from '#handlers/dav/api.ts'
import * as comments from '#world/files/comments.ts'
import * as files from '#world/files/files.ts'
import { directly, expect, it } from '../../support/ways.ts'

const ALICE = { as: 'alice:alice' }
const ADMIN = { as: 'admin:admin' }
const SEED = {
  users: [{ id: 'alice' }, { id: 'bob', groups: ['staff'] }],
  files: { alice: { '/Plans/plan.txt': { content: 'a', mtime: 5 }, '/other.txt': { content: 'bb', mtime: 6 } } },
  shares: [
    { type: 'user' as const, owner: 'alice', path: '/other.txt', with: 'admin' },
    { type: 'group' as const, owner: 'alice', path: '/Plans/plan.txt', with: 'staff' },
  ],
}

directly('unified search', SEED, (way) => {
  const search = (provider: string, query: string, as = ALICE) =>
    way.ask('GET', `/search/providers/${provider}/search?${query}`, as)
  const titles = async (provider: string, query: string, as = ALICE) => {
    const { text } = await search(provider, query, as)
    return [...text.matchAll(/"title":"([^"]*)"/g)].map(([, title]) => title)
  }
  const listedFrom = async (from: string) => (await way.ask('GET', `/search/providers?from=${from}`, ALICE)).text

  it('calls settings personal only for those who have others', async () => {
    const sublines = async (as = ALICE) =>
      [...(await search('settings', 'term=secur', as)).text.matchAll(/"subline":"([^"]*)"/g)].map(([, text]) => text)
    expect(await sublines()).toEqual([''])
    expect(await sublines(ADMIN)).toEqual(['Personal', 'Administration'])
    expect(await titles('settings', 'term=sync-cl')).toEqual(['Mobile & desktop'])
    expect(await titles('settings', 'title-only=1')).toContain('Personal info')
  })

  it('finds entries of menus', async () => {
    const found = ['Appearance and accessibility', 'Personal settings', 'Administration settings']
    expect(await titles('appstore', 'term=set', ADMIN)).toEqual(found)
    expect(await titles('appstore', 'title-only=1')).toEqual([])
  })

  it.each(['users', 'contacts', 'calendar', 'tasks'])('finds nothing with %s, which is not listed', async (id) => {
    const { code, text } = await search(id, 'term=a')
    expect([code, text.includes('"entries":[],"cursor":null')]).toEqual([200, true])
    expect(await listedFrom('')).not.toContain(`"id":"${id}"`)
  })

  it('lists accounts to those who search from their page', async () => {
    expect(await listedFrom('/settings/users')).toContain('"id":"users"')
    expect(await listedFrom('http://cloud/settings/users/staff?a=b')).toContain('"id":"users"')
    expect(await listedFrom('/settings/usersx')).not.toContain('"id":"users"')
    expect(await listedFrom('/settings/users')).not.toContain('listedFrom')
  })

  it.each([
    ['mime=text/plain', ['other.txt', 'plan.txt', 'welcome.txt']],
    ['type=httpd', ['Plans']],
    ['path=/Plans', ['Plans', 'plan.txt']],
    ['path=Plans/', ['plan.txt']],
    ['min-size=3', ['welcome.txt']],
    ['max-size=2&type=text', ['other.txt', 'plan.txt']],
    ['until=5', ['plan.txt']],
    ['since=6&until=1970-01-01T00:00:06Z', ['other.txt']],
    ['term=pl_n.', ['plan.txt']],
    ['term=pl\\_n.', []],
    ['person=admin', ['other.txt']],
    ['person=nc-user/bob', []],
    ['person=nc-group/staff', ['plan.txt']],
  ])('finds files by %s', async (query, found) => {
    expect((await titles('files', query)).sort()).toEqual(found)
  })

  it('finds files by their sizes or in the order of their making, where nobody wants the newest first', async () => {
    expect(await titles('files', 'term=.t&sortOrder=0')).toEqual(['plan.txt', 'other.txt', 'welcome.txt'])
    expect(await titles('files', 'mime=text/plain&sortOrder=0')).toEqual(['welcome.txt', 'plan.txt', 'other.txt'])
  })

  it.each([
    ['files', 'term=%20', 'No valid filters provided'],
    ['nosuch', 'a=b', 'No valid filters provided'],
    ['files', 'mime=', 'String filter can’t be empty'],
    ['files', 'places=0', 'Strings filter can’t be empty'],
    ['files', 'is-favorite=x', 'Invalid boolean value x'],
    ['files', 'person=nobody', 'User nobody not found'],
    ['files', 'person=nc-group/none', 'Group none not found'],
    ['contacts', 'term=a&company=x', 'Provider contacts doesn’t support filter company.'],
    ['circles', 'term=a&since=1', 'Provider circles doesn’t support filter since.'],
    ['nosuch', 'term=a&until=1', 'Provider nosuch doesn’t support filter until.'],
  ])('says why %s cannot be searched by %s', async (provider, query, reason) => {
    const answer = await search(provider, query)
    expect(answer.code).toBe(400)
    answer.expectData(reason)
  })

  it.each(['since=bad', 'since=0', 'min-size=x', 'title-only=true', 'is-favorite=1', 'person=bool/1', 'since[]=1'])(
    'breaks with %s for files, as the real server does',
    async (query) => {
      expect((await search('files', query)).code).toBe(996)
    },
  )

  it('goes on where a number says, however it is written', async () => {
    expect((await search('files', 'term=txt&cursor=x')).code).toBe(996)
    expect((await search('files', 'term=txt&cursor=1x&limit=1')).text).toContain('"cursor":2}')
    expect((await search('files', 'term=txt&cursor=1.5&limit=1')).text).toContain('"cursor":2.5}')
  })

  it('finds tags, and files once for each tag that they have', async () => {
    const { world } = way.ocs
    const id = files.resolve(world, 'alice', '/Plans/plan.txt')!.node.id
    for (const name of ['Reddish', 'redder']) {
      const tag = systemTags.create(world, { name, userVisible: true, userAssignable: true })
      if (tag !== 'exists') systemTags.assign(world, 'files', String(id), tag)
    }
    const found = ['All tagged Reddish …', 'All tagged redder …', 'plan.txt', 'plan.txt']
    expect((await titles('systemtags', 'term=red')).map((title) => title?.replace('\\u2026', '…'))).toEqual(found)
    expect((await search('systemtags', 'term=redd')).text).toContain('"subline":"tagged redder, Reddish"')
    expect((await search('systemtags', 'term=blue')).text).toContain('"isPaginated":false')
  })

  it('finds comments on one’s own files', async () => {
    const { world } = way.ocs
    const objectId = String(files.resolve(world, 'alice', '/Plans/plan.txt')!.node.id)
    const said = { objectType: 'files', objectId, actorId: 'alice', parentId: 0, verb: 'comment', message: 'So green' }
    comments.add(world, said)
    const { text } = await search('comments', 'term=GREEN')
    expect(text).toContain('"title":"alice"')
    expect(text).toContain('"subline":"\\/alice\\/files\\/Plans\\/plan.txt"')
    expect(await titles('comments', 'term=green', ADMIN)).toEqual([])
  })
})
