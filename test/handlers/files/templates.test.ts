import { directly, expect, it } from '../../support/ways.ts'

const alice = 'alice:secret'
const SEED = {
  users: [{ id: 'alice', password: 'secret' }],
  files: {
    alice: { '/Templates/Letter.md': 'Dear Sir', '/Templates/deep/Memo.md': 'Memo', '/Templates/photo.png': 'png' },
  },
}
const BASE = '/apps/files/api/v1/templates'

directly('templates', SEED, (way) => {
  const list = () => way.ask('GET', BASE, { as: alice })
  const create = (json: object) => way.ask('POST', `${BASE}/create`, { as: alice, json })
  const choose = (templatePath: string) => way.ask('POST', `${BASE}/path`, { as: alice, json: { templatePath } })

  way.inEveryWay('are the files in the folder that an account chose', async () => {
    const before = await list()
    expect(before.code).toBe(200)
    expect(before.text).toContain('Text document')
    expect(before.text).not.toContain('Letter.md')
    const chosen = await choose('/Templates')
    expect(chosen.code).toBe(200)
    expect(chosen.text.replaceAll('\\', '')).toContain('/Templates')
    const { text } = await list()
    for (const name of ['Letter.md', 'Memo.md']) expect(text).toContain(name)
    expect(text).not.toContain('photo.png')
  })

  it('need a folder of their own, which is made, or a file that is in its way', async () => {
    expect((await choose('/Forms')).text).toContain('Forms')
    expect((await way.fetch('/remote.php/dav/files/alice/Forms', dav('PROPFIND'))).status).toBe(207)
    expect((await choose('/Templates/Letter.md')).text).not.toContain('Letter.md')
  })

  way.inEveryWay('become files', async () => {
    const made = await create({ filePath: '/new.md', templatePath: '/Templates/Letter.md' })
    expect(made.code).toBe(200)
    expect(made.text).toContain('new.md')
    const read = await way.fetch('/remote.php/dav/files/alice/new.md', dav('GET'))
    expect(await read.text()).toBe('Dear Sir')
    expect((await create({ filePath: '/empty.md' })).code).toBe(200)
    expect(await (await way.fetch('/remote.php/dav/files/alice/empty.md', dav('GET'))).text()).toBe('')
  })

  it('cannot be copied over a file, or from nothing', async () => {
    const there = await create({ filePath: '/welcome.txt' })
    expect([there.code, there.message]).toEqual([403, 'File already exists'])
    const nothing = await create({ filePath: '/new.md', templatePath: '/none.md' })
    expect([nothing.code, nothing.message]).toEqual([403, 'Failed to create file from template'])
  })

  way.inEveryWay('have no fields', async () => {
    const answer = await way.ask('GET', `${BASE}/fields/1`, { as: alice })
    expect(answer.code).toBe(200)
    answer.expectData([])
  })
})

const dav = (method: string): RequestInit => ({
  method,
  headers: { Authorization: `Basic ${Buffer.from(alice).toString('base64')}`, Depth: '0' },
})
