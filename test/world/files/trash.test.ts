import { describe, expect, it } from 'vitest'
import { createOcsMock } from '#index.ts'
import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import * as trash from '#world/files/trash.ts'

/** Deletes a folder of the same name twice within one second. */
function deleteTwice() {
  const { world } = createOcsMock({
    seed: { users: [{ id: 'alice' }], clock: { now: '2026-03-01T12:00:00Z', frozen: true } },
  })
  for (const text of ['first', 'second']) {
    files.makeFolder(world, 'alice', '/box')
    files.newFile(world, 'alice', '/box/a.txt', files.contentFrom(new TextEncoder().encode(text)))
    trash.moveToTrash(world, files.resolve(world, 'alice', '/box')!)
  }
  return world
}

describe('what is deleted twice in a second', () => {
  it('is in the trash once, the later one', () => {
    const world = deleteTwice()
    expect(trash.list(world, 'alice').map(({ name }) => name)).toEqual(['box'])
  })
})

describe('the trash of an account that is removed', () => {
  it('is gone, and so are the files in it', () => {
    const world = deleteTwice()
    users.remove(world, 'alice')
    expect(trash.list(world, 'alice')).toEqual([])
    const left = Object.values(world.dump().tables.fileNodes ?? {}) as { storage: string }[]
    expect(left.filter(({ storage }) => storage === 'home::alice')).toEqual([])
  })
})

describe('what comes back where its name was taken', () => {
  it('says that it was restored, and the how manieth time', () => {
    const { world } = createOcsMock({ seed: { users: [{ id: 'alice' }] } })
    const text = files.contentFrom(new TextEncoder().encode('x'))
    const names = () => files.list(world, files.resolve(world, 'alice', '/')!).map(({ path }) => path)
    for (let time = 0; time < 3; time++) {
      files.newFile(world, 'alice', '/plan.v1.txt', text)
      trash.moveToTrash(world, files.resolve(world, 'alice', '/plan.v1.txt')!)
      world.clock.advance(2000)
    }
    files.newFile(world, 'alice', '/plan.v1.txt', text)
    for (const trashed of trash.list(world, 'alice')) trash.restore(world, trashed)
    expect(names()).toEqual(
      expect.arrayContaining([
        '/plan.v1.txt',
        '/plan.v1 (restored).txt',
        '/plan.v1 (restored 2).txt',
        '/plan.v1 (restored 3).txt',
      ]),
    )
  })
})
