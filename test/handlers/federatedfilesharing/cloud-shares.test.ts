import type { Seed } from '#index.ts'
import * as files from '#world/files/files.ts'
import { setApp } from '#world/settings/config.ts'
import * as shares from '#world/sharing/shares.ts'
import { directly, expect, it, type OcsAnswer, type Way } from '../../support/ways.ts'

const SEED: Seed = { shares: [{ type: 'link', owner: 'admin', path: '/welcome.txt' }] }
const said = (answer: OcsAnswer) => [answer.code, answer.message]

/** A share that another server has accepted. */
function shareOut(way: Way): void {
  const { world } = way.ocs
  const { id: _, ...link } = shares.find(world, 1)!
  const nodeId = files.resolve(world, 'admin', '/welcome.txt')!.node.id
  shares.insert(world, { ...link, type: shares.TYPE.remote, sharedWith: 'u@remote.example', token: 'secret', nodeId })
}

directly('what another server says of a share', SEED, (way) => {
  const tell = (what: string, form: Record<string, string>, id = '2') =>
    way.ask('POST', `/cloud/shares/${id}/${what}`, { form })

  way.inEveryWay('is that it was accepted or declined, which is never refused', async () => {
    shareOut(way)
    const heard: string[] = []
    way.ocs.world.on((event) => heard.push(event.type))
    expect((await tell('accept', { token: 'secret' })).code).toBe(200)
    expect(heard).toEqual(['share.accepted'])
    expect((await tell('accept', { token: 'wrong' })).code).toBe(200)
    expect((await tell('decline', { token: 'secret' })).code).toBe(200)
    expect(shares.find(way.ocs.world, 2)).toBeUndefined()
    expect((await tell('decline', { token: 'secret' })).code).toBe(200)
  })

  way.inEveryWay('is that its permissions changed, with the secret', async () => {
    shareOut(way)
    expect((await tell('permissions', { token: 'secret', permissions: '3' })).code).toBe(200)
    expect(shares.find(way.ocs.world, 2)?.permissions).toBe(7)
    expect((await tell('permissions', { token: 'secret', permissions: '17' })).code).toBe(200)
    expect(shares.find(way.ocs.world, 2)?.permissions).toBe(17)
    expect(said(await tell('permissions', { token: 'wrong', permissions: '3' }))).toEqual([400, ''])
  })

  way.inEveryWay('is that it was taken back, with the secret', async () => {
    shareOut(way)
    expect(said(await tell('revoke', { token: 'wrong' }))).toEqual([400, ''])
    expect((await tell('revoke', { token: 'secret' })).code).toBe(200)
    expect(shares.find(way.ocs.world, 2)).toBeUndefined()
  })

  it('says nothing of links', async () => {
    expect(said(await tell('revoke', { token: String(shares.find(way.ocs.world, 1)?.token) }, '1'))).toEqual([400, ''])
  })

  way.inEveryWay('is never that it may be shared on, for no third server is reached', async () => {
    shareOut(way)
    const form = { token: 'secret', shareWith: 'v@third.example', remoteId: '3' }
    expect(said(await tell('reshare', form))).toEqual([400, ''])
  })

  it('is not heard where sharing with other servers is off', async () => {
    setApp(way.ocs.world, 'files_sharing', 'outgoing_server2server_share_enabled', 'no')
    const off = [503, 'Server does not support federated cloud sharing']
    expect(said(await tell('unshare', { token: 'secret' }))).toEqual(off)
    expect(said(await tell('move', { token: 'secret', remote: 'a@b.example' }))).toEqual(off)
  })
})
