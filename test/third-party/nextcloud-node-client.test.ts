import { describe, expect, it } from 'vitest'
import { ALICE, GOOD, load, SERVERS, useServer } from './support/servers.ts'

interface Item {
  readonly name: string
  readonly id: number
  delete(): Promise<void>
  addTag(name: string): Promise<void>
  getTags(): Promise<string[]>
  removeTag(name: string): Promise<void>
  addComment(text: string): Promise<void>
  getComments(): Promise<string[]>
}
interface File extends Item {
  getContent(): Promise<Buffer>
  move(name: string): Promise<File>
}
interface Folder extends Item {
  createFile(name: string, content: Buffer): Promise<File>
  getFiles(): Promise<File[]>
  containsFile(name: string): Promise<boolean>
  getSubFolders(): Promise<Folder[]>
  move(name: string): Promise<Folder>
}
interface Share {
  readonly id: string
  readonly url: string
  setPassword(password: string): Promise<void>
  setNote(note: string): Promise<void>
  setExpiration(date: Date): Promise<void>
  delete(): Promise<void>
}
interface Group {
  readonly id: string
  getMemberUserIds(): Promise<string[]>
  getSubadminUserIds(): Promise<string[]>
}
interface User {
  readonly id: string
  isEnabled(): Promise<boolean>
  enable(): Promise<void>
  disable(): Promise<void>
  getDisplayName(): Promise<string>
  setDisplayName(name: string): Promise<void>
  getEmail(): Promise<string>
  setEmail(email: string): Promise<void>
  getQuota(): Promise<{ quota: number }>
  setQuota(quota: string): Promise<void>
  setPassword(password: string): Promise<void>
  resendWelcomeEmail(): Promise<void>
  addToMemberUserGroup(group: Group): Promise<void>
  promoteToUserGroupSubadmin(group: Group): Promise<void>
  getMemberUserGroupIds(): Promise<string[]>
  promoteToSuperAdmin(): Promise<void>
  isSuperAdmin(): Promise<boolean>
}
/** What these tests use of nextcloud-node-client 1.8. */
interface Client {
  getQuota(): Promise<{ used: number; available: number | string }>
  createFolder(name: string): Promise<Folder>
  getFolder(name: string): Promise<Folder | null>
  getTags(): Promise<{ name: string }[]>
  createShare(options: { fileSystemElement: Item }): Promise<Share>
  getShare(id: string): Promise<{ ocs: { data: { note: string }[] } }>
  createUserGroup(id: string): Promise<Group>
  getUserGroup(id: string): Promise<Group | null>
  createUser(options: { id: string; password: string }): Promise<User>
  upsertUsers(options: object[]): Promise<{ message: string }[]>
  getUser(id: string): Promise<User | null>
  getUsers(search?: string): Promise<User[]>
  deleteUser(id: string): Promise<void>
  getApps(): Promise<{ apps: string[] }>
  getAppInfos(app: string): Promise<{ id: string }>
  getNotifications(): Promise<object[]>
  getUpdateNotifications(version: string): Promise<object>
  getSystemInfo(): Promise<{ nextcloud: { storage: object }; activeUsers: object }>
}

