import { expect, it } from 'vitest'
import * as files from '#world/files/files.ts'
import { everyTransport } from '../../support/ways.ts'

const NOTES = '/index.php/apps/notes/api/v1/notes'
const SETTINGS = '/index.php/apps/notes/api/v1/settings'
const NOW = Date.UTC(2026, 4, 6, 7, 8, 9)
const SEED = {
  users: [
    { id: 'alice', password: 'alice' },
    { id: 'bob', password: 'bob' },
  ],
  notes: { alice: [{ title: 'Milk', content: 'Two litres', category: 'Shopping', modified: 1_700_000_000 }] },
  clock: { now: new Date(NOW).toISOString(), frozen: true },
}

interface Note {
  readonly id: number
  readonly title: string
  readonly etag: string
  readonly category: string
  readonly modified: number
  readonly internalPath: string
}

everyTransport('the Notes app', { seed: SEED }, (way) => {
  async function ask(
    method: string,
    path: string,
    json?: object,
    headers: Record<string, string> = {},
    user = 'alice',
  ) {
    const response = await way.fetch(path, {
      method,
      headers: {
        Authorization: `Basic ${btoa(`${user}:${user}`)}`,
        ...(json ? { 'Content-Type': 'application/json' } : {}),
        ...headers,
      },
      ...(json ? { body: JSON.stringify(json) } : {}),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, body: text === '' ? null : JSON.parse(text) }
  }
  const list = async (query = ''): Promise<Note[]> => (await ask('GET', NOTES + query)).body
  const make = async (json: object): Promise<Note> => (await ask('POST', NOTES, json)).body
  const pathOf = ({ id }: { id: number }) => `${NOTES}/${id}`
  const only = async () => (await list())[0]!

  it('lists notes as they are answered, with the versions of its interface', async () => {
    const { body, headers } = await ask('GET', NOTES)
    expect(body).toEqual([
      {
        id: expect.any(Number),
        title: 'Milk',
        modified: 1_700_000_000,
        category: 'Shopping',
        favorite: false,
        readonly: false,
        internalPath: '/Notes/Shopping/Milk.md',
        shareTypes: [],
        isShared: false,
        error: false,
        errorType: '',
        content: 'Two litres',
        etag: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ])
    expect(headers.get('X-Notes-API-Versions')).toBe('0.2, 1.3, 1.4')
  })

  it('makes notes, which are files', async () => {
    const note = await make({ title: 'Plan: A/B?', content: 'Go', favorite: true })
    expect(note).toMatchObject({ title: 'Plan AB', favorite: true, internalPath: '/Notes/Plan AB.md' })
    const file = files.resolve(way.ocs.world, 'alice', '/Notes/Plan AB.md')!
    expect([file.node.id, file.node.mime]).toEqual([note.id, 'text/markdown'])
    expect((await make({ title: 'Plan AB' })).title).toBe('Plan AB (2)')
    expect((await make({ title: 'Plan AB' })).title).toBe('Plan AB (3)')
    expect((await make({})).title).toBe('New note')
  })

  it('changes what is sent, and moves the file', async () => {
    const { id } = await only()
    const changed = (await ask('PUT', pathOf({ id }), { title: 'Cream', category: 'Shopping/Dairy' })).body
    expect(changed).toMatchObject({ id, internalPath: '/Notes/Shopping/Dairy/Cream.md', content: 'Two litres' })
    const written = (await ask('PUT', pathOf({ id }), { content: 'One cup', favorite: true })).body
    expect(written).toMatchObject({ content: 'One cup', favorite: true, modified: NOW / 1000 })
    await ask('PUT', pathOf({ id }), { category: '' })
    expect(files.resolve(way.ocs.world, 'alice', '/Notes/Shopping')).toBeUndefined()
  })

  it('removes them, into the trash', async () => {
    const note = await only()
    expect((await ask('DELETE', pathOf(note))).text).toBe('[]')
    expect(await list()).toEqual([])
    const again = await ask('DELETE', pathOf(note))
    expect([again.status, again.text]).toEqual([404, '{"errorType":"Exception"}'])
    expect(Object.keys(way.ocs.world.dump().tables.trash ?? {})).toContain(String(note.id))
  })

  it('answers 304 to those who have the list or the note', async () => {
    const first = await ask('GET', NOTES)
    const etag = first.headers.get('ETag')!
    expect((await ask('GET', NOTES, undefined, { 'If-None-Match': etag })).status).toBe(304)
    const note = await only()
    const one = await ask('GET', pathOf(note))
    expect(one.headers.get('ETag')).toBe(`"${note.etag}"`)
    expect((await ask('GET', pathOf(note), undefined, { 'If-None-Match': `"${note.etag}"` })).status).toBe(304)
    await ask('PUT', pathOf(note), { content: 'Changed' })
    expect((await ask('GET', NOTES, undefined, { 'If-None-Match': etag })).status).toBe(200)
  })

  it('refuses to change a note that somebody else changed, and answers it', async () => {
    const note = await only()
    const stale = await ask('PUT', pathOf(note), { content: 'x' }, { 'If-Match': '"stale"' })
    expect([stale.status, stale.body]).toEqual([412, expect.objectContaining({ content: 'Two litres' })])
    const fresh = await ask('PUT', pathOf(note), { content: 'x' }, { 'If-Match': `"${note.etag}"` })
    expect([fresh.status, fresh.body.content]).toEqual([200, 'x'])
    expect(fresh.body.etag).not.toBe(note.etag)
  })

  it('leaves out what is excluded, what is of another category, and what did not change', async () => {
    await make({ title: 'Ideas' })
    const [first] = await list('?exclude=content,etag,title')
    expect(Object.keys(first!)).not.toContain('content')
    expect(first).toMatchObject({ etag: expect.any(String) })
    expect((await list('?category=Shopping')).map(({ title }) => title)).toEqual(['Milk'])
    way.ocs.world.clock.advance(60_000)
    const { id } = await make({ title: 'Late' })
    const pruned = await list(`?pruneBefore=${NOW / 1000 + 30}`)
    expect(pruned[0]).toMatchObject({ id, title: 'Late' })
    expect(pruned.slice(1).map((note) => Object.keys(note))).toEqual([['id'], ['id']])
  })

  it('comes in chunks, and the last one names all that there are', async () => {
    for (const title of ['A', 'B']) {
      way.ocs.world.clock.advance(1000)
      await make({ title })
    }
    const first = await ask('GET', `${NOTES}?chunkSize=2`)
    expect(first.body.map(({ title }: Note) => title)).toEqual(['Milk', 'A'])
    expect(first.headers.get('X-Notes-Chunk-Pending')).toBe('1')
    const cursor = first.headers.get('X-Notes-Chunk-Cursor')!
    const last = await ask('GET', `${NOTES}?chunkSize=2&chunkCursor=${cursor}`)
    expect(last.body.map(({ title }: Note) => title)).toEqual(['B', undefined, undefined])
    expect(last.headers.get('X-Notes-Chunk-Cursor')).toBeNull()
  })

  it('keeps settings, and lays new notes where they say', async () => {
    expect((await ask('GET', SETTINGS)).body).toEqual({ notesPath: 'Notes', fileSuffix: '.md', noteMode: 'rich' })
    const changed = await ask('PUT', SETTINGS, { notesPath: 'Texts/Own', fileSuffix: '.txt' })
    expect(changed.body).toEqual({ notesPath: 'Texts/Own', fileSuffix: '.txt', noteMode: 'rich' })
    expect(await list()).toEqual([])
    expect((await make({ title: 'Here' })).internalPath).toBe('/Texts/Own/Here.txt')
  })

  it('makes titles of contents for clients of the older interface', async () => {
    const old = NOTES.replace('v1', 'v0.2')
    const { body } = await ask('POST', old, { content: '# **Great** plans #\nof mice' })
    expect(body.title).toBe('Great plans')
    expect((await ask('PUT', `${old}/${body.id}`, { content: '- [ ] Buy' })).body.title).toBe('[ ] Buy')
  })

  it('keeps files beside notes', async () => {
    const { id } = await only()
    const form = new FormData()
    form.set('file', new Blob(['png'], { type: 'image/png' }), 'cow.png')
    const place = `/index.php/apps/notes/api/v1.4/attachment/${id}`
    const headers = { Authorization: `Basic ${btoa('alice:alice')}` }
    const added = await way.fetch(place, { method: 'POST', headers, body: form })
    const { filename } = await added.json()
    expect(filename).toMatch(/^[0-9a-f]{32}\.png$/)
    const read = await way.fetch(`${place}?path=${encodeURIComponent(filename)}`, { headers })
    expect([read.headers.get('content-type'), await read.text()]).toEqual(['image/png', 'png'])
    expect((await way.fetch(`${place}?path=..%2F..%2Fwelcome.txt`, { headers })).status).toBe(404)
  })

  it('is nobody else’s, and knows nothing else', async () => {
    const note = await only()
    expect((await ask('GET', pathOf(note), undefined, {}, 'bob')).status).toBe(404)
    expect((await ask('GET', NOTES, undefined, {}, 'bob')).body).toEqual([])
    for (const path of [`${NOTES}/abc`, '/index.php/apps/notes/api/v1/nope']) {
      const { status, text } = await ask('GET', path)
      expect([status, text]).toEqual([400, '[]'])
    }
    const nobody = await way.fetch(NOTES)
    expect([nobody.status, await nobody.json()]).toEqual([401, { message: 'Current user is not logged in' }])
    expect((await ask('GET', NOTES, undefined, {}, 'wrong')).status).toBe(401)
  })

  it('leaves with the account', async () => {
    await way.ocs.occ('user:delete alice')
    expect(way.ocs.world.dump().tables.noteTimes ?? {}).toEqual({})
  })
})

everyTransport('an app of the store', { seed: { users: SEED.users } }, (way) => {
  it('is not there until somebody enables it', async () => {
    const admin = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' }
    expect((await way.ocs.occ('app:list')).stdout).not.toContain('notes:')
    expect((await way.fetch(NOTES, { headers: admin })).status).toBe(404)
    expect((await way.ocs.occ('app:enable notes')).stdout).toContain('notes 6.0.2 enabled')
    expect((await way.fetch(NOTES, { headers: admin })).status).toBe(200)
    const response = await way.fetch('/ocs/v2.php/cloud/capabilities?format=json', { headers: admin })
    const { capabilities } = (await response.json()).ocs.data
    expect(capabilities.notes).toEqual({ api_version: ['0.2', '1.3', '1.4'], version: '6.0.2', notes_path: 'Notes' })
  })

  it('can be enabled over the API as well, and says what it is', async () => {
    const headers = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true' }
    const enabled = await way.fetch('/ocs/v2.php/cloud/apps/notes?format=json', { method: 'POST', headers })
    expect(enabled.status).toBe(200)
    const info = await (await way.fetch('/ocs/v2.php/cloud/apps/notes?format=json', { headers })).json()
    expect(info.ocs.data).toMatchObject({ id: 'notes', name: 'Notes', version: '6.0.2' })
  })
})
