import * as files from '../../../src/world/files.ts'
import { everyWay, expect, it } from '../../support/ways.ts'

const alice = 'alice:secret'
const bob = 'bob:secret'
const SEED = {
  users: [
    { id: 'alice', password: 'secret' },
    { id: 'bob', password: 'secret' },
  ],
  files: { alice: { '/plan.txt': 'a plan', '/photo.png': 'x' } },
}

everyWay('collections', SEED, (way) => {
  const API = '/collaboration/resources'
  const idOf = (path: string) => String(files.resolve(way.ocs.world, 'alice', path)!.node.id)
  const begin = () => way.ask('POST', `${API}/file/${idOf('/plan.txt')}`, { as: alice, json: { name: 'Plans' } })

  it('begin with a file, take more, and are found by name and by what they hold', async () => {
    ;(await begin()).expectData({ id: 1, name: 'Plans', resources: [[]] })
    const json = { resourceType: 'file', resourceId: idOf('/photo.png') }
    const added = await way.ask('POST', `${API}/collections/1`, { as: alice, json })
    expect(added.text).toContain('plan.txt')
    for (const path of [`${API}/collections/1`, `${API}/collections/search/lan`, `${API}/file/${idOf('/photo.png')}`]) {
      const answer = await way.ask('GET', path, { as: alice })
      expect(answer.code).toBe(200)
      expect(answer.text).toContain('photo.png')
    }
    const renamed = await way.ask('PUT', `${API}/collections/1`, { as: alice, json: { collectionName: 'Ideas' } })
    expect(renamed.text).toContain('Ideas')
    ;(await way.ask('GET', `${API}/collections/search/Plans`, { as: alice })).expectData([])
  })

  it('end with their last file', async () => {
    await begin()
    const query = `resourceType=file&resourceId=${idOf('/plan.txt')}`
    expect((await way.ask('DELETE', `${API}/collections/1?${query}`, { as: alice })).code).toBe(404)
    expect((await way.ask('GET', `${API}/collections/1`, { as: alice })).code).toBe(404)
  })

  it('are hidden from those who see none of their files', async () => {
    await begin()
    expect((await way.ask('GET', `${API}/collections/1`, { as: bob })).code).toBe(404)
    expect((await way.ask('GET', `${API}/file/${idOf('/plan.txt')}`, { as: bob })).code).toBe(404)
    ;(await way.ask('GET', `${API}/collections/search/P`, { as: bob })).expectData([])
    const json = { resourceType: 'file', resourceId: idOf('/plan.txt'), collectionName: 'x' }
    expect((await way.ask('POST', `${API}/collections/1`, { as: bob, json })).code).toBe(404)
    expect((await way.ask('PUT', `${API}/collections/1`, { as: bob, json })).code).toBe(404)
  })

  it('need a name of 1 to 64 bytes', async () => {
    for (const name of ['', 'x'.repeat(65)]) {
      expect((await way.ask('POST', `${API}/file/${idOf('/plan.txt')}`, { as: alice, json: { name } })).code).toBe(400)
    }
  })
})

everyWay('references', SEED, (way) => {
  const LINK = 'https://example.org'
  const page = { id: LINK, name: LINK, description: null, thumb: null, link: LINK }
  const resolved = { richObjectType: 'open-graph', richObject: page, openGraphObject: page, accessible: true }

  it('are found in a text between white space, as many as asked for', async () => {
    const text = `see ${LINK} and (https://not.this) https://two.example/`
    const first = await way.ask('POST', '/references/extract', { as: alice, json: { text } })
    const both = await way.ask('POST', '/references/extract', { as: alice, json: { text, limit: 5 } })
    // An address is no element name.
    if (way.format === 'xml') expect([first.text, both.text]).toEqual(['', ''])
    else {
      first.expectData({ references: { [LINK]: null } })
      both.expectData({ references: { [LINK]: null, 'https://two.example/': null } })
    }
  })

  it('resolve to what is known of them', async () => {
    const asked = `reference=${encodeURIComponent(LINK)}`
    const one = await way.ask('GET', `/references/resolve?${asked}`, { as: alice })
    const open = await way.ask('GET', `/references/resolvePublic?${asked}&sharingToken=any`)
    const many = await way.ask('POST', '/references/resolve', {
      as: alice,
      json: { references: ['text', LINK], limit: 2 },
    })
    if (way.format === 'xml') return expect([one.text, open.text, many.text]).toEqual(['', '', ''])
    one.expectData({ references: { [LINK]: resolved } })
    open.expectData({ references: { [LINK]: resolved } })
    many.expectData({ references: { text: null, [LINK]: resolved } })
  })

  it('resolve to files for those who see them', async () => {
    const id = files.resolve(way.ocs.world, 'alice', '/plan.txt')!.node.id
    // `GET /config` says under which address this way is asked.
    const { host, ssl } = JSON.parse(
      await (await way.fetch('/ocs/v2.php/config?format=json', { headers: { 'OCS-APIRequest': 'true' } })).text(),
    ).ocs.data
    const base = `${ssl === 'true' ? 'https' : 'http'}://${host}`
    const reference = encodeURIComponent(`${base}/index.php/f/${id}`)
    const [hers, his] = [alice, bob].map((as) => way.ask('GET', `/references/resolve?reference=${reference}`, { as }))
    if (way.format === 'xml') return
    expect((await hers!).text).toContain('"richObjectType":"file"')
    expect((await his!).text).toContain('"richObjectType":"open-graph"')
  })

  it('have providers that follow their apps', async () => {
    const touch = (id: string) => way.ask('PUT', `/references/provider/${id}`, { as: alice, json: { timestamp: 5 } })
    ;(await touch('files')).expectData({ success: true })
    ;(await touch('nosuch')).expectData({ success: false })
    const providers = await way.ask('GET', '/references/providers', { as: alice })
    expect(providers.text).toContain('profile_picker')
  })
})

everyWay('second factors, teams and identities', SEED, (way) => {
  it('shows and does not change what an administrator cannot change', async () => {
    const states = { totp: false, backup_codes: false }
    const ask = (method: string, path: string, user: string) =>
      method === 'GET'
        ? way.ask(method, `${path}?user=${user}`, { as: 'admin:admin' })
        : way.ask(method, path, { as: 'admin:admin', json: { user, providers: ['totp'] } })
    for (const [method, path] of [
      ['GET', '/twofactor/state'],
      ['POST', '/twofactor/enable'],
      ['POST', '/twofactor/disable'],
    ] as const) {
      ;(await ask(method, path, 'alice')).expectData(states)
      expect((await ask(method, path, 'nobody')).code).toBe(404)
    }
  })

  it('knows no teams', async () => {
    ;(await way.ask('GET', '/teams/any/resources', { as: alice })).expectData({ resources: [] })
    ;(await way.ask('GET', '/teams/resources/files/1', { as: alice })).expectData({ teams: [] })
  })

  it('gives the public key of an account to anyone, always the same', async () => {
    const first = await way.ask('GET', '/identityproof/key/alice')
    expect(first.text).toContain('-----BEGIN PUBLIC KEY-----')
    expect((await way.ask('GET', '/identityproof/key/alice')).text).toBe(first.text)
    const unknown = await way.ask('GET', '/identityproof/key/nobody')
    expect(unknown.code).toBe(404)
    unknown.expectData(['Account not found'])
  })
})
