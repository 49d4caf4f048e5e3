import * as circles from '#handlers/circles/state.ts'
import { createOcsMock, loadProfile } from '#index.ts'
import { itemOf, itemsOf } from '../../support/share-answers.ts'
import { type Ask, directly, expect, it } from '../../support/ways.ts'

const SEED = {
  clock: { now: '2026-03-01T12:00:00Z', frozen: true },
  users: ['alice', 'bob', 'carol'].map((id) => ({ id, password: id })),
}
const ADMIN = { as: 'admin:admin' }
/** A team that everybody sees and may join. */
const OPEN = String(circles.CONFIG.visible | circles.CONFIG.open)

directly('an administrator who speaks for another account', SEED, (way) => {
  const make = () => circles.create(way.ocs.world, 'alice', 'Team', false) as circles.Circle
  const open = () => {
    const circle = make()
    circles.configure(way.ocs.world, circle, Number(OPEN))
    return circle
  }
  const memberId = ({ id }: circles.Circle, userId: string) => circles.entryOf(way.ocs.world, id, userId)!.id
  const levels = ({ id }: circles.Circle) =>
    circles.entries(way.ocs.world, id).map(({ userId, level, invitedBy }) => [userId, level, invitedBy])
  const ask = (who: string, method: string, path: string, asked: Omit<Ask, 'as'> = {}) =>
    way.ask(method, `/apps/circles/admin/${who}${path}`, { ...ADMIN, ...asked })
  const told = async (...asked: Parameters<typeof ask>) => {
    const { code, message } = await ask(...asked)
    return [code, message]
  }
  const done = async (...asked: Parameters<typeof ask>) => {
    const answer = await ask(...asked)
    expect([answer.code, asked]).toEqual([200, asked])
    return answer
  }

  way.inEveryWay('makes a team that is the account’s, shows it, changes it, and dissolves it', async () => {
    const { id } = itemOf(await done('alice', 'POST', '/circles', { form: { name: 'Team' } }))
    const at = `/circles/${id}`
    expect(itemsOf(await done('alice', 'GET', '/circles'))).toMatchObject([{ id, name: 'Team' }])
    await done('alice', 'PUT', `${at}/name`, { form: { value: 'Crew' } })
    await done('alice', 'PUT', `${at}/description`, { form: { value: 'Who sail' } })
    await done('alice', 'PUT', `${at}/setting`, { form: { setting: 'colour', value: 'blue' } })
    await done('alice', 'PUT', `${at}/config`, { form: { value: OPEN } })
    expect(itemOf(await done('alice', 'GET', at))).toMatchObject({
      name: 'Crew',
      description: 'Who sail',
      config: OPEN,
    })
    expect(circles.find(way.ocs.world, id!)!.settings).toEqual({ colour: 'blue' })
    await done('alice', 'DELETE', at)
    expect(circles.find(way.ocs.world, id!)).toBeUndefined()
  })

  way.inEveryWay(
    'takes others in, gives them a level, and takes them out; and lets the account join and leave',
    async () => {
      const circle = open()
      const at = `/circles/${circle.id}`
      await done('bob', 'PUT', `${at}/join`)
      await done('alice', 'POST', `${at}/members`, { form: { userId: 'carol', type: '1' } })
      await done('alice', 'PUT', `${at}/members/${memberId(circle, 'bob')}/level`, { form: { level: 'moderator' } })
      expect(levels(circle)).toEqual([
        ['alice', 9, 'alice'],
        ['bob', 4, 'admin'],
        ['carol', 1, 'admin'],
      ])
      expect(itemsOf(await done('alice', 'GET', `${at}/members`))).toHaveLength(3)
      await done('bob', 'DELETE', `${at}/members/${memberId(circle, 'carol')}`)
      await done('bob', 'PUT', `${at}/leave`)
      expect(levels(circle).map(([userId]) => userId)).toEqual(['alice'])
    },
  )

  way.inEveryWay('confirms who asks for a team', async () => {
    const circle = make()
    const { visible, open, request } = circles.CONFIG
    circles.configure(way.ocs.world, circle, visible | open | request)
    await done('bob', 'PUT', `/circles/${circle.id}/join`)
    expect(levels(circle).at(-1)).toEqual(['bob', 0, 'admin'])
    await done('alice', 'PUT', `/circles/${circle.id}/members/${memberId(circle, 'bob')}`)
    expect(levels(circle).at(-1)).toEqual(['bob', 1, 'admin'])
  })

  way.inEveryWay('tells by what somebody is in a team', async () => {
    const { id } = make()
    const single = circles.single(way.ocs.world, 'alice').id
    expect(itemOf(await done('alice', 'GET', `/link/${id}/${single}`))).toMatchObject({ circleId: id, level: '9' })
  })

  it('is who added the owner of a team that it made', async () => {
    const { data } = await done('alice', 'POST', '/circles', { json: { name: 'Team' } })
    expect(data).toMatchObject({ owner: { userId: 'alice', invitedBy: { userId: 'admin' } } })
  })

  it('sees what everybody sees of a team that the account is not in', async () => {
    const circle = open()
    expect(itemOf(await done('carol', 'GET', `/circles/${circle.id}`))).toMatchObject({ id: circle.id, initiator: '' })
    expect(itemsOf(await done('carol', 'GET', `/circles/${circle.id}/members`))).toHaveLength(1)
    expect((await ask('carol', 'GET', `/circles/${make().id}/members`)).data).toEqual([])
  })

  it('is refused in the words of the app’s service', async () => {
    const [closed, known] = [make(), open()]
    circles.add(way.ocs.world, known, 'bob', 'alice')
    const owner = memberId(known, 'alice')
    const name = { form: { value: 'Other' } }
    const level = (value: unknown) =>
      told('alice', 'PUT', `/circles/${known.id}/members/x/level`, { json: { level: value } })

    expect(await told('carol', 'PUT', `/circles/${closed.id}/name`, name)).toEqual([404, 'Circle not found'])
    expect(await told('carol', 'PUT', `/circles/nosuchteam/name`, name)).toEqual([404, 'Circle not found'])
    expect(await told('carol', 'GET', `/circles/${closed.id}`)).toEqual([404, 'Circle not found'])
    expect(await told('carol', 'PUT', `/circles/${known.id}/name`, name)).toEqual([
      403,
      'Initiator must be a member of the Team',
    ])
    expect(await told('carol', 'PUT', `/circles/${known.id}/leave`)).toEqual([120, 'You are not a member'])
    expect(await told('carol', 'DELETE', `/circles/${known.id}/members/${owner}`)).toEqual([404, ''])
    expect(await told('bob', 'PUT', `/circles/${known.id}/name`, name)).toEqual([400, 'Insufficient rights'])
    expect(await told('bob', 'DELETE', `/circles/${known.id}/members/${owner}`)).toEqual([400, 'Insufficient rights'])
    expect(await level('captain')).toEqual([121, 'Available levels: Member, Moderator, Admin, Owner'])
    expect(await level(77)).toEqual([121, 'Available levels: 1, 4, 8, 9'])
  })

  it('speaks for accounts that there are', async () => {
    expect(await told('nobody', 'GET', '/circles')).toEqual([404, 'user nobody not found'])
  })

  it.each(['0', '-5'])('gets an internal error for a page of %s teams', async (limit) => {
    expect((await ask('alice', 'GET', `/circles?limit=${limit}`)).code).toBe(996)
  })

  it('administers the server', async () => {
    const { code, message } = await way.ask('GET', '/apps/circles/admin/alice/circles', { as: 'alice:alice' })
    expect([code, message]).toEqual([403, 'Logged in account must be an admin'])
  })
})

it.each([
  ['alice', 400, 'Insufficient rights'],
  ['carol', 403, 'Initiator must be a member of the Team'],
])('33 refuses %s itself in the words of the service', async (userId, code, message) => {
  const ocs = createOcsMock({ seed: SEED, profile: await loadProfile('nextcloud-33') })
  const circle = circles.create(ocs.world, 'bob', 'Team', false) as circles.Circle
  circles.configure(ocs.world, circle, Number(OPEN))
  circles.add(ocs.world, circle, 'alice', 'bob')
  const url = `http://localhost/ocs/v2.php/apps/circles/circles/${circle.id}/name?format=json`
  const headers = { 'OCS-APIRequest': 'true', Authorization: `Basic ${btoa(`${userId}:${userId}`)}` }
  const response = await ocs.fetch(url, { method: 'PUT', headers, body: new URLSearchParams({ value: 'Other' }) })

  expect((await response.json()).ocs.meta).toMatchObject({ statuscode: code, message })
})
