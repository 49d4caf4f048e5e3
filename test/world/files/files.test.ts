import { describe, expect, it } from 'vitest'
import { createOcsMock, type Seed } from '#index.ts'
import * as files from '#world/files/files.ts'
import * as mounts from '#world/files/mounts.ts'
import { usedBytes } from '#world/files/quota.ts'
import type { World } from '#world/world.ts'

const seed: Seed = {
  users: [{ id: 'alice', quota: '1 KB' }, { id: 'bob' }],
  files: { alice: { '/Documents/report.txt': 'hello', '/big.bin': { size: 500 }, '/Empty/': '' } },
}
const text = (value: string) => files.contentFrom(new TextEncoder().encode(value))
const worldOf = (): World => createOcsMock({ seed }).world
const at = (world: World, user: string, path: string) => files.resolve(world, user, path)!
const names = (world: World, user: string, path = '/') =>
  files.list(world, at(world, user, path)).map((entry) => entry.path)

describe('files of an account', () => {
  it('begin with a welcome', () => {
    const world = worldOf()
    expect(files.resolve(world, 'bob', '/welcome.txt')).toBeUndefined()
    files.ensureHome(world, 'bob')
    const entry = at(world, 'bob', '/welcome.txt')
    expect(entry.node.size).toBe(31)
    expect(new TextDecoder().decode(files.bytesOf(files.contentOf(world, entry.node)))).toBe(
      'Welcome to the OCS test world.\n',
    )
  })

  it('are seeded with folders on the way', () => {
    const world = worldOf()
    expect(names(world, 'alice')).toEqual(['/welcome.txt', '/Documents', '/big.bin', '/Empty'])
    expect(usedBytes(world, 'alice')).toBe(5 + 500 + 31)
  })

  it('count towards the quota of their owner', () => {
    const world = worldOf()
    expect(files.put(world, 'alice', '/more.bin', { zeros: 600 }).outcome).toBe('no-space')
    expect(files.put(world, 'alice', '/big.bin', { zeros: 900 }).outcome).toBe('no-space')
    expect(files.put(world, 'alice', '/big.bin', { zeros: 400 }).outcome).toBe('updated')
    expect(usedBytes(world, 'alice')).toBe(436)
  })

  it('keep their ids when they are moved and get new ones when they are copied', () => {
    const world = worldOf()
    const { id } = at(world, 'alice', '/Documents/report.txt').node
    files.copy(world, at(world, 'alice', '/Documents'), '/Copies')
    files.move(world, at(world, 'alice', '/Documents/report.txt'), '/moved.txt')
    expect(at(world, 'alice', '/moved.txt').node.id).toBe(id)
    expect(at(world, 'alice', '/Copies/report.txt').node.id).not.toBe(id)
    expect(files.entryOf(world, 'alice', id)?.path).toBe('/moved.txt')
    expect(files.move(world, at(world, 'alice', '/Copies'), '/Copies/in').outcome).toBe('into-itself')
  })

  it('change the etags of the folders above', () => {
    const world = worldOf()
    const before = at(world, 'alice', '/').node.etag
    files.put(world, 'alice', '/Documents/report.txt', text('changed'))
    expect(at(world, 'alice', '/').node.etag).not.toBe(before)
  })

  it('leave for the trash and are reached no longer', () => {
    const world = worldOf()
    const { id } = at(world, 'alice', '/Documents/report.txt').node
    expect(files.remove(world, at(world, 'alice', '/Documents'))).toBe('removed')
    expect(files.entryOf(world, 'alice', id)).toBeUndefined()
    expect(files.accountsReaching(world, id)).toEqual([])
    expect(usedBytes(world, 'alice')).toBe(531)
  })

  it('survive a dump', () => {
    const world = worldOf()
    const copy = worldOf()
    files.put(world, 'alice', '/more.txt', text('more'))
    copy.load(JSON.parse(JSON.stringify(world.dump())))
    expect(names(copy, 'alice')).toContain('/more.txt')
    expect(files.bytesOf(files.contentOf(copy, at(copy, 'alice', '/more.txt').node), 1, 3)).toEqual(
      new TextEncoder().encode('or'),
    )
  })
})

describe('a mount', () => {
  const shared = (permissions: number) => {
    const world = worldOf()
    const folder = at(world, 'alice', '/Documents').node
    return { world, folder, mount: files.mountFor(world, 'bob', folder, { permissions }) }
  }

  it('shows a folder of somebody else with reduced permissions', () => {
    const { world, folder } = shared(1)
    const entry = at(world, 'bob', '/Documents/report.txt')
    expect([entry.owner, entry.permissions, files.may(entry, 'update')]).toEqual(['alice', 1, false])
    expect(files.put(world, 'bob', '/Documents/report.txt', text('x')).outcome).toBe('forbidden')
    expect(files.put(world, 'bob', '/Documents/new.txt', text('x')).outcome).toBe('forbidden')
    expect(files.accountsReaching(world, folder.id)).toEqual(['alice', 'bob'])
    expect(usedBytes(world, 'bob')).toBe(31)
  })

  it('gets a name that is free', () => {
    const { world } = shared(31)
    const node = at(world, 'alice', '/welcome.txt').node
    expect(files.mountFor(world, 'bob', node, { permissions: 19 }).path).toBe('/welcome (2).txt')
    expect(names(world, 'bob')).toEqual(['/welcome.txt', '/Documents', '/welcome (2).txt'])
  })

  it('of a single file can be moved, and written only where that was allowed', () => {
    const { world } = shared(31)
    const node = at(world, 'alice', '/welcome.txt').node
    const { path } = files.mountFor(world, 'bob', node, { permissions: 1 })
    expect(files.put(world, 'bob', path, text('x')).outcome).toBe('forbidden')
    expect(files.move(world, at(world, 'bob', path), '/mine.txt').outcome).toBe('created')
    files.mountFor(world, 'bob', node, { permissions: 3, name: 'writable.txt' })
    expect(files.put(world, 'bob', '/writable.txt', text('x')).outcome).toBe('updated')
  })

  it('counts what is written through it for the owner', () => {
    const { world } = shared(31)
    expect(files.put(world, 'bob', '/Documents/new.bin', { zeros: 100 }).outcome).toBe('created')
    expect(usedBytes(world, 'alice')).toBe(636)
    expect(files.put(world, 'bob', '/Documents/huge.bin', { zeros: 1000 }).outcome).toBe('no-space')
  })

  it('moves and ends without touching what it shows', () => {
    const { world, folder } = shared(1)
    files.makeFolder(world, 'bob', '/Received')
    expect(files.move(world, at(world, 'bob', '/Documents'), '/Received/Docs').outcome).toBe('created')
    expect(mounts.ofRoot(world, 'bob', folder.id)?.path).toBe('/Received/Docs')
    expect(files.remove(world, at(world, 'bob', '/Received/Docs'))).toBe('left')
    expect(files.resolve(world, 'bob', '/Received/Docs')).toBeUndefined()
    expect(files.resolve(world, 'alice', '/Documents')).toBeDefined()
  })
})
