import type { Seed } from '#index.ts'
import * as users from '#world/accounts/users.ts'
import { setApp } from '#world/settings/config.ts'
import * as external from '#world/sharing/external-shares.ts'
import { itemOf, itemsOf } from '../../support/share-answers.ts'
import { directly, expect, it, type OcsAnswer } from '../../support/ways.ts'

const BASE = '/apps/files_sharing/api/v1/remote_shares'
const ALICE = { as: 'alice:alice' }
const SEED: Seed = { users: [{ id: 'alice', password: 'alice' }], files: { alice: { '/pic.txt': 'x' } } }
const OFFER = {
  remote: 'https://cloud.example.org/',
  token: 'secret',
  name: 'pic.txt',
  owner: 'owen',
  sharedBy: 'owen',
  shareWith: 'alice',
  remoteId: '5',
}
const said = (answer: OcsAnswer) => [answer.code, answer.message]

directly('a share of another server', SEED, (way) => {
  const offer = (change: Record<string, string> = {}) =>
    way.ask('POST', '/cloud/shares', { form: { ...OFFER, ...change } })
  const open = async () => itemsOf(await way.ask('GET', `${BASE}/pending`, ALICE))
  const idOf = async () => (await open())[0]!.id!

  way.inEveryWay('waits until it is accepted, under a name that is free', async () => {
    expect((await offer()).code).toBe(200)
    const waiting = (await open())[0]!
    expect(waiting).toMatchObject({
      remote: 'https://cloud.example.org/',
      remote_id: '5',
      share_token: 'secret',
      name: '/pic.txt',
      owner: 'owen',
      user: 'alice',
      mountpoint: '{{TemporaryMountPointName#/pic.txt}}',
      accepted: '0',
    })
    expect((await way.ask('POST', `${BASE}/pending/${waiting.id}`, ALICE)).code).toBe(200)
    const accepted = itemOf(await way.ask('GET', BASE, ALICE))
    expect([accepted.mountpoint, accepted.accepted]).toEqual(['/pic (2).txt', '1'])
    expect(itemOf(await way.ask('GET', `${BASE}/${waiting.id}`, ALICE)).id).toBe(waiting.id)
  })

  it('is told apart from others of the same name', async () => {
    await offer()
    await offer({ remoteId: '6' })
    expect((await open()).map((share) => share.mountpoint)).toEqual([
      '{{TemporaryMountPointName#/pic.txt}}',
      '{{TemporaryMountPointName#/pic.txt}}-1',
    ])
  })

  way.inEveryWay('can be declined, and given up once it was accepted', async () => {
    await offer()
    await way.ask('DELETE', `${BASE}/pending/${await idOf()}`, ALICE)
    expect(await open()).toEqual([])
    await offer()
    const id = await idOf()
    expect(said(await way.ask('DELETE', `${BASE}/${id}`, ALICE))).toEqual([403, 'Could not unshare'])
    await way.ask('POST', `${BASE}/pending/${id}`, ALICE)
    expect((await way.ask('DELETE', `${BASE}/${id}`, ALICE)).code).toBe(200)
    expect(itemsOf(await way.ask('GET', BASE, ALICE))).toEqual([])
  })

  it('is nobody else’s', async () => {
    await offer()
    const id = await idOf()
    const admin = { as: 'admin:admin' }
    expect(said(await way.ask('GET', `${BASE}/${id}`, admin))).toEqual([404, 'share does not exist'])
    expect(said(await way.ask('DELETE', `${BASE}/${id}`, admin))).toEqual([404, 'Share does not exist'])
    for (const method of ['POST', 'DELETE']) {
      const answer = await way.ask(method, `${BASE}/pending/${id}`, admin)
      expect(said(answer)).toEqual([404, 'Wrong share ID, share does not exist.'])
    }
  })

  it('is refused where something is missing or wrong', async () => {
    const missing = [400, 'server can not add remote share, missing parameter']
    expect(said(await offer({ remoteId: '' }))).toEqual(missing)
    expect(said(await offer({ name: '' }))).toEqual(missing)
    expect(said(await offer({ shareWith: 'nobody' }))).toEqual([400, 'User does not exists'])
    expect(said(await offer({ name: '/pic.txt' }))).toEqual([400, 'The mountpoint name contains invalid characters.'])
    expect(said(await offer({ remote: 'foo' }))).toEqual([
      500,
      'internal server error, was not able to add share from foo',
    ])
    expect((await way.ask('POST', '/cloud/shares', { form: {} })).code).toBe(996)
    setApp(way.ocs.world, 'files_sharing', 'incoming_server2server_share_enabled', 'no')
    expect(said(await offer())).toEqual([400, 'Server does not support federated cloud sharing'])
  })

  it('takes the federated id of its owner where one is given', async () => {
    await offer({ ownerFederatedId: 'owen@http://plain.example', owner: 'Owen' })
    expect((await open())[0]).toMatchObject({ remote: 'http://plain.example/', owner: 'Owen' })
  })

  way.inEveryWay('ends when its server says so, with the secret', async () => {
    await offer()
    await way.ask('POST', '/cloud/shares/5/unshare', { form: { token: 'wrong' } })
    expect(await open()).toHaveLength(1)
    await way.ask('POST', '/cloud/shares/5/unshare', { form: { token: 'secret' } })
    expect(await open()).toEqual([])
  })

  way.inEveryWay('moves along with its server', async () => {
    await offer()
    const form = { token: 'secret', remote: 'new@https://third.example', remote_id: '77' }
    const moved = itemOf(await way.ask('POST', '/cloud/shares/5/move', { form }))
    expect(moved).toEqual({ remote: 'https://third.example', owner: 'new' })
    expect((await open())[0]).toMatchObject({ remote: 'https://third.example', remote_id: '77', owner: 'new' })
    expect(said(await way.ask('POST', '/cloud/shares/5/move', { form }))).toEqual([
      400,
      'Share not found or token invalid',
    ])
    expect((await way.ask('POST', '/cloud/shares/5/move', { form: {} })).code).toBe(996)
  })

  it('goes with its account', async () => {
    await offer()
    users.remove(way.ocs.world, 'alice')
    expect(external.ofUser(way.ocs.world, 'alice', false)).toEqual([])
  })
})
