import * as files from '#world/files/files.ts'
import * as config from '#world/settings/config.ts'
import { directly, expect, type OcsAnswer } from '../../support/ways.ts'

const ALICE = { as: 'alice:alice' }
const SEED = { users: [{ id: 'alice', displayName: 'Alice A' }], files: { alice: { '/a.txt': 'a' } } }
const PAGE = 'https://example.org'

directly('references', SEED, (way) => {
  const extract = (json: object) => way.ask('POST', '/references/extract', { ...ALICE, json })
  /** An address is no name of an XML element: the real server then answers an empty page. */
  const expectReferences = (answer: OcsAnswer, expected: unknown) => {
    if (way.format === 'xml') expect([answer.status, answer.text]).toEqual([200, ''])
    else expect((answer.data as { references: unknown }).references).toEqual(expected)
  }
  const page = (address: string) => {
    const graph = { id: address, name: address, description: null, thumb: null, link: address }
    return { richObjectType: 'open-graph', richObject: graph, openGraphObject: graph, accessible: true }
  }

  way.inEveryWay('are found in a text, one or more, and resolved', async () => {
    const text = `see ${PAGE} and http://b.example/x?y=1\n`
    expectReferences(await extract({ text }), { [PAGE]: null })
    expectReferences(await extract({ text, limit: 2 }), { [PAGE]: null, 'http://b.example/x?y=1': null })
    expectReferences(await extract({ text, resolve: true }), { [PAGE]: page(PAGE) })
    ;(await extract({ text: 'nothing' })).expectData({ references: [] })
  })

  way.inEveryWay('lead to pages without fetching them', async () => {
    const query = `?reference=${encodeURIComponent(PAGE)}`
    const one = await way.ask('GET', `/references/resolve${query}`, ALICE)
    expect(one.headers.get('cache-control') ?? '').toMatch(way.format === 'xml' ? /^$/ : /max-age=3600/)
    expectReferences(one, { [PAGE]: page(PAGE) })
    const references = [PAGE, 'http://b.example']
    const many = await way.ask('POST', '/references/resolve', { ...ALICE, json: { references, limit: 5 } })
    expectReferences(many, { [PAGE]: page(PAGE), 'http://b.example': page('http://b.example') })
    expect((await way.ask('POST', '/references/resolve', { ...ALICE, json: { references: [1] } })).code).toBe(996)
    config.setSystem(way.ocs.world, 'reference_opengraph', false)
    expectReferences(await way.ask('GET', `/references/resolve${query}`, ALICE), { [PAGE]: null })
  })

  way.inEveryWay('are there for anonymous callers with a link', async () => {
    const json = { text: `see ${PAGE}`, sharingToken: 'x', resolve: true }
    expectReferences(await way.ask('POST', '/references/extractPublic', { json }), { [PAGE]: page(PAGE) })
    const many = { references: [PAGE], sharingToken: 'x' }
    expectReferences(await way.ask('POST', '/references/resolvePublic', { json: many }), { [PAGE]: page(PAGE) })
    const wrong = await way.ask('POST', '/references/resolvePublic', { json: { ...many, references: [1] } })
    expect(wrong.code).toBe(996)
    const query = `?sharingToken=x&reference=${encodeURIComponent(PAGE)}`
    expectReferences(await way.ask('GET', `/references/resolvePublic${query}`), { [PAGE]: page(PAGE) })
  })

  way.inEveryWay('lead to files and profiles of this server', async () => {
    const origin = new URL((await (await way.fetch('/index.php/login/v2', { method: 'POST' })).json()).login).origin
    const resolve = async (path: string) => {
      const address = `${origin}${path}`
      const answer = await way.ask('GET', `/references/resolve?reference=${encodeURIComponent(address)}`, ALICE)
      if (way.format === 'xml') return null
      return (answer.data as { references: Record<string, Record<string, unknown>> }).references[address]
    }
    const id = files.resolve(way.ocs.world, 'alice', '/a.txt')?.node.id
    const [file, gone, profile, nobody] = await Promise.all(
      [`/index.php/f/${id}`, '/f/4711', '/u/alice', '/u/ghost'].map(resolve),
    )
    if (way.format === 'xml') return
    expect(file).toMatchObject({ richObjectType: 'file', accessible: true, richObject: { name: 'a.txt', size: 1 } })
    expect(gone).toMatchObject({ richObjectType: 'file', accessible: false })
    expect(profile).toMatchObject({ richObjectType: 'profile_widget', richObject: { title: 'Alice A' } })
    expect(nobody).toBeNull()
  })

  way.inEveryWay('are picked from providers', async () => {
    expect((await way.ask('GET', '/references/providers', ALICE)).text).toContain('profile_picker')
    const touch = (id: string) => way.ask('PUT', `/references/provider/${id}`, { ...ALICE, json: { timestamp: 5 } })
    ;(await touch('files')).expectData({ success: true })
    ;(await touch('nosuch')).expectData({ success: false })
    expect(config.getUser(way.ocs.world, 'alice', 'references', 'provider-last-use_files')).toBe('5')
  })
})
