import type { Seed } from '#index.ts'
import * as users from '#world/accounts/users.ts'
import { setApp, setSystem } from '#world/settings/config.ts'
import { directly, expect, it, type OcsAnswer, type Way } from '../../support/ways.ts'

const BASE = '/apps/files_sharing/api/v1'
const ADMIN = { as: 'admin:admin' }
const SEED: Seed = {
  users: [
    { id: 'alan', displayName: 'Alan B' },
    { id: 'alice', displayName: 'Alice A', email: 'alice@example.org', groups: ['alumni'] },
    { id: 'bob', password: 'bob', displayName: 'Bob (Work)', groups: ['alumni'] },
  ],
  files: { admin: { '/a.txt': 'a', '/b.txt': 'b' } },
}
const ALAN = {
  label: 'Alan B',
  subline: '',
  icon: 'icon-user',
  value: { shareType: 0, shareWith: 'alan' },
  shareWithDisplayNameUnique: 'alan',
  status: [],
}
const ALICE = {
  ...ALAN,
  label: 'Alice A',
  value: { shareType: 0, shareWith: 'alice' },
  shareWithDisplayNameUnique: 'alice@example.org',
}
const ALUMNI = { label: 'alumni', value: { shareType: 1, shareWith: 'alumni' } }
const NONE = { users: [], groups: [], remotes: [], remote_groups: [], emails: [] }
const found = (wide: object, exact: object = {}) => ({
  exact: { ...NONE, ...exact, circles: [], rooms: [] },
  ...NONE,
  ...wide,
  lookup: [],
  circles: [],
  rooms: [],
  lookupEnabled: false,
})

const ask = (way: Way, query: string, who = ADMIN) => way.ask('GET', `${BASE}/sharees?${query}`, who)
const labels = (answer: OcsAnswer) =>
  [...answer.text.matchAll(/"label":"([^"]*)"|<label>([^<]*)/g)].map((m) => m[1] ?? m[2])
const core = (way: Way, key: string, value: string) => setApp(way.ocs.world, 'core', key, value)

