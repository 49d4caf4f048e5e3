import { teamFor } from '#handlers/circles/format.ts'
import * as circles from '#handlers/circles/state.ts'
import type { PhpArray } from '#lib/php.ts'
import * as apps from '#world/settings/apps.ts'
import { directly, expect, it } from '../../support/ways.ts'

const SEED = { users: ['alice', 'bob'].map((id) => ({ id, password: id, displayName: id.toUpperCase() })) }
const NONE = { users: [], groups: [], remotes: [], remote_groups: [], emails: [] }

directly('teams to share with', SEED, (way) => {
  const search = (who: string, query: string) =>
    way.ask('GET', `/apps/files_sharing/api/v1/sharees?itemType=file&${query}`, { as: `${who}:${who}` })
  const make = (name: string, isPersonal = false) =>
    circles.create(way.ocs.world, 'alice', name, isPersonal) as circles.Circle
  const laidOut = (exact: PhpArray[], wide: PhpArray[]) => ({
    exact: { ...NONE, circles: exact, rooms: [] },
    ...NONE,
    lookup: [],
    circles: wide,
    rooms: [],
    lookupEnabled: false,
  })
  const item = (circle: circles.Circle, shareWithDescription: string): PhpArray => ({
    label: circle.displayName,
    shareWithDescription,
    value: {
      shareType: 7,
      shareWith: circle.id,
      circle: teamFor({ world: way.ocs.world, host: new URL(way.base()).host }, circle, 'alice'),
    },
  })

  way.inEveryWay('are found by a part of their names, exactly by the whole', async () => {
    const [team, own] = [make('Team'), make('Team mine', true)]
    const answer = await search('alice', 'search=team&shareType[]=7')
    answer.expectData(laidOut([item(team, 'Team owned by ALICE')], [item(own, 'Personal team')]))
    const none = await search('alice', 'search=team&shareType[]=0')
    none.expectData(laidOut([], []))
  })

  it('are told of in short to who asks for no list of kinds', async () => {
    const team = make('Team')
    const answer = await search('alice', 'search=Team&shareType=7')
    expect(answer.text).toContain(team.id)
    expect(answer.text).not.toContain('inheritancePath')
  })

  it('are found by those who see them, while the app is enabled', async () => {
    const team = make('Team')
    ;(await search('bob', 'search=Team&shareType[]=7')).expectData(laidOut([], []))
    circles.configure(way.ocs.world, team, circles.CONFIG.visible)
    expect((await search('bob', 'search=Team&shareType[]=7')).text).toContain(team.id)
    ;(await search('bob', 'search=Team&shareType=7')).expectData(laidOut([], []))
    apps.disable(way.ocs.world, 'circles')
    ;(await search('bob', 'search=Team&shareType[]=7')).expectData(laidOut([], []))
  })
})
