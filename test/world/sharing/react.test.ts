import { beforeEach, describe, expect, it } from 'vitest'
import { createOcsMock, type OcsMockWithHandlers } from '#index.ts'
import * as groups from '#world/accounts/groups.ts'
import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import { getApp, setApp } from '#world/settings/config.ts'
import * as shares from '#world/sharing/shares.ts'
import type { World } from '#world/world.ts'

const mock: OcsMockWithHandlers = createOcsMock({
  seed: {
    users: [{ id: 'alice' }, { id: 'bob', groups: ['staff'] }, { id: 'carol', groups: ['staff'] }],
    files: {
      alice: { '/dir/a.txt': 'a', '/own.txt': 'o' },
      bob: { '/box/': '' },
      admin: { '/all/x.txt': 'x' },
    },
    shares: [
      { type: 'user', owner: 'alice', path: '/dir', with: 'bob' },
      { type: 'group', owner: 'admin', path: '/all', with: 'staff' },
      { type: 'link', owner: 'alice', path: '/own.txt', token: 'own' },
    ],
  },
})
let world: World
beforeEach(() => {
  mock.reset()
  world = mock.world
})
const entry = (userId: string, path: string) => files.resolve(world, userId, path)!
const all = () => [...world.table(shares.sharesTable).values()].filter((share) => share.type !== shares.TYPE.member)
const move = (userId: string, from: string, to: string) => files.move(world, entry(userId, from), to)

describe('shares of an account that is removed', () => {
  it('end, and so do those with it', () => {
    users.remove(world, 'alice')
    expect(all().map((share) => share.id)).toEqual([2])
    expect(files.resolve(world, 'bob', '/dir')).toBeUndefined()
    users.remove(world, 'bob')
    expect(shares.memberView(world, 2, 'bob')).toBeUndefined()
  })
})

describe('shares with a group', () => {
  it('end with it, and it is forgotten in the list of excluded groups', () => {
    setApp(world, 'core', 'shareapi_exclude_groups_list', '["staff","dev"]')
    groups.remove(world, 'staff')
    expect(shares.find(world, 2)).toBeUndefined()
    expect(files.resolve(world, 'bob', '/all')).toBeUndefined()
    expect(getApp(world, 'core', 'shareapi_exclude_groups_list')).toBe('["dev"]')
  })

  it('reach who joins, under a free name, and no longer who leaves', () => {
    files.makeFolder(world, 'alice', '/all')
    groups.addMember(world, 'staff', 'alice')
    expect(entry('alice', '/all (2)/x.txt').owner).toBe('admin')
    groups.removeMember(world, 'staff', 'alice')
    expect(files.resolve(world, 'alice', '/all (2)')).toBeUndefined()
    expect(shares.memberView(world, 2, 'alice')).toBeUndefined()
  })

  it('are shown once where they come by two ways, with the permissions of both', () => {
    const made = { by: 'admin', entry: entry('admin', '/all'), sharedWith: 'bob', permissions: 1 }
    const old = shares.find(world, 2)!
    shares.update(world, { ...old, permissions: 17 }, old, 'admin')
    shares.create(world, { ...made, ...PLAIN, type: shares.TYPE.user, permissions: 3 })
    expect(entry('bob', '/all/x.txt').permissions).toBe(19)
    expect(files.resolve(world, 'bob', '/all (2)')).toBeUndefined()
  })
})

const PLAIN = {
  expiry: { at: null, explicitlyNone: false },
  password: { password: null, weakness: null },
  note: '',
  label: '',
  attributes: null,
  mailSend: false,
} as const

describe('shares with members of one’s groups only', () => {
  it('end when the last common group does', () => {
    setApp(world, 'core', 'shareapi_only_share_with_group_members', 'yes')
    groups.removeMember(world, 'staff', 'bob')
    expect(shares.find(world, 1)).toBeUndefined()
  })
})

describe('a received folder', () => {
  it('can be moved and renamed by its recipient', () => {
    move('bob', '/dir', '/box/theirs')
    expect(shares.find(world, 1)?.target).toBe('/box/theirs')
    move('bob', '/box', '/case')
    expect(shares.find(world, 1)?.target).toBe('/case/theirs')
    move('bob', '/all', '/ours')
    expect([shares.memberView(world, 2, 'bob')?.target, shares.memberView(world, 2, 'carol')?.target]).toEqual([
      '/ours',
      '/all',
    ])
  })

  it('is given up when its recipient deletes it, or the folder it hangs in', () => {
    files.remove(world, entry('bob', '/all'))
    expect(shares.memberView(world, 2, 'bob')?.permissions).toBe(0)
    move('bob', '/dir', '/box/dir')
    files.remove(world, entry('bob', '/box'))
    expect(shares.find(world, 1)).toBeUndefined()
  })

  it('is gone while its owner has it in the trash', () => {
    files.remove(world, entry('alice', '/dir'))
    expect(files.resolve(world, 'bob', '/dir')).toBeUndefined()
    expect(shares.find(world, 1)).toBeDefined()
  })
})

describe('what is moved into a received folder', () => {
  const shareBox = (permissions: number) => {
    const wish = { by: 'bob', entry: entry('bob', '/box'), type: shares.TYPE.user, sharedWith: 'carol', permissions }
    return shares.create(world, { ...PLAIN, ...wish })
  }

  it('belongs to the folder’s owner, with all shares of it', () => {
    shareBox(31)
    shares.patch(world, 1, { permissions: 23 })
    shares.received.refreshMount(world, 'bob', entry('bob', '/dir').node.id)
    move('bob', '/box', '/dir/box')
    expect(all().find((share) => share.sharedWith === 'carol')).toMatchObject({ owner: 'alice', permissions: 23 })
  })

  it('is shared no longer where it may not be', () => {
    shareBox(31)
    shares.patch(world, 1, { permissions: 15 })
    shares.received.refreshMount(world, 'bob', entry('bob', '/dir').node.id)
    move('bob', '/box', '/dir/box')
    expect(all().some((share) => share.sharedWith === 'carol')).toBe(false)
  })
})