directly('a search for those to share with', SEED, (way) => {
  way.inEveryWay('finds accounts and groups by parts of their names', async () => {
    const answer = await ask(way, 'search=al&itemType=file')
    answer.expectData(found({ users: [ALAN, ALICE], groups: [ALUMNI] }))
  })

  it('tells who was meant exactly', async () => {
    const byId = await ask(way, 'search=ALICE&itemType=file')
    byId.expectData(found({}, { users: [ALICE] }))
    const byAddress = await ask(way, 'search=alice@example.org&itemType=file')
    byAddress.expectData(found({}, { users: [ALICE] }))
    const group = await ask(way, 'search=alumni&itemType=file')
    group.expectData(found({}, { groups: [ALUMNI] }))
  })

  it('offers the address that was written, for mail and as an account of another server', async () => {
    const mail = { label: 'x@example.com', uuid: 'x@example.com', value: { shareType: 4, shareWith: 'x@example.com' } }
    const remote = {
      label: 'x (example.com)',
      uuid: 'x',
      name: 'x',
      value: { shareType: 6, shareWith: 'x@example.com', server: 'example.com', isTrustedServer: false },
    }
    const both = await ask(way, 'search=x@example.com&itemType=file')
    both.expectData(found({}, { emails: [mail], remotes: [remote] }))
    const named = await ask(way, `search=${encodeURIComponent('Some One <x@example.com>')}&itemType=file&shareType=4`)
    named.expectData(found({}, { emails: [mail] }))
  })

  it('offers groups of other servers where they may be shared with', async () => {
    setApp(way.ocs.world, 'files_sharing', 'outgoing_server2server_group_share_enabled', 'yes')
    const answer = await ask(way, 'search=team@example.com&itemType=file&shareType=9')
    const value = { shareType: 9, shareWith: 'team@example.com', server: 'https://example.com' }
    answer.expectData(
      found({}, { remote_groups: [{ label: 'team (https://example.com)', guid: 'team', name: 'team', value }] }),
    )
  })

  it('finds the contact that everyone starts with', async () => {
    expect(labels(await ask(way, 'search=leon&itemType=file'))).toEqual(['Leon Green (leon@example.com)'])
    expect(labels(await ask(way, 'search=leon@example.com&itemType=file'))).toEqual(['Leon Green (leon@example.com)'])
  })

  it('asks for the kinds that are wanted only', async () => {
    expect(labels(await ask(way, 'search=al&itemType=file&shareType=1'))).toEqual(['alumni'])
    expect(labels(await ask(way, 'search=al&itemType=file&shareType[]=0&shareType[]=4'))).toEqual(['Alan B', 'Alice A'])
    expect(labels(await ask(way, 'search=x@example.com&itemType=calendar&shareType=6'))).toEqual(['x (example.com)'])
    expect(labels(await ask(way, 'search=x@example.com&itemType=other&shareType=6'))).toEqual([])
  })

  it('comes in pages, which the address book fills', async () => {
    const first = await ask(way, 'search=al&itemType=file&perPage=1&shareType=0')
    expect(labels(first)).toEqual(['Alan B', 'Alice A (alice@example.org)'])
    expect(first.headers.get('link')).toBeNull()
    expect(labels(await ask(way, 'search=al&itemType=file&perPage=1&page=2&shareType=0'))).toEqual(['Alice A'])
  })

  it('names a next page where accounts or groups do not fill this one, and for other servers', async () => {
    const leads = async (query: string) =>
      /page=2>; rel="next"$/.test((await ask(way, `search=al&itemType=file&${query}`)).headers.get('link') ?? '')
    expect(await leads('shareType=0')).toBe(true)
    expect(await leads('shareType=1&perPage=1')).toBe(false)
    expect(await leads('shareType=1&perPage=2')).toBe(true)
    expect(await leads('shareType=4')).toBe(false)
    expect(await leads('shareType=6&perPage=1')).toBe(true)
    expect(await leads('shareType=7')).toBe(false)
  })

  it('tells of statuses', async () => {
    way.ocs.reset({ statuses: [{ user: 'alan', status: 'invisible', message: 'Away', icon: '🌴' }] })
    const answer = await ask(way, 'search=alan&itemType=file')
    const status = { status: 'offline', message: 'Away', icon: '🌴', clearAt: null }
    answer.expectData(found({}, { users: [{ ...ALAN, subline: 'Away', status }] }))
  })

  it('needs to know for what, and where in the list', async () => {
    const said = async (query: string) => {
      const answer = await ask(way, query)
      return [answer.code, answer.message]
    }
    expect(await said('search=al')).toEqual([400, 'Missing itemType'])
    expect(await said('search=al&itemType=file&perPage=0')).toEqual([400, 'Invalid perPage argument'])
    expect(await said('search=al&itemType=file&page=0')).toEqual([400, 'Invalid page'])
  })
})

