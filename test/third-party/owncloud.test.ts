import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GOOD, load, SERVERS, useServer } from './support/servers.ts'

/*
 * Two generations of ownCloud's own client, js-owncloud-client 0.1 and owncloud-sdk 1.1. What they ask for and
 * Nextcloud 34.0.1 does not have fails there in the same way: private data, the search, meta and trash-bin of ownCloud.
 */

interface Share {
  getId(): number
  getLink(): string
  getToken(): string
  getShareWith(): string
  getPermissions(): number
  getPath(): string
}
interface Listed {
  readonly name: string
  readonly type: string
  getName?(): string
  getSize?(): number
  isDir?(): boolean
}
/** What both clients can do. */
interface Common {
  files: {
    createFolder(path: string): Promise<boolean>
    putFileContents(path: string, content: string): Promise<unknown>
    getFileContents(path: string): Promise<string>
    list(path: string, depth?: string): Promise<Listed[]>
    move(from: string, to: string): Promise<boolean>
    copy(from: string, to: string): Promise<boolean>
    delete(path: string): Promise<boolean>
  }
  shares: {
    shareFileWithLink(path: string, options?: object): Promise<Share>
    shareFileWithUser(path: string, user: string, options?: object): Promise<Share>
    shareFileWithGroup(path: string, group: string): Promise<Share>
    getShares(path: string, options?: object): Promise<Share[]>
    isShared(path: string): Promise<boolean>
    getShare(id: number): Promise<Share>
    updateShare(id: number, options: object): Promise<unknown>
    deleteShare(id: number): Promise<boolean>
    listOpenRemoteShare(): Promise<unknown[]>
  }
  users: {
    createUser(id: string, password: string, groups?: string[]): Promise<boolean>
    searchUsers(search: string): Promise<string[]>
    userExists(id: string): Promise<boolean>
    setUserAttribute(id: string, key: string, value: string): Promise<boolean>
    getUser(id: string): Promise<{ email: string; displayname: string }>
    addUserToGroup(id: string, group: string): Promise<boolean>
    userIsInGroup(id: string, group: string): Promise<boolean>
    removeUserFromGroup(id: string, group: string): Promise<boolean>
    addUserToSubadminGroup(id: string, group: string): Promise<boolean>
    getUserSubadminGroups(id: string): Promise<string[]>
    deleteUser(id: string): Promise<boolean>
  }
  groups: {
    createGroup(id: string): Promise<boolean>
    getGroups(): Promise<string[]>
    getGroupMembers(id: string): Promise<string[]>
    deleteGroup(id: string): Promise<boolean>
  }
  apps: {
    getApps(): Promise<Record<string, boolean>>
    enableApp(app: string): Promise<boolean>
    disableApp(app: string): Promise<boolean>
  }
}
interface Old extends Common {
  login(user: string, password: string): Promise<boolean>
  getConfig(): Promise<{ version: string; website: string }>
  getVersion(): Promise<string>
  getCapabilities(): Promise<{ files_sharing: object }>
  files: Common['files'] & {
    getFile(path: string, localPath: string): Promise<boolean>
    putFile(path: string, localPath: string): Promise<boolean>
  }
  apps: Common['apps'] & { setAttribute(app: string, key: string, value: string): Promise<boolean> }
}
interface Sdk extends Common {
  login(): Promise<{ id: string }>
  logout(): void
  getCapabilities(): Promise<{ version: { string: string }; capabilities: { files_sharing: object } }>
  files: Common['files'] & {
    favorite(path: string): Promise<boolean>
    fileInfo(path: string): Promise<{ fileInfo: Record<string, string> }>
  }
  shares: Common['shares'] & {
    getRecipients(search: string, itemType: string): Promise<{ users: { label: string }[] }>
  }
}

async function connectOld(url: string): Promise<Old> {
  const Client = load('js-owncloud-client') as new (url: string) => Old
  const client = new Client(url)
  expect(await client.login('admin', 'admin')).toBe(true)
  return client
}

async function connectSdk(url: string): Promise<Sdk> {
  const Client = load('owncloud-sdk') as new (options: object) => Sdk
  const auth = { basic: { username: 'admin', password: 'admin' } }
  const client = new Client({ baseUrl: url, auth })
  expect(await client.login()).toMatchObject({ id: 'admin' })
  return client
}

const CLIENTS: [name: string, connect: (url: string) => Promise<Common>][] = [
  ['js-owncloud-client', connectOld],
  ['owncloud-sdk', connectSdk],
]
const nameOf = (file: Listed) => file.getName?.() ?? file.name

