import { PassThrough, Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { ALICE, GOOD, load, SERVERS, useServer } from './support/servers.ts'

const USERS = { link: 3, user: 0 }

/** What these tests use of nextcloud-link 1.2. */
interface Client {
  checkConnectivity(): Promise<boolean>
  as(username: string, password: string): Client
  createFolderHierarchy(path: string): Promise<void>
  touchFolder(path: string): Promise<void>
  put(path: string, content: string): Promise<void>
  get(path: string): Promise<string | Buffer>
  uploadFromStream(path: string, stream: Readable): Promise<void>
  downloadToStream(path: string, stream: PassThrough): Promise<void>
  getFiles(path: string): Promise<string[]>
  getFolderFileDetails(path: string): Promise<{ name: string; isDirectory: boolean; size: number }[]>
  rename(from: string, name: string): Promise<void>
  move(from: string, to: string): Promise<void>
  exists(path: string): Promise<boolean>
  remove(path: string): Promise<void>
  getCreatorByPath(path: string): Promise<string>
  activities: { get(fileId: number, sort: 'asc' | 'desc'): Promise<{ type: string; user: string }[]> }
  groups: {
    add(id: string): Promise<boolean>
    list(search?: string): Promise<string[]>
    getUsers(id: string): Promise<string[]>
    getSubAdmins(id: string): Promise<string[]>
    delete(id: string): Promise<boolean>
  }
  users: {
    add(user: object): Promise<boolean>
    get(id: string): Promise<{ displayname: string; email: string; enabled: boolean; groups: string[] }>
    list(search?: string): Promise<string[]>
    edit(id: string, field: string, value: string): Promise<boolean>
    setEnabled(id: string, isEnabled: boolean): Promise<boolean>
    getGroups(id: string): Promise<string[]>
    addToGroup(id: string, group: string): Promise<boolean>
    removeFromGroup(id: string, group: string): Promise<boolean>
    addSubAdminToGroup(id: string, group: string): Promise<boolean>
    removeSubAdminFromGroup(id: string, group: string): Promise<boolean>
    getSubAdminGroups(id: string): Promise<string[]>
    resendWelcomeEmail(id: string): Promise<boolean>
    delete(id: string): Promise<boolean>
  }
  shares: {
    add(path: string, type: number, shareWith?: string, permissions?: number, password?: string): Promise<Share>
    list(path?: string): Promise<Share[]>
    get(id: number): Promise<Share>
    edit: Record<'permissions' | 'password' | 'publicUpload' | 'expireDate' | 'note', Edit>
    delete(id: number): Promise<boolean>
  }
}
interface Share {
  readonly id: number
  readonly permissions: number
  readonly sharedWith?: string
  readonly note: string
  readonly expiration: string | null
}
type Edit = (id: number, value: unknown) => Promise<Share>

describe.each(SERVERS)('nextcloud-link on $name', (choice) => {
  const server = useServer(choice)
  const connect = (username = 'admin', password = 'admin'): Client => {
    const { NextcloudClient } = load('nextcloud-link') as { NextcloudClient: new (options: object) => Client }
    return new NextcloudClient({ url: server.url, username, password })
  }

  it('shares files', async () => {
    const client = connect()
    const { shares } = client
    await client.touchFolder('/one')
    const share = await shares.add('/one', USERS.user, 'alice')
    const link = await shares.add('/one', USERS.link, '', undefined, GOOD)
    expect((await shares.list('/one')).map(({ id }) => id).toSorted()).toEqual([share.id, link.id].toSorted())
    expect((await shares.edit.permissions(share.id, 1)).permissions).toBe(1)
    expect((await shares.edit.publicUpload(link.id, true)).permissions).toBe(31)
    expect((await shares.edit.expireDate(link.id, '2999-12-31')).expiration).toContain('2999-12-31')
    expect((await shares.edit.note(link.id, 'a note')).note).toBe('a note')
    await shares.edit.password(link.id, 'An0ther-h0rse!')
    expect(await shares.delete(share.id)).toBe(true)
    expect((await shares.list('/one')).map(({ id }) => id)).toEqual([link.id])
    await expect(shares.get(share.id)).rejects.toThrow()
  })

  if (choice.isThorough) {
    it('knows whether it is connected', async () => {
      const client = connect()
      expect(await client.checkConnectivity()).toBe(true)
      expect(await client.as(ALICE.id, ALICE.password).checkConnectivity()).toBe(true)
      expect(await client.as('alice', 'wrong').checkConnectivity()).toBe(false)
    })

    it('keeps files', async () => {
      const client = connect()
      await client.createFolderHierarchy('/one/two')
      await client.touchFolder('/one')
      await client.put('/one/a.txt', 'hello')
      expect(String(await client.get('/one/a.txt'))).toBe('hello')
      await client.uploadFromStream('/one/s.txt', Readable.from(['streamed']))
      const stream = new PassThrough()
      const read = stream.toArray()
      await client.downloadToStream('/one/s.txt', stream)
      expect(Buffer.concat(await read).toString()).toBe('streamed')
      expect((await client.getFiles('/one')).toSorted()).toEqual(['a.txt', 's.txt', 'two'])
      const details = await client.getFolderFileDetails('/one')
      expect(details.find(({ name }) => name === 'a.txt')).toMatchObject({ isDirectory: false, size: 5 })
      await client.rename('/one/a.txt', 'b.txt')
      await client.move('/one/b.txt', '/one/two/c.txt')
      expect([await client.exists('/one/two/c.txt'), await client.exists('/one/b.txt')]).toEqual([true, false])
      const creator = client.getCreatorByPath('/one/two/c.txt')
      if (server.apps.includes('activity')) expect(await creator).toBe('admin')
      else await expect(creator).rejects.toThrow('Unable to find the creator')
      await client.remove('/one')
      expect(await client.exists('/one')).toBe(false)
    })

    it('manages accounts and groups', async () => {
      const { users, groups } = connect()
      expect(await groups.add('staff')).toBe(true)
      const dora = { userid: 'dora', password: GOOD, displayName: 'Dora', email: 'd@example.org', groups: ['staff'] }
      expect(await users.add(dora)).toBe(true)
      expect(await users.list('do')).toEqual(['dora'])
      expect(await groups.getUsers('staff')).toEqual(['dora'])
      expect(await users.edit('dora', 'displayname', 'Dora Two')).toBe(true)
      expect(await users.addSubAdminToGroup('dora', 'staff')).toBe(true)
      expect([await users.getSubAdminGroups('dora'), await groups.getSubAdmins('staff')]).toEqual([['staff'], ['dora']])
      expect(await users.removeSubAdminFromGroup('dora', 'staff')).toBe(true)
      expect(await users.removeFromGroup('dora', 'staff')).toBe(true)
      expect(await users.getGroups('dora')).toEqual([])
      expect(await users.setEnabled('dora', false)).toBe(true)
      expect(await users.resendWelcomeEmail('dora')).toBe(true)
      expect(await users.get('dora')).toMatchObject({ displayname: 'Dora Two', email: 'd@example.org', enabled: false })
      expect([await users.delete('dora'), await groups.delete('staff')]).toEqual([true, true])
      expect([await users.list('do'), await groups.list('staff')]).toEqual([[], []])
      await expect(users.get('dora')).rejects.toThrow()
    })
  }
})
