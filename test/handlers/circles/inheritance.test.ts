/** Groups, addresses and other teams in teams; what is right is what Nextcloud 34.0.1 answers (asked). */

import { groupParty } from '#handlers/circles/party.ts'
import * as circles from '#handlers/circles/state.ts'
import { createOcsMock, loadProfile } from '#index.ts'
import * as groups from '#world/accounts/groups.ts'
import { directly, expect, it } from '../../support/ways.ts'

interface Member {
  readonly userId: string
  readonly userType: number
  readonly displayName: string
  readonly invitedBy: { readonly userId: string }
  readonly basedOn: { readonly config: number; readonly owner?: { readonly userId: string } }
}

const BASE = '/apps/circles/circles'
const SEED = {
  clock: { now: '2026-03-01T12:00:00Z', frozen: true },
  users: ['alice', 'bob', 'carol'].map((id) => ({ id, password: id, displayName: id.toUpperCase() })),
  groups: [{ id: 'ops', members: ['bob'] }],
  files: { alice: { '/plan.txt': 'plan' } },
}
const TEAM = 16

directly('members of teams that are many', SEED, (way) => {
  const make = (name: string): circles.Circle => circles.create(way.ocs.world, 'alice', name, false) as circles.Circle
  const ask = (who: string, method: string, path: string, json?: unknown) =>
    way.ask(method, BASE + path, { as: `${who}:${who}`, json })
  const data = async (...asked: Parameters<typeof ask>) => JSON.parse((await ask(...asked)).text).ocs.data
  const told = async (...asked: Parameters<typeof ask>) => {
    const { code, message } = await ask(...asked)
    return [code, message]
  }
  const take = (into: circles.Circle, id: string, type = TEAM) =>
    ask('alice', 'POST', `/${into.id}/members`, { userId: id, type })
  const shown = async (team: circles.Circle) =>
    (await data('alice', 'GET', `/${team.id}/members`)).map((one: Member) => [
      one.userId,
      one.userType,
      one.invitedBy.userId,
      one.basedOn.config,
    ])
  const seenBy = async (who: string, { id }: circles.Circle) =>
    (await data(who, 'GET', '')).find((one: { id: string }) => one.id === id)

  it('are groups and addresses, which count by whom they stand for', async () => {
    const team = make('Team')
    await take(team, 'ops', 2)
    await take(team, 'X@example.com', 4)
    expect(await shown(team)).toEqual([
      ['alice', 1, 'alice', 1],
      ['ops', 16, 'circles', 1540],
      ['x@example.com', 4, 'alice', 1],
    ])
    const { population, populationInherited, initiator } = await seenBy('bob', team)
    expect([population, populationInherited]).toEqual([2, 3])
    expect([initiator.userId, initiator.inheritedBy.userId]).toEqual(['ops', 'bob'])
    expect(initiator.inheritedBy.inheritance).toMatchObject({ inheritanceDepth: 2, level: 1, circleConfig: 0 })
    groups.remove(way.ocs.world, 'ops')
    ;(await ask('bob', 'GET', '')).expectData([])
  })

  it('are other teams, with all who are in these', async () => {
    const [top, middle, bottom] = [make('Top'), make('Middle'), make('Bottom')]
    await take(bottom, 'carol', 1)
    await take(middle, 'bob', 1)
    await take(middle, bottom.id)
    const added = JSON.parse((await take(top, middle.id)).text).ocs.data
    expect([added.singleId, added.userId, added.userType, added.invitedBy.userId]).toEqual([
      ...[middle.id, 'Middle', TEAM, 'alice'],
    ])
    expect(added.basedOn).toMatchObject({ name: 'Middle', source: TEAM, population: 2, owner: { userId: 'alice' } })
    expect(await shown(top)).toEqual([
      ['alice', 1, 'alice', 1],
      ['Middle', TEAM, 'alice', 0],
    ])
    const seen = await seenBy('carol', top)
    const [id, own] = [circles.single(way.ocs.world, 'carol').id, circles.single(way.ocs.world, 'bob').id]
    expect([seen.population, seen.populationInherited, seen.initiator.userId]).toEqual([1, 3, 'Middle'])
    expect(seen.initiator.inheritedBy.inheritance).toEqual({
      ...{ singleId: id, circleId: top.id, circleConfig: 0, level: 1 },
      ...{ inheritanceFirst: middle.id, inheritanceLast: bottom.id },
      ...{ inheritancePath: [middle.id, bottom.id, id], inheritanceDepth: 3 },
    })
    const { inheritance } = (await seenBy('bob', top)).initiator.inheritedBy
    expect(inheritance).toMatchObject({ inheritanceLast: middle.id, inheritancePath: [middle.id, own] })
  })

  it('keep the name that they were taken in by, beside their own', async () => {
    const [top, middle] = [make('Top'), make('Middle')]
    await take(top, middle.id)
    await ask('alice', 'PUT', `/${middle.id}/name`, { value: 'Centre' })
    const [, member] = await data('alice', 'GET', `/${top.id}/members`)
    expect([member.userId, member.displayName]).toEqual(['Middle', 'Centre'])
    const found = await way.ask('GET', '/apps/circles/search?term=midd', { as: 'alice:alice' })
    expect(found.text).toContain(middle.id)
  })

  it('may be known by their own circle', async () => {
    const [top, middle] = [make('Top'), make('Middle')]
    await take(top, middle.id, 0)
    await take(top, circles.single(way.ocs.world, 'bob').id, 0)
    expect(await shown(top)).toContainEqual(['bob', 1, 'alice', 1])
    expect(await shown(top)).toContainEqual(['Middle', TEAM, 'alice', 0])
  })

  it('are no teams that one does not see, nor the team itself, nor one twice', async () => {
    const [top, middle] = [make('Top'), make('Middle')]
    const hidden = circles.create(way.ocs.world, 'carol', 'Hidden', false) as circles.Circle
    const refused = async (id: string) => {
      const { code, message } = await take(top, id)
      return [code, message]
    }
    expect(await refused(hidden.id)).toEqual([404, 'Circle not found'])
    expect(await refused(top.id)).toEqual([128, 'Cannot add Team as its own Member'])
    await take(top, middle.id)
    expect(await refused(middle.id)).toEqual([122, 'Already member of the team'])
    const many = { members: [{ id: top.id, type: TEAM }] }
    expect(await told('alice', 'POST', `/${top.id}/members/multi`, many)).toEqual([
      128,
      'Cannot add Team as its own Member',
    ])
  })

  it('may go round in a circle', async () => {
    const [one, other] = [make('One'), make('Other')]
    await take(one, 'bob', 1)
    await take(one, other.id)
    await take(other, one.id)
    expect((await seenBy('bob', other)).populationInherited).toBe(2)
  })

  it('see a team, and may do nothing in it', async () => {
    const [top, middle] = [make('Top'), make('Middle')]
    await take(middle, 'carol', 1)
    await take(top, middle.id)
    await take(top, 'ops', 2)
    for (const who of ['bob', 'carol']) {
      expect((await ask(who, 'GET', `/${top.id}/members`)).code).toBe(403)
      expect((await ask(who, 'PUT', `/${top.id}/leave`)).code).toBe(403)
    }
  })

  it('receive what is shared with a team, as long as they are in it', async () => {
    const [top, middle] = [make('Top'), make('Middle')]
    await take(middle, 'carol', 1)
    const form = { path: '/plan.txt', shareType: '7', shareWith: top.id }
    await way.ask('POST', '/apps/files_sharing/api/v1/shares', { as: 'alice:alice', form })
    const has = async () =>
      (
        await way.fetch('/remote.php/dav/files/carol/plan.txt', {
          headers: { Authorization: `Basic ${btoa('carol:carol')}` },
        })
      ).status === 200
    expect(await has()).toBe(false)
    await take(top, middle.id)
    expect(await has()).toBe(true)
    await ask('alice', 'DELETE', `/${middle.id}`)
    expect(await has()).toBe(false)
    expect(await shown(top)).toEqual([['alice', 1, 'alice', 1]])
  })
})

it('had the rights of members in releases before', async () => {
  const mock = createOcsMock({ profile: await loadProfile('nextcloud-33'), seed: SEED })
  const team = circles.create(mock.world, 'alice', 'Team', false) as circles.Circle
  circles.add(mock.world, team, groupParty('ops'), 'alice')
  const answer = await mock.fetch(`https://cloud.example.com/ocs/v2.php${BASE}/${team.id}/leave?format=json`, {
    method: 'PUT',
    headers: { Authorization: `Basic ${btoa('bob:bob')}`, 'OCS-APIRequest': 'true' },
  })
  expect((await answer.json()).ocs.meta).toMatchObject({ statuscode: 121, message: 'You are not a direct member' })
})
