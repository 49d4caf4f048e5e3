import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isInstalled, runCommand, useWatched } from './support/commands.ts'
import { ALICE, basicAuth, type OpenServer, SERVERS, THOROUGH, useServer } from './support/servers.ts'

/**
 * The desktop clients' own command lines (Debian: nextcloud-desktop-cmd and owncloud-client-cmd) against the
 * standalone server. They run where they are installed; what they ask is tested without them in `handlers/dav`.
 */
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ocs-mock-sync-'))
  for (const name of ['home', 'local']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'exclude.lst'), '')
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const local = (...names: string[]) => join(folder, 'local', ...names)
const write = (text: string, ...names: string[]) => writeFileSync(local(...names), text)

/** Alice's files on the server, as another client of hers sees them. */
class Remote {
  readonly #server: Pick<OpenServer, 'url'>

  constructor(server: Pick<OpenServer, 'url'>) {
    this.#server = server
  }

  async #send(method: string, path: string, body: string | null = null, headers: Record<string, string> = {}) {
    const answer = await fetch(this.#url(path), {
      method,
      body,
      headers: { Authorization: basicAuth(ALICE.id, ALICE.password), ...headers },
    })
    return { status: answer.status, id: answer.headers.get('oc-fileid'), text: await answer.text() }
  }

  #url(path: string): string {
    return `${this.#server.url}/remote.php/dav/files/${ALICE.id}${path}`
  }

  put(path: string, text: string) {
    return this.#send('PUT', path, text)
  }

  move(from: string, to: string) {
    return this.#send('MOVE', from, null, { Destination: this.#url(to) })
  }

  /** Of a file, or of a folder with all that is in it. */
  delete(path: string) {
    return this.#send('DELETE', path)
  }

  mkdir(path: string) {
    return this.#send('MKCOL', path)
  }

  /** `null`: there is none. */
  async read(path: string): Promise<string | null> {
    const { status, text } = await this.#send('GET', path)
    return status === 200 ? text : null
  }

  async idOf(path: string): Promise<string | null> {
    return (await this.#send('HEAD', path)).id
  }
}

/**
 * A client that syncs once over, and what it asked. It remembers a folder by the address of the server, so one stands
 * in front of it for a whole test.
 */
function useClient(command: string, server: Pick<OpenServer, 'url'>) {
  const watched = useWatched(server)
  return async (): Promise<{ code: number | null; asked: readonly string[] }> => {
    watched.forget()
    const args = ['--non-interactive', '--exclude', join(folder, 'exclude.lst'), '-u', ALICE.id, '-p', ALICE.password]
    const { code } = await runCommand(command, [...args, local(), watched.url], { home: join(folder, 'home') })
    return { code, asked: watched.asked() }
  }
}

describe.runIf(isInstalled('nextcloudcmd')).each(SERVERS)('nextcloudcmd on $name', (choice) => {
  const server = useServer(choice)
  const sync = useClient('nextcloudcmd', server)
  const remote = new Remote(server)

  it('fetches what is there, and brings what is not', async () => {
    await remote.mkdir('/far')
    await remote.put('/far/away.txt', 'far')
    mkdirSync(local('sub'))
    for (let i = 0; i < 12; i++) write(`${i}`, 'sub', `${i}.txt`)
    const { code, asked } = await sync()
    expect(code).toBe(0)
    expect(asked).toContain('200 POST /remote.php/dav/bulk')
    expect(readFileSync(local('far', 'away.txt'), 'utf8')).toBe('far')
    expect(await remote.read('/sub/7.txt')).toBe('7')
  }, 60_000)

  if (choice.isThorough) {
    it('syncs a folder both ways', async () => {
      await remote.mkdir('/far')
      await remote.put('/far/away.txt', 'far')
      await remote.put('/here.txt', 'here')
      mkdirSync(local('sub'))
      write('one', 'one.txt')
      for (let i = 0; i < 12; i++) write(`${i}`, 'sub', `${i}.txt`)
      expect((await sync()).code).toBe(0)
      expect(readFileSync(local('far', 'away.txt'), 'utf8')).toBe('far')
      expect(readFileSync(local('here.txt'), 'utf8')).toBe('here')
      expect(await remote.read('/sub/7.txt')).toBe('7')

      const id = await remote.idOf('/one.txt')
      await remote.put('/one.txt', 'changed far away')
      await remote.move('/sub', '/renamed')
      await remote.delete('/far/away.txt')
      write('changed here', 'sub', '7.txt')
      rmSync(local('sub', '8.txt'))
      renameSync(local('here.txt'), local('moved.txt'))
      expect((await sync()).code).toBe(0)
      expect(readFileSync(local('one.txt'), 'utf8')).toBe('changed far away')
      expect(existsSync(local('far', 'away.txt'))).toBe(false)
      expect(existsSync(local('sub'))).toBe(false)
      expect([await remote.read('/renamed/7.txt'), await remote.read('/renamed/8.txt')]).toEqual(['changed here', null])
      expect(await remote.read('/moved.txt')).toBe('here')
      expect(await remote.idOf('/one.txt')).toBe(id)

      const third = await sync()
      expect(third.asked.filter((line) => !/ (GET|PROPFIND) /.test(line))).toEqual([])
    }, 60_000)

    it('uploads what is large in chunks', async () => {
      const large = 'x'.repeat(12 * 1024 * 1024)
      write(large, 'large.bin')
      const { code, asked } = await sync()
      expect(code).toBe(0)
      expect(
        asked.filter((line) => /^201 (MKCOL|PUT|MOVE) \/remote.php\/dav\/uploads\//.test(line)).length,
      ).toBeGreaterThan(3)
      expect((await remote.read('/large.bin'))?.length).toBe(large.length)
    }, 60_000)
  }
})

describe.runIf(isInstalled('owncloudcmd')).each(THOROUGH)('owncloudcmd on $name', (choice) => {
  const server = useServer(choice)
  const sync = useClient('owncloudcmd', server)

  it('is told what the server can do and who asks, and gets no further where it is too old for that', async () => {
    const { code, asked } = await sync()
    if (choice.release < 32) return expect(code).toBe(0)
    expect(code).toBe(1)
    expect(asked).toEqual([
      '200 GET /ocs/v1.php/cloud/capabilities',
      '200 GET /ocs/v1.php/cloud/user',
      '403 PROPFIND /remote.php/dav/files/alice/',
    ])
  }, 60_000)
})
