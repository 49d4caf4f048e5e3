import * as files from '#world/files/files.ts'
import { directly, expect, it, type OcsAnswer, type Way } from '../../support/ways.ts'

const ALICE = { as: 'alice:alice' }
const BOB = { as: 'bob:bob' }
const SEED = { users: [{ id: 'alice' }, { id: 'bob' }], files: { alice: { '/a.txt': 'a', '/b.txt': 'b' } } }
const PATH = '/collaboration/resources'

const idOf = (way: Way, path: string) => String(files.resolve(way.ocs.world, 'alice', path)?.node.id)

directly('collections', SEED, (way) => {
  const make = (name = 'Things', as = ALICE) =>
    way.ask('POST', `${PATH}/file/${idOf(way, '/a.txt')}`, { ...as, json: { name } })
  const get = (as = ALICE) => way.ask('GET', `${PATH}/collections/1`, as)
  const put = (resourceId: string) =>
    way.ask('POST', `${PATH}/collections/1`, { ...ALICE, json: { resourceType: 'file', resourceId } })
  const take = (resourceId: string) =>
    way.ask('DELETE', `${PATH}/collections/1?resourceType=file&resourceId=${resourceId}`, ALICE)
  const names = (answer: OcsAnswer) =>
    ['a.txt', 'b.txt'].filter((name) => answer.text.includes(`files${answer.isJson ? '\\/' : '/'}${name}`))

  way.inEveryWay('are made with one file, which shows from the second look on', async () => {
    const made = await make()
    expect(made.code).toBe(200)
    made.expectData({ id: 1, name: 'Things', resources: [[]] })
    expect(names(await get())).toEqual(['a.txt'])
    expect(names(await way.ask('GET', `${PATH}/file/${idOf(way, '/a.txt')}`, ALICE))).toEqual(['a.txt'])
  })

  way.inEveryWay('take more files, and go with the last', async () => {
    await make()
    const [a, b] = [idOf(way, '/a.txt'), idOf(way, '/b.txt')]
    expect((await put(b)).code).toBe(200)
    expect(names(await get())).toEqual(['a.txt', 'b.txt'])
    expect(names(await put(b))).toEqual(['a.txt', 'b.txt'])
    expect(names(await take(a))).toEqual(['b.txt'])
    ;(await take(b)).expectData({ id: 0, name: 'Things', resources: [] })
    expect((await get()).code).toBe(404)
  })

  way.inEveryWay('are renamed, and found by a part of their names', async () => {
    await make()
    const rename = await way.ask('PUT', `${PATH}/collections/1`, { ...ALICE, form: { collectionName: 'Others' } })
    expect(rename.code).toBe(200)
    expect(names(await way.ask('GET', `${PATH}/collections/search/THER`, ALICE))).toEqual(['a.txt'])
    ;(await way.ask('GET', `${PATH}/collections/search/thing`, ALICE)).expectData([])
  })

  it('are for those who see all that is in them', async () => {
    await make()
    const a = idOf(way, '/a.txt')
    const denied = [
      await get(BOB),
      await make('Mine', BOB),
      await way.ask('GET', `${PATH}/file/${a}`, BOB),
      await way.ask('PUT', `${PATH}/collections/1`, { ...BOB, form: { collectionName: 'x' } }),
      await way.ask('POST', `${PATH}/collections/1`, { ...BOB, json: { resourceType: 'file', resourceId: a } }),
      await way.ask('DELETE', `${PATH}/collections/1?resourceType=file&resourceId=${a}`, BOB),
      await put('4711'),
      await way.ask('POST', `${PATH}/deck/1`, { ...ALICE, json: { name: 'x' } }),
    ]
    expect(denied.map((answer) => answer.code)).toEqual(denied.map(() => 404))
    ;(await way.ask('GET', `${PATH}/collections/search/Thing`, BOB)).expectData([])
  })

  it('want a name of 1 to 64 bytes, and something that is in a collection to be taken out', async () => {
    expect((await make('')).code).toBe(400)
    expect((await make('ä'.repeat(33))).code).toBe(400)
    await make()
    expect((await take('4711')).code).toBe(996)
  })

  way.inEveryWay('know no teams', async () => {
    ;(await way.ask('GET', '/teams/x/resources', ALICE)).expectData({ resources: [] })
    ;(await way.ask('GET', '/teams/resources/files/3', ALICE)).expectData({ teams: [] })
    expect((await way.ask('GET', '/teams/resources/nosuch/3', ALICE)).code).toBe(996)
  })
})
