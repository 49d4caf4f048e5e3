import { directly, expect, it } from '../../support/ways.ts'

const alice = 'alice:secret'
const SEED = {
  users: [{ id: 'alice', password: 'secret' }],
  files: { alice: { '/notes.md': 'Notes', '/photo.png': 'png', '/docs/in.md': 'in' } },
}
const BASE = '/apps/files/api/v1/directEditing'

directly('editing in a web view', SEED, (way) => {
  const post = (path: string, json: object) => way.ask('POST', `${BASE}/${path}`, { as: alice, json })
  const urlOf = ({ text }: { text: string }) =>
    /"url":"([^"]+)"|<url>([^<]+)</.exec(text.replaceAll('\\', ''))?.slice(1).join('')
  const expectRefusal = (answer: { code: number; expectData(data: { message: string }): void }, message: string) => {
    expect(answer.code).toBe(403)
    answer.expectData({ message })
  }

  way.inEveryWay('is done by the editors that apps bring', async () => {
    const info = await way.ask('GET', BASE, { as: alice })
    expect(info.code).toBe(200)
    for (const part of ['textdocument', 'Nextcloud Text']) expect(info.text).toContain(part)
    const etag = info.headers.get('etag')!
    const again = await way.ask('GET', BASE, { as: alice, headers: { 'If-None-Match': etag } })
    expect(way.version === 1 ? again.code : again.status).toBe(304)
  })

  way.inEveryWay('can begin with a template', async () => {
    const of = (path: string) => way.ask('GET', `${BASE}/templates/${path}`, { as: alice })
    expect((await of('text/textdocument')).text).toContain('Empty file')
    ;(await of('text/none')).expectData({ templates: [] })
    const unknown = await of('none/textdocument')
    expect(unknown.code).toBe(500)
    unknown.expectData({ message: 'Failed to obtain template list: No matching editor found' })
  })

  way.inEveryWay('opens a file at an address of its own', async () => {
    const opened = await post('open', { path: '/notes.md' })
    expect(opened.code).toBe(200)
    expect(urlOf(opened)).toMatch(/\/index.php\/apps\/files\/directEditing\/\w+$/)
    expect(urlOf(await post('open', { path: '/notes.md' }))).not.toBe(urlOf(opened))
  })

  it('opens nothing that is not there, that nobody edits, or with an editor that nobody has', async () => {
    expectRefusal(await post('open', { path: '/none.md' }), 'Failed to open file: /alice/files/none.md')
    expectRefusal(
      await post('open', { path: '/photo.png' }),
      'Failed to open file: No default editor found for files mimetype',
    )
    expectRefusal(
      await post('open', { path: '/notes.md', editorId: 'none' }),
      'Failed to open file: Editor none is unknown',
    )
  })

  way.inEveryWay('creates files where there is a place and an editor for them', async () => {
    const text = { editorId: 'text', creatorId: 'textdocument' }
    const made = await post('create', { path: '/docs/new.md', ...text })
    expect(made.code).toBe(200)
    expect(urlOf(made)).toContain('/directEditing/')
    expectRefusal(await post('create', { path: '/docs/new.md', ...text }), 'Failed to create file: File already exists')
    expectRefusal(await post('create', { path: '/none/new.md', ...text }), 'Failed to create file: Invalid path')
    expectRefusal(
      await post('create', { path: '/a.md', ...text, editorId: 'none' }),
      'Failed to create file: No editor found',
    )
    expectRefusal(
      await post('create', { path: '/b.md', ...text, creatorId: 'none' }),
      'Failed to create file: No creator found',
    )
  })
})
