import { directly, expect, it } from '../../support/ways.ts'

const alice = 'alice:secret'
const SEED = {
  users: [{ id: 'alice', password: 'secret' }],
  files: { alice: { '/a/b/c/deep.txt': 'deep', '/z/': '' } },
}

directly('the tree of folders', SEED, (way) => {
  const tree = async (query = '') => {
    const answer = await way.ask('GET', `/apps/files/api/v1/folder-tree${query}`, { as: alice })
    return { status: answer.status, data: JSON.parse(answer.text) }
  }
  const named = (name: string, ...children: object[]) => ({ id: expect.any(Number), basename: name, children })

  way.inEveryWay('is JSON without an envelope, one level deep unless told otherwise', async () => {
    expect((await tree()).data).toEqual([named('a'), named('z')])
    expect((await tree('?path=/a&depth=2')).data).toEqual([named('b', named('c'))])
  })

  it('shows what lies beside the way down', async () => {
    const { data } = await tree('?path=/a/b&withParents=true')
    const shown = (name: string, ...children: object[]) => ({ ...named(name, ...children), displayName: name })
    expect(data).toEqual([shown('a', shown('b', named('c'))), shown('z')])
  })

  it('is of folders that are there', async () => {
    expect(await tree('?path=/none')).toEqual({ status: 404, data: { message: 'Folder not found' } })
    expect(await tree('?path=/a/b/c/deep.txt')).toEqual({ status: 400, data: { message: 'Invalid folder path' } })
  })
})
