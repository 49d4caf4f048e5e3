/** What pages show of teams; what is right is what Nextcloud 34.0.1 answers (asked). */
import * as circles from '#handlers/circles/state.ts'
import { directly, expect, it } from '../../support/ways.ts'

const SEED = {
  users: ['alice', 'bob'].map((id) => ({ id, password: id })),
  files: { alice: { '/plan.txt': 'plan', '/Dir/a.txt': 'a' } },
}
const APP = '/apps/circles'
const ALICE = { as: 'alice:alice' }
const ADMIN = { as: 'admin:admin' }

directly('pages about teams', SEED, (way) => {
  const make = (name: string): circles.Circle => circles.create(way.ocs.world, 'alice', name, false) as circles.Circle
  const idOf = (party: string) => circles.single(way.ocs.world, party).id
  const data = async (path: string, ask = ALICE) => JSON.parse((await way.ask('GET', APP + path, ask)).text).ocs.data

  way.inEveryWay('show teams with some of their members', async () => {
    const team = make('Team')
    circles.add(way.ocs.world, team, 'bob', 'alice')
    const answer = await way.ask('GET', `${APP}/teams/dashboard/widget`, ALICE)
    const member = (userId: string) => ({ singleId: idOf(userId), userId, displayName: userId, type: 1 })
    const shown = { singleId: team.id, displayName: 'Team', name: 'Team', url: '' }
    answer.expectData([{ ...shown, members: [member('alice'), member('bob')], resources: [] }])
  })

  it('show what is shared with teams, folders first', async () => {
    const team = make('Team')
    for (const path of ['/plan.txt', '/Dir']) {
      const form = { path, shareType: '7', shareWith: team.id }
      await way.ask('POST', '/apps/files_sharing/api/v1/shares', { ...ALICE, form })
    }
    const [{ resources }] = await data('/teams/dashboard/widget')
    expect(resources.map(({ name, type }: Record<string, string>) => [name, type])).toEqual([
      ['Dir', 'folder'],
      ['plan.txt', 'file'],
    ])
    expect(resources[0].iconUrl).toMatch(/\/filetypes\/folder\.svg\?v=/)
    expect(resources[1].iconUrl).toBe(`${way.base()}/index.php/core/preview?fileId=${resources[1].id}&mimeFallback=1`)
  })

  it('show teams three by three, and not without end', async () => {
    for (const name of ['One', 'Two', 'Three', 'Four']) make(name)
    const names = async (query: string) =>
      (await data(`/teams/dashboard/widget${query}`)).map(({ name }: { name: string }) => name)
    expect(await names('')).toEqual(['One', 'Two', 'Three'])
    expect(await names('?limit=2&offset=3')).toEqual(['Four'])
    expect((await way.ask('GET', `${APP}/teams/dashboard/widget?limit=0`, ALICE)).code).toBe(996)
  })

  it('are not empty by request', async () => {
    for (const list of ['circles', 'probecircles'])
      expect((await way.ask('GET', `${APP}/${list}?limit=0`, ALICE)).code).toBe(996)
  })

  it.each([
    ['ä & <b>', 'ä & b'],
    ['.a/b. ', 'a-b'],
    ['???', undefined],
  ])('have names for disks: %s', async (name, sanitized) => {
    const { id } = make(name)
    const [team] = await data('/circles')
    expect(team.sanitizedName).toBe(sanitized ?? id.slice(0, 3))
  })

  way.inEveryWay('show by which way somebody is in a team', async () => {
    const [top, middle] = [make('Top'), make('Middle')]
    circles.add(way.ocs.world, middle, 'bob', 'alice')
    circles.add(way.ocs.world, top, `team:${middle.id}`, 'alice')
    const link = (of: string) => way.ask('GET', `${APP}/link/${top.id}/${of}`, ALICE)
    const { text } = await link(idOf('bob'))
    for (const id of [top.id, middle.id, idOf('bob')]) expect(text).toContain(id)
    expect(text.match(/inheritanceDetails/g)).toHaveLength(way.format === 'json' ? 1 : 2)
    expect((await link(idOf('admin'))).code).toBe(404)
    expect((await link('nosuch')).code).toBe(404)
    expect((await way.ask('GET', `${APP}/link/${top.id}/${idOf('bob')}`, { as: 'bob:bob' })).code).toBe(403)
  })

  it('name the account first, then the way down to it', async () => {
    const [top, middle] = [make('Top'), make('Middle')]
    circles.add(way.ocs.world, middle, 'bob', 'alice')
    circles.add(way.ocs.world, top, `team:${middle.id}`, 'alice')
    const { inheritancePath, inheritanceDetails } = await data(`/link/${top.id}/${idOf('bob')}`)
    expect(inheritancePath).toEqual([middle.id, idOf('bob')])
    expect(inheritanceDetails.map(({ id }: { id: string }) => id)).toEqual([idOf('bob'), middle.id])
  })

  way.inEveryWay('say whether teams are federated', async () => {
    const settings = (federated_teams_frontal: string, federated_teams_enabled: boolean) => ({
      federated_teams_frontal,
      federated_teams_enabled,
    })
    const set = (key: string, value: string) => way.ask('POST', `${APP}/settings/${key}`, { ...ADMIN, form: { value } })
    ;(await way.ask('GET', `${APP}/settings`, ADMIN)).expectData(settings('', false))
    ;(await set('federated_teams_enabled', 'yes')).expectData(settings('', true))
    ;(await set('federated_teams_frontal', 'https://x.example.com/nc')).expectData(
      settings('https://x.example.com/nc/', true),
    )
    ;(await set('federated_teams_enabled', '1')).expectData(settings('https://x.example.com/nc/', false))
    const wrong = await set('federated_teams_frontal', 'nowhere')
    expect(wrong.code).toBe(400)
    wrong.expectData({ data: { message: 'wrongly formated value' } })
    ;(await set('nosuch', 'yes')).expectData({ data: { message: 'unsupported key' } })
    expect((await way.ask('GET', `${APP}/settings`, ALICE)).code).toBe(403)
  })
})