describe.each(SERVERS)('nextcloud-node-client on $name', (choice) => {
  const server = useServer(choice)
  function connect(username = 'admin', password = 'admin'): Client {
    const { default: Client, Server } = load('nextcloud-node-client') as {
      default: new (server: object) => Client
      Server: new (options: object) => object
    }
    return new Client(new Server({ url: server.url, basicAuth: { username, password } }))
  }

  it('does what its manual begins with', async () => {
    const client = connect(ALICE.id, ALICE.password)
    const folder = await client.createFolder('folder/subfolder')
    const file = await folder.createFile('myFile.txt', Buffer.from('My file content'))
    await file.addTag('MyTag')
    await file.addComment('myComment')
    expect((await file.getContent()).toString()).toBe('My file content')
    const share = await client.createShare({ fileSystemElement: file })
    await share.setPassword(GOOD)
    await share.setNote('some note\nnew line')
    await share.setExpiration(new Date('2999-12-31'))
    expect(share.url).toMatch(/\/s\/\w{15}$/)
    expect((await client.getShare(share.id)).ocs.data[0]?.note).toBe('some note\nnew line')
    expect([await file.getTags(), await file.getComments()]).toEqual([['MyTag'], ['myComment']])
    expect((await client.getTags()).map(({ name }) => name)).toEqual(['MyTag'])
    await file.removeTag('MyTag')
    expect(await file.getTags()).toEqual([])
    await share.delete()
    await folder.delete()
    expect(await client.getFolder('folder/subfolder')).toBeNull()
  })

  if (choice.isThorough) {
    it('finds and moves files', async () => {
      const client = connect()
      expect((await client.getQuota()).used).toBeGreaterThan(0)
      const folder = await client.createFolder('one')
      const file = await folder.createFile('a.txt', Buffer.from('a'))
      expect((await folder.getFiles()).map(({ name }) => name)).toEqual(['/one/a.txt'])
      await file.move('/one/b.txt')
      expect([await folder.containsFile('a.txt'), await folder.containsFile('b.txt')]).toEqual([false, true])
      const moved = await folder.move('/two')
      expect((await moved.getFiles()).map(({ name }) => name)).toEqual(['/two/b.txt'])
      // It asks without a depth, and is told of one level.
      await client.createFolder('two/in/deep')
      expect((await moved.getSubFolders()).map(({ name }) => name)).toEqual(['/two/in'])
    })

    it('manages accounts and groups', async () => {
      const client = connect()
      const staff = await client.createUserGroup('staff')
      const dora = await client.createUser({ id: 'dora', password: GOOD })
      await dora.setDisplayName('Dora')
      await dora.setEmail('d@example.org')
      await dora.setQuota('1 GB')
      await dora.setPassword('An0ther-h0rse!')
      await dora.addToMemberUserGroup(staff)
      await dora.promoteToUserGroupSubadmin(staff)
      await dora.promoteToSuperAdmin()
      await dora.resendWelcomeEmail()
      const found = await client.getUser('dora')
      expect(await found?.getDisplayName()).toBe('Dora')
      expect(await found?.getEmail()).toBe('d@example.org')
      expect((await found?.getQuota())?.quota).toBe(1024 ** 3)
      expect((await found?.getMemberUserGroupIds())?.toSorted()).toEqual(['admin', 'staff'])
      expect(await found?.isSuperAdmin()).toBe(true)
      expect([await staff.getMemberUserIds(), await staff.getSubadminUserIds()]).toEqual([['dora'], ['dora']])
      await found?.disable()
      expect(await (await client.getUser('dora'))?.isEnabled()).toBe(false)
      await client.deleteUser('dora')
      expect(await client.getUser('dora')).toBeNull()
    })

    it('creates or changes accounts in one call', async () => {
      const client = connect()
      await client.createUserGroup('staff')
      const wanted = {
        id: 'emil',
        password: GOOD,
        displayName: 'Emil',
        quota: '1 GB',
        memberGroups: ['staff'],
        language: 'de',
      }
      expect((await client.upsertUsers([wanted]))[0]?.message).toBe('User emil created')
      expect((await client.upsertUsers([{ ...wanted, displayName: 'Emil Two' }]))[0]?.message).toContain('emil')
      expect((await client.getUsers('Emil')).map(({ id }) => id)).toEqual(['emil'])
      expect(await (await client.getUser('emil'))?.getDisplayName()).toBe('Emil Two')
    })

    it('asks about apps, updates, notifications and the system', async () => {
      const client = connect()
      expect((await client.getApps()).apps).toContain('files_sharing')
      expect(await client.getAppInfos('files')).toMatchObject({ id: 'files' })
      const system = await client.getSystemInfo().catch(whereMissing('serverinfo'))
      expect('activeUsers' in system).toBe(server.apps.includes('serverinfo'))
      expect(await client.getNotifications().catch(whereMissing('notifications'))).toEqual([])
      const updates = { missing: [], available: [] }
      const found = await client.getUpdateNotifications('35.0.0').catch(whereMissing('updatenotification'))
      expect(found).toEqual(server.apps.includes('updatenotification') ? updates : [])
    })

    /** A server without an app knows none of its routes. */
    const whereMissing = (app: string) => (error: Error) => {
      expect([server.apps.includes(app), error.message]).toEqual([false, expect.stringContaining('404')])
      return []
    }
  }
})
