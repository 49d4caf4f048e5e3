import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readFolder } from '#adapters/read-folder.ts'
import { createOcsMock } from '#index.ts'
import { applySeed } from '#world/seed.ts'
import { ask, hrefsOf } from '../../support/dav.ts'
import { directly, expect, it } from '../../support/ways.ts'

const skeleton = { '/Documents/': '', '/Documents/Notes/first.md': '# First\n', '/hello.txt': { size: 12 } }
const users = [{ id: 'alice', password: 'secret' }]

directly('what a new home begins with', { users, skeleton }, (way) => {
  const listed = async (as: string) => {
    const [id] = as.split(':')
    const told = await ask(way, 'PROPFIND', `/remote.php/dav/files/${id}`, { as, headers: { Depth: 'infinity' } })
    return hrefsOf(told)
      .map((href) => href.slice(`/remote.php/dav/files/${id}`.length))
      .sort()
  }

  it('is the skeleton of the seed, for the administrator of a fresh installation too', async () => {
    const files = ['/', '/Documents/', '/Documents/Notes/', '/Documents/Notes/first.md', '/hello.txt']
    expect(await listed('alice:secret')).toEqual(files)
    expect(await listed('admin:admin')).toEqual(files)
    const read = await ask(way, 'GET', '/remote.php/dav/files/alice/Documents/Notes/first.md', { as: 'alice:secret' })
    expect(read.text).toBe('# First\n')
  })

  it('is nothing where skeletondirectory is empty', async () => {
    await way.ocs.occ(['config:system:set', 'skeletondirectory', '--value', ''])
    expect(await listed('alice:secret')).toEqual(['/'])
  })

  it('is nothing where the skeleton is empty', async () => {
    way.ocs.reset({ skeleton: {} })
    expect(await listed('alice:secret')).toEqual(['/'])
  })

  it('leaves a home alone in which somebody did something', async () => {
    await ask(way, 'PUT', '/remote.php/dav/files/alice/own.txt', { as: 'alice:secret', body: 'x' })
    applySeed(way.ocs.world, { skeleton: {} })
    expect(await listed('alice:secret')).toContain('/own.txt')
  })

  it('cannot hold something below a file', () => {
    expect(() => createOcsMock({ seed: { skeleton: { '/a': 'x', '/a/b': 'y' } } })).toThrow('/a is a file')
    expect(() => createOcsMock({ seed: { skeleton: { '/../a': 'x' } } })).toThrow('names no file')
  })
})

it('reads the folder that skeletondirectory names, where folders can be read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'skeleton-'))
  try {
    mkdirSync(join(folder, 'Photos'))
    writeFileSync(join(folder, 'Photos', 'a.txt'), 'a')
    const ocs = createOcsMock({ readFolder, seed: { users, config: { system: { skeletondirectory: folder } } } })
    const answer = await ocs.fetch('https://cloud.example.com/remote.php/dav/files/alice/Photos/a.txt', {
      headers: { Authorization: `Basic ${btoa('alice:secret')}` },
    })
    expect(await answer.text()).toBe('a')
    expect(readFolder(join(folder, 'nothing'))).toBeNull()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
