import { setSystem } from '#world/settings/config.ts'
import * as trusted from '#world/sharing/trusted-servers.ts'
import { itemOf } from '../../support/share-answers.ts'
import { directly, expect, it, type OcsAnswer } from '../../support/ways.ts'

const BASE = '/apps/federation/trusted-servers'
const ADMIN = { as: 'admin:admin' }
const SECRETS = [
  ['GET', '/cloud/shared-secret'],
  ['GET', '/apps/federation/api/v1/shared-secret'],
] as const
const REQUESTS = ['/cloud/shared-secret', '/apps/federation/api/v1/request-shared-secret']
const said = (answer: OcsAnswer) => [answer.code, answer.message]

directly('trusted servers', { users: [{ id: 'alice', password: 'alice' }] }, (way) => {
  way.inEveryWay('are listed', async () => {
    trusted.add(way.ocs.world, 'cloud.example.org')
    const answer = await way.ask('GET', BASE, ADMIN)
    answer.expectData([{ url: 'https://cloud.example.org', id: 1, status: 2 }])
  })

  it('must be there to be added, and are trusted once', async () => {
    const add = (url: string) => way.ask('POST', BASE, { ...ADMIN, form: { url } })
    expect(said(await add('https://unknown.example'))).toEqual([404, 'No server to federate with found'])
    trusted.add(way.ocs.world, 'https://cloud.example.org/')
    expect(said(await add('http://cloud.example.org'))).toEqual([
      409,
      'Server is already in the list of trusted servers.',
    ])
  })

  way.inEveryWay('can be this one, where it may ask itself', async () => {
    setSystem(way.ocs.world, 'allow_local_remote_servers', true)
    const own = (await way.fetch('/status.php')).url.replace('/status.php', '') || 'https://cloud.example.com'
    const added = itemOf(await way.ask('POST', BASE, { ...ADMIN, form: { url: own } }))
    expect(added).toEqual({ url: own, id: '1', message: 'Added to the list of trusted servers' })
  })

  way.inEveryWay('are trusted no longer when removed', async () => {
    trusted.add(way.ocs.world, 'https://cloud.example.org')
    expect(itemOf(await way.ask('DELETE', `${BASE}/1`, ADMIN))).toEqual({ id: '1' })
    expect(said(await way.ask('DELETE', `${BASE}/1`, ADMIN))).toEqual([404, 'No server found with ID: 1'])
    expect(trusted.isTrusted(way.ocs.world, 'https://cloud.example.org')).toBe(false)
  })

  it('are the administrator’s business', async () => {
    expect((await way.ask('GET', BASE, { as: 'alice:alice' })).code).toBe(403)
  })

  way.inEveryWay('get the secret for the token that they were sent', async () => {
    const { url, token } = trusted.add(way.ocs.world, 'https://cloud.example.org')
    for (const [method, path] of SECRETS) {
      const query = (with_: string) => `${path}?url=${url}&token=${with_}`
      expect(itemOf(await way.ask(method, query(token))).sharedSecret).toMatch(/^\w{32}$/)
      expect(said(await way.ask(method, query('wrong')))).toEqual([403, ''])
      expect(said(await way.ask(method, `${path}?url=other&token=${token}`))).toEqual([403, ''])
    }
    for (const path of REQUESTS) {
      expect((await way.ask('POST', path, { form: { url, token: 'theirs' } })).code).toBe(200)
      expect(said(await way.ask('POST', path, { form: { url: 'other', token: 'theirs' } }))).toEqual([403, ''])
    }
  })
})
