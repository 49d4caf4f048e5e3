import * as external from '#world/sharing/external-shares.ts'
import { directly, expect, it } from '../../support/ways.ts'

const NOW = '2026-03-01T12:00:00+00:00'
const SEED = { clock: { now: NOW, frozen: true }, users: [{ id: 'alice', password: 'alice' }] } as const
const TOLD = {
  to: { type: 'Person', name: 'alice' },
  actor: { type: 'Person', name: 'otto@far.example.com' },
  type: 'Create',
  updated: NOW,
  object: { type: 'Document', name: '/x.txt' },
}

directly('what another server tells of its files', SEED, (way) => {
  const tell = async (change: Record<string, unknown> = {}, token = 'token') => {
    const json = { ...TOLD, ...change }
    return (await way.ask('POST', `/apps/activity/api/v2/remote/${token}`, { json, ocs: false })).code
  }
  const receive = () =>
    external.receive(way.ocs.world, {
      remote: 'https://far.example.com',
      remoteId: '7',
      token: 'token',
      name: 'x.txt',
      owner: 'otto',
      ownerId: 'otto@far.example.com',
      sharedById: 'otto@far.example.com',
      shareWith: 'alice',
    }) as external.ExternalShare

  it.each([
    ['a time long ago', { updated: '2026-03-01T11:00:00+00:00' }, 400],
    ['a time that is none', { updated: 'now' }, 400],
    ['nobody', { to: { type: 'Group', name: 'alice' } }, 400],
    ['an unknown account', { to: { type: 'Person', name: 'nobody' } }, 404],
    ['no author', { actor: {} }, 400],
    ['a path that leaves its folder', { object: { type: 'Document', name: '../x' } }, 400],
    ['an unknown type', { type: 'Like' }, 400],
    ['a share that is not there', {}, 404],
  ])('is not believed for %s', async (_, change, code) => {
    expect(await tell(change)).toBe(code)
  })

  way.inEveryWay('is believed of accepted shares, from their own servers', async () => {
    const share = receive()
    expect(await tell({ actor: { type: 'Person', name: 'otto@other.example.com' } })).toBe(404)
    external.accept(way.ocs.world, share)
    expect(await tell({ actor: { type: 'Person', name: 'otto@other.example.com' } })).toBe(403)
    expect(await tell({ object: {} })).toBe(400)
    expect(await tell({ type: 'Move', target: TOLD.object })).toBe(400)
    expect(await tell()).toBe(404)
  })

  it('must name somebody and an author', async () => {
    const answer = await way.ask('POST', '/apps/activity/api/v2/remote/token', { json: {} })
    expect([answer.status, answer.text]).toEqual([400, ''])
  })
})
