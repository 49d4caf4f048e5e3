import { ask } from '../../support/dav.ts'
import { directly, expect, it } from '../../support/ways.ts'

/** A new account brings a file of its own, which counts. */
const seed = {
  users: [{ id: 'alice', password: 'secret', quota: '6 KB' }],
  files: { alice: { '/filled.txt': { size: 0 } } },
}

directly('what a quota leaves', seed, (way) => {
  const put = async (name: string, size: number) => {
    const body = 'x'.repeat(size)
    return (await ask(way, 'PUT', `/remote.php/dav/files/alice/${name}`, { as: 'alice:secret', body })).status
  }
  const quota = async () => {
    const answer = await way.ask('GET', '/cloud/users/alice', { as: 'admin:admin' })
    const { free, used, total, relative, quota } = (answer.data as { quota: Record<string, number> }).quota
    return { free, used, total, relative, quota }
  }

  it('can be filled to the last byte, and no further', async () => {
    const { free, used } = await quota()
    expect(free! + used!).toBe(6144)
    expect(await put('more.txt', free! + 1)).toBe(507)
    expect(await put('rest.txt', free!)).toBe(201)
    expect(await quota()).toEqual({ free: 0, used: 6144, total: 6144, relative: 100, quota: 6144 })
    expect(await put('last.txt', 1)).toBe(507)
  })

  it('is not limited by a quota of nothing, as it is reported', async () => {
    await way.ocs.occ(['user:setting', 'alice', 'files', 'quota', '0 B'])
    const { free, total, relative } = await quota()
    expect([free, total, relative]).toEqual([-3, -3, 0])
  })
})
