import type { Seed } from '#index.ts'
import { directly, expect, it } from '../../support/ways.ts'

const alice = 'alice:secret'
const SEED = {
  users: [{ id: 'alice', password: 'secret' }],
  files: { alice: { '/docs/README.md': 'Read me', '/docs/in/a.txt': 'a', '/drop/Readme.md': 'secret' } },
  shares: [
    { type: 'link', owner: 'alice', path: '/docs', token: 'OpenOpenOpenOpe' },
    { type: 'link', owner: 'alice', path: '/drop', token: 'DropDropDropDro', permissions: 4 },
  ],
} satisfies Seed

directly('the text that describes a folder', SEED, (way) => {
  const get = (path: string) => way.ask('GET', `/apps/text/workspace?path=${path}`, { as: alice })
  const edit = (path: string) => way.ask('POST', '/apps/text/workspace/direct', { as: alice, json: { path } })
  const open = (token: string, path = '/') =>
    way.ask('GET', `/apps/text/public/workspace?shareToken=${token}&path=${path}`)

  it('is found by its name', async () => {
    const found = await get('/docs')
    expect(found.code).toBe(200)
    for (const part of ['README.md', 'text/markdown', '31']) expect(found.text.replaceAll('\\', '')).toContain(part)
  })

  it('may be missing, and so may the folder', async () => {
    const missing = await get('/docs/in')
    expect(missing.code).toBe(404)
    missing.expectData({ message: 'No workspace file found', folder: { permissions: 31 } })
    const unknown = await get('/nowhere')
    expect(unknown.code).toBe(404)
    unknown.expectData({ message: 'No workspace file found' })
  })

  way.inEveryWay('is made where somebody wants to write it', async () => {
    const made = await edit('/docs/in')
    expect(made.code).toBe(200)
    expect(made.text.replaceAll('\\', '')).toMatch(/\/index.php\/apps\/files\/directEditing\/\w{64}/)
    expect((await get('/docs/in')).text).toContain('Readme.md')
    const unknown = await edit('/nowhere')
    expect(unknown.code).toBe(403)
    unknown.expectData('Failed to create file')
    const file = await edit('/docs/in/a.txt')
    expect(file.code).toBe(404)
    file.expectData({ message: 'No workspace file found' })
  })

  way.inEveryWay('is read through a public link that may be read', async () => {
    const found = await open('OpenOpenOpenOpe')
    expect(found.code).toBe(200)
    expect(found.text).toContain('README.md')
    for (const answer of [await open('DropDropDropDro'), await open('none'), await open('OpenOpenOpenOpe', '/in')]) {
      expect(answer.code).toBe(404)
      answer.expectData({ message: 'No workspace file found' })
    }
  })
})
