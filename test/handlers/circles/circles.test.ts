import * as circles from '#handlers/circles/state.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import { directly, expect, it } from '../../support/ways.ts'

const BASE = '/apps/circles/circles'
const SEED = {
  clock: { now: '2026-03-01T12:00:00Z', frozen: true },
  users: ['alice', 'bob', 'carol'].map((id) => ({ id, password: id, displayName: id.toUpperCase() })),
}
const as = (id: string) => ({ as: `${id}:${id}` })
const REFUSED = { message: 'Insufficient permissions to perform this action' }
/** Kinds of members that are not there, or not at all. */
const REFUSED_KINDS = [
  [0, 404, 'singleId not found'],
  [2, 404, 'group not found'],
  [3, 400, ''],
  [8, 400, ''],
  [16, 404, 'Circle not found'],
] as const
const AT = Date.parse(SEED.clock.now) / 1000

directly('teams', SEED, (way) => {
  const make = (config = 0): circles.Circle => {
    const made = circles.create(way.ocs.world, 'alice', 'Team', false) as circles.Circle
    circles.configure(way.ocs.world, made, config)
    return circles.find(way.ocs.world, made.id)!
  }
  const ask = (who: string, method: string, path: string, json?: unknown) =>
    way.ask(method, BASE + path, { ...as(who), json })
  const told = async (...asked: Parameters<typeof ask>) => {
    const { code, message } = await ask(...asked)
    return [code, message]
  }
  const idOf = ({ id }: circles.Circle, userId: string) => circles.entryOf(way.ocs.world, id, userId)!.id
  const levels = ({ id }: circles.Circle) =>
    circles.entries(way.ocs.world, id).map((one) => [one.userId, one.level, one.status])

  it('are made by an account, which owns them', async () => {
    const answer = await ask('alice', 'POST', '', { name: 'Team' })
    const [circle] = circles.ofUser(way.ocs.world, 'alice') as [circles.Circle]
    const { id } = circles.single(way.ocs.world, 'alice')
    const host = new URL(way.base()).host
    const own = {
      id,
      name: `user:alice:${id}`,
      displayName: 'ALICE',
      sanitizedName: '',
      source: 1,
      population: 0,
      populationInherited: 0,
      config: 1,
      description: '',
      url: '',
      creation: 0,
      initiator: null,
    }
    const owner = {
      id: idOf(circle, 'alice'),
      circleId: circle.id,
      singleId: id,
      userId: 'alice',
      userType: 1,
      instance: host,
      local: true,
      level: 9,
      status: 'Member',
      displayName: 'ALICE',
      displayUpdate: 0,
      notes: [],
      contactId: '',
      contactMeta: '',
      joined: 0,
      invitedBy: { id, userId: 'alice', userType: 1, displayName: 'ALICE', instance: host, basedOn: own },
      basedOn: own,
    }
    answer.expectData({
      id: circle.id,
      name: 'Team',
      displayName: 'Team',
      sanitizedName: 'Team',
      source: 16,
      population: 0,
      populationInherited: 0,
      config: 0,
      description: '',
      url: '',
      creation: 0,
      initiator: owner,
      owner,
      settings: [],
    })
    expect(circle.id).toMatch(/^[a-zA-Z0-9]{31}$/)
  })

  way.inEveryWay('have names of three letters at least, and a number where the name is taken', async () => {
    expect(await told('alice', 'POST', '', { name: 'ab' })).toEqual([400, 'Circle name is too short'])
    expect(await told('alice', 'POST', '', { name: 'Team', local: true })).toEqual([
      400,
      'circle configuration not supported',
    ])
    make()
    expect((await ask('bob', 'POST', '', { name: 'Team' })).text).toMatch(/displayName\W+Team \(2\)/)
    const [second] = circles.ofUser(way.ocs.world, 'bob') as [circles.Circle]
    expect(await told('bob', 'PUT', `/${second.id}/name`, { value: 'x' })).toEqual([400, 'Circle name is too short'])
    expect((await ask('bob', 'PUT', `/${second.id}/name`, { value: 'Other' })).text).toMatch(/displayName\W+Other/)
  })

  way.inEveryWay('are listed to their members, and to all where they are visible', async () => {
    ;(await ask('bob', 'GET', '')).expectData([])
    const { id } = make(circles.CONFIG.visible)
    const shown = (await ask('bob', 'GET', '')).text
    expect(shown).toContain(id)
    expect(shown).toMatch(way.format === 'json' ? /"initiator":null,"owner":{/ : /<initiator\/>\s*<owner>/)
    const own = (await ask('alice', 'GET', '?limit=1')).text
    expect(own).toMatch(
      way.format === 'json' ? /"inheritancePath":\["\w{31}"\]/ : /<inheritancePath>\s*<element>\w{31}</,
    )
    expect(own).toMatch(/settings/)
    const probe = await way.ask('GET', '/apps/circles/probecircles', as('alice'))
    probe.expectData([
      {
        id,
        name: 'Team',
        displayName: 'Team',
        sanitizedName: 'Team',
        source: 16,
        population: 1,
        populationInherited: 1,
        config: 8,
        description: '',
        url: '',
        creation: AT,
        initiator: null,
      },
    ])
  })

  way.inEveryWay('take others in, whom they show by level and name', async () => {
    const team = make()
    expect((await ask('alice', 'POST', `/${team.id}/members`, { userId: 'carol', type: 1 })).code).toBe(200)
    await ask('alice', 'POST', `/${team.id}/members/multi`, {
      members: [
        { id: 'bob', type: 1 },
        { id: 'nobody', type: 1 },
      ],
    })
    const twice = await ask('alice', 'POST', `/${team.id}/members/multi`, { members: [{ id: 'bob', type: 1 }] })
    expect(twice.code).toBe(200)
    twice.expectData([])
    expect(levels(team)).toEqual([
      ['alice', 9, 'Member'],
      ['bob', 1, 'Member'],
      ['carol', 1, 'Member'],
    ])
    const list = (await ask('carol', 'GET', `/${team.id}/members`)).text
    expect(list.match(/"?joined"?/g)).toHaveLength(way.format === 'json' ? 6 : 12)
    expect((await ask('carol', 'GET', `/${team.id}/members?search=BO`)).text).not.toContain('carol')
    const again = await told('alice', 'POST', `/${team.id}/members`, { userId: 'bob', type: 1 })
    expect(again).toEqual([122, 'Already member of the team'])
    const nobody = await told('alice', 'POST', `/${team.id}/members`, { userId: 'nobody', type: 1 })
    expect(nobody).toEqual([404, 'user nobody not found'])
    for (const [type, code, message] of REFUSED_KINDS)
      expect(await told('alice', 'POST', `/${team.id}/members`, { userId: 'nosuch', type })).toEqual([code, message])
    const unnamed = await told('alice', 'POST', `/${team.id}/members`, { userId: '', type: 1 })
    expect(unnamed).toEqual([404, 'empty user id'])
    expect((await ask('bob', 'POST', `/${team.id}/members`, { userId: 'alice', type: 1 })).code).toBe(403)
  })

  it('list members with the team and who owns the parties, where all details are asked for', async () => {
    const team = make()
    const full = await ask('alice', 'GET', `/${team.id}/members?fullDetails=true`)
    const owned = { owner: { userId: 'alice' } }
    expect(full.data).toMatchObject([
      { circle: { id: team.id, initiator: { userId: 'alice' }, ...owned }, invitedBy: { basedOn: owned } },
    ])
    const brief = await ask('alice', 'GET', `/${team.id}/members`)
    expect(brief.data).toEqual([expect.not.objectContaining({ circle: expect.anything() })])
  })

  it('know their members by a part of the id: once, and once more for each group and team', async () => {
    const { world } = way.ocs
    circles.add(world, make(), 'bob', 'alice')
    groups.add(world, 'ops')
    groups.addMember(world, 'ops', 'bob')
    const one = {
      id: circles.single(world, 'bob').id,
      userId: 'bob',
      userType: 1,
      displayName: 'BOB',
      instance: new URL(way.base()).host,
    }
    ;(await way.ask('GET', '/apps/circles/search?term=Bo', as('alice'))).expectData([one, one, one])
    ;(await way.ask('GET', '/apps/circles/search?term=nosuch', as('alice'))).expectData([])
  })

  it('are found by each word of their names', async () => {
    const team = make()
    const find = async (term: string) =>
      (await way.ask('GET', `/search/providers/circles/search?term=${term}`, as('alice'))).text
    expect(await find('ea+T')).toContain(`"title":"${team.displayName}"`)
    expect(await find('team+two')).toContain('"entries":[]')
  })

  way.inEveryWay('are joined where they are open, asked for, or by invitation', async () => {
    const team = make()
    expect(await told('bob', 'PUT', `/${team.id}/join`)).toEqual([404, 'Circle not found'])
    circles.configure(way.ocs.world, team, circles.CONFIG.visible)
    expect(await told('bob', 'PUT', `/${team.id}/join`)).toEqual([124, 'Team is closed'])
    await ask('alice', 'PUT', `/${team.id}/config`, { value: circles.CONFIG.open | circles.CONFIG.request })
    expect((await ask('bob', 'PUT', `/${team.id}/join`)).text).toContain('Requesting')
    ;(await ask('bob', 'GET', `/${team.id}/members`)).expectData([])
    await ask('alice', 'PUT', `/${team.id}/members/${idOf(team, 'bob')}`)
    await ask('alice', 'PUT', `/${team.id}/config`, { value: circles.CONFIG.invite })
    expect((await ask('alice', 'POST', `/${team.id}/members`, { userId: 'carol', type: 1 })).text).toContain('Invited')
    expect((await ask('carol', 'PUT', `/${team.id}/join`)).code).toBe(200)
    expect(levels(team).map(([, level]) => level)).toEqual([9, 1, 1])
    expect(await told('carol', 'PUT', `/${team.id}/join`)).toEqual([122, 'You are already a member'])
  })

  way.inEveryWay('have levels, which nobody gives beyond their own', async () => {
    const team = make()
    for (const id of ['bob', 'carol']) circles.add(way.ocs.world, team, id, 'alice')
    const level = (id: string) => `/${team.id}/members/${idOf(team, id)}/level`
    expect((await ask('bob', 'PUT', level('carol'), { level: 'admin' })).code).toBe(403)
    expect((await ask('alice', 'PUT', level('bob'), { level: 'moderator' })).code).toBe(200)
    expect(await told('bob', 'PUT', level('carol'), { level: 'admin' })).toEqual([400, 'Insufficient rights'])
    expect(await told('alice', 'PUT', level('bob'), { level: 4 })).toEqual([
      400,
      'This member already have the selected level',
    ])
    expect(await told('alice', 'PUT', level('bob'), { level: 'chief' })).toEqual([
      121,
      'Available levels: Member, Moderator, Admin, Owner',
    ])
    expect((await ask('alice', 'PUT', `/${team.id}/members/nobody/level`, { level: 'member' })).code).toBe(404)
    expect((await ask('bob', 'DELETE', `/${team.id}/members/${idOf(team, 'alice')}`)).code).toBe(403)
    ;(await ask('bob', 'DELETE', `/${team.id}/members/${idOf(team, 'carol')}`)).expectData([])
    expect((await ask('bob', 'DELETE', `/${team.id}/members/nobody`)).code).toBe(404)
    await ask('alice', 'PUT', level('bob'), { level: 'owner' })
    expect(levels(team)).toEqual([
      ['bob', 9, 'Member'],
      ['alice', 8, 'Member'],
    ])
  })

  way.inEveryWay('are described and set up by who administers them', async () => {
    const team = make()
    circles.add(way.ocs.world, team, 'bob', 'alice')
    await ask('alice', 'PUT', `/${team.id}/description`, { value: 'About us' })
    const shown = await ask('alice', 'PUT', `/${team.id}/setting`, { setting: 'foo', value: 'bar' })
    expect(shown.text).toMatch(/foo\W+bar/)
    expect(circles.find(way.ocs.world, team.id)).toMatchObject({ description: 'About us', settings: { foo: 'bar' } })
    for (const value of [1, 2, 1024]) {
      const answer = await told('alice', 'PUT', `/${team.id}/config`, { value })
      expect(answer).toEqual([400, 'Configuration value is not valid'])
    }
    await ask('alice', 'PUT', `/${team.id}/config`, { value: 64 + 32_768 })
    expect(circles.find(way.ocs.world, team.id)?.config).toBe(40_960)
    for (const [what, json] of [
      ['name', { value: 'Bobs' }],
      ['config', { value: 0 }],
      ['setting', { setting: 'x' }],
      ['description', { value: '' }],
    ] as const) {
      const answer = await ask('bob', 'PUT', `/${team.id}/${what}`, json)
      expect(answer.code).toBe(403)
      answer.expectData(REFUSED)
    }
  })

  way.inEveryWay('pass on to the next in level when their owner leaves, and end with the last', async () => {
    const team = make()
    circles.add(way.ocs.world, team, 'bob', 'alice')
    const left = await ask('alice', 'PUT', `/${team.id}/leave`)
    expect(left.text).toMatch(/population\W+2/)
    expect(levels(team)).toEqual([['bob', 9, 'Member']])
    expect((await ask('alice', 'PUT', `/${team.id}/leave`)).code).toBe(403)
    await ask('bob', 'PUT', `/${team.id}/leave`)
    expect(circles.find(way.ocs.world, team.id)).toBeUndefined()
  })

  way.inEveryWay('are dissolved by their owner alone, and when accounts go', async () => {
    const team = make()
    circles.add(way.ocs.world, team, 'bob', 'alice')
    ;(await ask('bob', 'DELETE', `/${team.id}`)).expectData(REFUSED)
    expect((await ask('alice', 'DELETE', `/${team.id}`)).code).toBe(200)
    expect(circles.ofUser(way.ocs.world, 'bob')).toEqual([])
    make()
    users.remove(way.ocs.world, 'alice')
    expect(circles.visibleTo(way.ocs.world, 'alice')).toEqual([])
  })

  way.inEveryWay('are shown one by one to administrators of the server, if they are in', async () => {
    const team = make()
    expect((await ask('alice', 'GET', `/${team.id}`)).message).toBe('Logged in account must be an admin')
    ;(await ask('admin', 'GET', `/${team.id}`)).expectData(REFUSED)
    circles.add(way.ocs.world, team, 'admin', 'alice')
    expect((await ask('admin', 'GET', `/${team.id}`)).text).toContain(team.id)
  })

  it('need a login', async () => {
    expect((await way.ask('GET', BASE)).code).toBe(997)
  })
})
