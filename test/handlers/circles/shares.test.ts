import { groupParty } from '#handlers/circles/party.ts'
import * as circles from '#handlers/circles/state.ts'
import * as groups from '#world/accounts/groups.ts'
import * as files from '#world/files/files.ts'
import { directly, expect, it } from '../../support/ways.ts'

const SHARES = '/apps/files_sharing/api/v1/shares'
const SEED = {
  users: ['alice', 'bob', 'carol'].map((id) => ({ id, password: id })),
  files: { alice: { '/plan.txt': 'plan' } },
}
const ALICE = { as: 'alice:alice' }
const BOB = { as: 'bob:bob' }

directly('a share with a team', SEED, (way) => {
  const team = () => {
    const made = circles.create(way.ocs.world, 'alice', 'Team', false) as circles.Circle
    circles.add(way.ocs.world, made, 'bob', 'alice')
    return made
  }
  const share = (shareWith: string, as = ALICE, path = '/plan.txt') =>
    way.ask('POST', SHARES, { ...as, form: { path, shareType: '7', shareWith } })
  const sees = (userId: string) => files.resolve(way.ocs.world, userId, '/plan.txt') !== undefined

  way.inEveryWay('shows in the files of its members, and is named by the team', async () => {
    const { id } = team()
    const { text } = await share(id)
    const says = (name: string, value: string) =>
      expect(text).toContain(way.format === 'json' ? `"${name}":"${value}"` : `<${name}>${value}</${name}>`)
    says('share_with', id)
    says('share_with_displayname', 'Team (Team owned by alice)')
    const avatar = `${way.base()}/apps/circles/img/circles.svg`
    says('share_with_avatar', way.format === 'json' ? avatar.replaceAll('/', '\\/') : avatar)
    expect([sees('bob'), sees('carol')]).toEqual([true, false])
    expect((await way.ask('GET', `${SHARES}?shared_with_me=true`, BOB)).text).toContain(id)
    expect((await way.ask('GET', `${SHARES}?path=/plan.txt`, ALICE)).text).toContain(id)
    ;(await way.ask('GET', `${SHARES}/pending`, BOB)).expectData([])
  })

  it('is made once', async () => {
    const { id } = team()
    const [first, second] = [await share(id), await share(id)]
    expect(second.text).toBe(first.text)
  })

  it('follows who joins and leaves the team, and ends with it', async () => {
    const { world } = way.ocs
    const made = team()
    await share(made.id)
    circles.add(world, made, 'carol', 'alice')
    expect(sees('carol')).toBe(true)
    circles.remove(world, made, 'bob')
    expect(sees('bob')).toBe(false)
    circles.destroy(world, made)
    expect(sees('carol')).toBe(false)
    ;(await way.ask('GET', `${SHARES}?path=/plan.txt`, ALICE)).expectData([])
  })

  it('reaches those who are in a group of the team, while they are', async () => {
    const { world } = way.ocs
    groups.add(world, 'ops')
    groups.addMember(world, 'ops', 'carol')
    const made = team()
    await share(made.id)
    circles.add(world, made, groupParty('ops'), 'alice')
    expect(sees('carol')).toBe(true)
    groups.removeMember(world, 'ops', 'carol')
    expect(sees('carol')).toBe(false)
    groups.addMember(world, 'ops', 'carol')
    expect(sees('carol')).toBe(true)
    groups.addMember(world, 'ops', 'bob')
    groups.remove(world, 'ops')
    expect([sees('bob'), sees('carol')]).toEqual([true, false])
  })

  it('is not given up by a member over the API', async () => {
    const made = team()
    circles.add(way.ocs.world, made, 'carol', 'alice')
    await share(made.id)
    expect((await way.ask('DELETE', `${SHARES}/1`, BOB)).code).toBe(403)
    expect([sees('bob'), sees('carol')]).toEqual([true, true])
  })

  it('fails for a team that one is not in', async () => {
    const { id } = team()
    const other = await share(id, { as: 'carol:carol' }, '/welcome.txt')
    expect(other.code).toBe(996)
    expect((await share('nosuch')).code).toBe(996)
  })
})