directly('a search under the administrator’s settings', SEED, (way) => {
  it('finds nobody for who may not share, or with too short a text', async () => {
    core(way, 'shareapi_exclude_groups', 'yes')
    core(way, 'shareapi_exclude_groups_list', '["admin"]')
    expect(labels(await ask(way, 'search=al&itemType=file'))).toEqual([])
    core(way, 'shareapi_exclude_groups', 'no')
    setSystem(way.ocs.world, 'sharing.minSearchStringLength', 3)
    expect(labels(await ask(way, 'search=al&itemType=file'))).toEqual([])
    expect(labels(await ask(way, 'search=ala&itemType=file'))).toEqual(['Alan B'])
  })

  it('finds only who was meant exactly where lists are off', async () => {
    core(way, 'shareapi_allow_share_dialog_user_enumeration', 'no')
    expect(labels(await ask(way, 'search=al&itemType=file'))).toEqual([])
    expect(labels(await ask(way, 'search=alice&itemType=file'))).toEqual(['Alice A'])
    core(way, 'shareapi_restrict_user_enumeration_full_match', 'no')
    expect(labels(await ask(way, 'search=alice&itemType=file'))).toEqual([])
  })

  it('matches ids and addresses only where that is on', async () => {
    core(way, 'shareapi_allow_share_dialog_user_enumeration', 'no')
    core(way, 'shareapi_restrict_user_enumeration_full_match_user_id', 'no')
    expect(labels(await ask(way, 'search=alice&itemType=file&shareType=0'))).toEqual([])
    core(way, 'shareapi_restrict_user_enumeration_full_match_email', 'no')
    expect(labels(await ask(way, 'search=alice@example.org&itemType=file&shareType=0'))).toEqual([])
  })

  it('leaves out what stands behind a name where that is ignored', async () => {
    core(way, 'shareapi_allow_share_dialog_user_enumeration', 'no')
    core(way, 'shareapi_restrict_user_enumeration_full_match_user_id', 'no')
    expect(labels(await ask(way, 'search=bob&itemType=file&shareType=0'))).toEqual([])
    core(way, 'shareapi_restrict_user_enumeration_full_match_ignore_second_dn', 'yes')
    expect(labels(await ask(way, 'search=bob&itemType=file&shareType=0'))).toEqual(['Bob (Work)'])
  })

  it('lists members of one’s own groups only where that is set', async () => {
    core(way, 'shareapi_restrict_user_enumeration_to_group', 'yes')
    expect(labels(await ask(way, 'search=al&itemType=file', { as: 'bob:bob' }))).toEqual(['Alice A', 'alumni'])
    expect(labels(await ask(way, 'search=al&itemType=file'))).toEqual([])
    core(way, 'shareapi_only_share_with_group_members', 'yes')
    expect(labels(await ask(way, 'search=alan&itemType=file&shareType=0', { as: 'bob:bob' }))).toEqual([])
  })

  it('finds no groups where there is no sharing with them', async () => {
    core(way, 'shareapi_allow_group_sharing', 'no')
    expect(labels(await ask(way, 'search=alumni&itemType=file'))).toEqual([])
  })

  it('finds a disabled account only by its whole id', async () => {
    const { world } = way.ocs
    users.setEnabled(world, users.find(world, 'alan')!, false)
    expect(labels(await ask(way, 'search=ala&itemType=file'))).toEqual([])
    expect(labels(await ask(way, 'search=alan&itemType=file'))).toEqual(['Alan B'])
  })
})

directly('those one shares with most', SEED, (way) => {
  const share = (form: Record<string, string>) => way.ask('POST', `${BASE}/shares`, { ...ADMIN, form })
  const recommended = (query: string) => way.ask('GET', `${BASE}/sharees_recommended?${query}`, ADMIN)

  way.inEveryWay('are told with how often', async () => {
    await share({ path: '/a.txt', shareType: '4', shareWith: 'x@example.com' })
    await share({ path: '/a.txt', shareType: '0', shareWith: 'bob' })
    await share({ path: '/b.txt', shareType: '0', shareWith: 'alice' })
    await share({ path: '/a.txt', shareType: '0', shareWith: 'alice' })
    const item = (count: number, label: string, shareType: number, shareWith: string) => ({
      count,
      label,
      value: { shareType, shareWith },
    })
    const people = [item(2, 'Alice A', 0, 'alice'), item(1, 'Bob (Work)', 0, 'bob')]
    const emails = [item(1, 'x@example.com', 4, 'x@example.com')]
    const all = await recommended('itemType=file')
    all.expectData({ exact: { ...NONE, users: people, emails }, ...NONE })
    const some = await recommended('itemType=other&shareType=4')
    some.expectData({ exact: { ...NONE, emails }, ...NONE })
    const listed = await recommended('itemType=folder&shareType[]=0')
    listed.expectData({ exact: { ...NONE, users: people }, ...NONE })
  })
})