describe.each(SERVERS)('on $name', (choice) => {
  const server = useServer(choice)

  describe.each(CLIENTS)('%s', (_, connect) => {
    it('manages accounts and groups', async () => {
      const { users, groups } = await connect(server.url)
      await groups.createGroup('staff')
      expect(await users.createUser('dora', GOOD, [])).toBe(true)
      expect([await users.searchUsers('do'), await users.userExists('dora')]).toEqual([['dora'], true])
      await users.setUserAttribute('dora', 'email', 'd@example.org')
      await users.addUserToGroup('dora', 'staff')
      await users.addUserToSubadminGroup('dora', 'staff')
      expect(await users.userIsInGroup('dora', 'staff')).toBe(true)
      expect(await users.getUserSubadminGroups('dora')).toEqual(['staff'])
      expect(await groups.getGroupMembers('staff')).toEqual(['dora'])
      await users.removeUserFromGroup('dora', 'staff')
      expect(await groups.getGroupMembers('staff')).toEqual([])
      expect(await users.getUser('dora')).toMatchObject({ email: 'd@example.org', displayname: 'dora' })
      await users.deleteUser('dora')
      await groups.deleteGroup('staff')
      expect([await users.userExists('dora'), await groups.getGroups()]).toEqual([false, ['admin']])
    })

    if (choice.isThorough) {
      it('keeps files', async () => {
        const { files } = await connect(server.url)
        await files.createFolder('/new')
        await files.putFileContents('/new/a.txt', 'hello')
        expect(await files.getFileContents('/new/a.txt')).toBe('hello')
        expect((await files.list('/new')).map(nameOf)).toEqual(['new', 'a.txt'])
        expect(await files.move('/new/a.txt', '/new/b.txt')).toBe(true)
        expect(await files.copy('/new/b.txt', '/new/c.txt')).toBe(true)
        expect((await files.list('/new')).map(nameOf)).toEqual(['new', 'b.txt', 'c.txt'])
        expect(await files.delete('/new')).toBe(true)
        await expect(files.getFileContents('/new/b.txt')).rejects.toBeTruthy()
      })

      it('shares files', async () => {
        const { files, shares, groups } = await connect(server.url)
        await files.createFolder('/new')
        await files.putFileContents('/new/a.txt', 'hello')
        const link = await shares.shareFileWithLink('/new/a.txt')
        expect(link.getLink()).toBe(`${server.url}/index.php/s/${link.getToken()}`)
        expect(await shares.isShared('/new/a.txt')).toBe(true)
        const share = await shares.shareFileWithUser('/new', 'alice', { permissions: 1, perms: 1 })
        expect([share.getShareWith(), share.getPermissions(), share.getPath()]).toEqual(['alice', 1, '/new'])
        await groups.createGroup('staff')
        await shares.shareFileWithGroup('/new', 'staff')
        expect(await shares.getShares('/new')).toHaveLength(2)
        await shares.updateShare(link.getId(), { password: GOOD })
        expect((await shares.getShare(link.getId())).getToken()).toBe(link.getToken())
        expect(await shares.deleteShare(link.getId())).toBe(true)
        expect(await shares.isShared('/new/a.txt')).toBe(false)
        expect(await shares.listOpenRemoteShare()).toEqual([])
      })

      it('switches apps', async () => {
        const { apps } = await connect(server.url)
        expect((await apps.getApps()).admin_audit).toBe(false)
        expect(await apps.enableApp('admin_audit')).toBe(true)
        expect((await apps.getApps()).admin_audit).toBe(true)
        expect(await apps.disableApp('admin_audit')).toBe(true)
      })
    }
  })

  if (choice.isThorough) {
    it('js-owncloud-client reads what the server is, and files into files', async () => {
      const client = await connectOld(server.url)
      expect(await client.getConfig()).toMatchObject({ version: '1.7', website: 'Nextcloud' })
      expect(await client.getVersion()).toContain(`${server.version}-`)
      expect(await client.getCapabilities()).toHaveProperty('files_sharing')
      await client.files.putFileContents('/far.txt', 'from far away')
      expect((await client.files.list('/', 'infinity')).map(nameOf)).toContain('far.txt')
      const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-owncloud-'))
      const local = join(folder, 'local.txt')
      await client.files.getFile('/far.txt', local)
      await expect.poll(() => readFileSync(local, 'utf8')).toBe('from far away')
      writeFileSync(local, 'changed')
      // It sends its time in words, which servers since Nextcloud 12 refuse.
      await expect(client.files.putFile('/new.txt', local)).rejects.toContain(
        choice.release < 28 ? 'X-OC-MTime header must be an integer' : 'X-OC-MTime header must be a valid integer',
      )
      await expect(client.apps.setAttribute('files', 'key', 'value')).rejects.toContain('Invalid query')
      rmSync(folder, { recursive: true })
    })

    it('owncloud-sdk reads what the server is, favourites and recipients', async () => {
      const client = await connectSdk(server.url)
      const { version, capabilities } = await client.getCapabilities()
      expect([version.string, capabilities]).toEqual([
        server.version,
        expect.objectContaining({ files_sharing: expect.anything() }),
      ])
      await client.files.putFileContents('/far.txt', 'from far away')
      expect(await client.files.favorite('/far.txt')).toBe(true)
      expect((await client.files.fileInfo('/far.txt')).fileInfo['{DAV:}getcontentlength']).toBe('13')
      expect((await client.shares.getRecipients('ali', 'folder')).users.map(({ label }) => label)).toEqual(['alice'])
      client.logout()
    })
  }
})
