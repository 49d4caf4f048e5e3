import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../src/adapters/node-server.ts'
import { createOcsMock, type OcsMockWithHandlers } from '../../src/index.ts'
import * as files from '../../src/world/files/files.ts'

/**
 * The desktop clients' own command lines (Debian: nextcloud-desktop-cmd and owncloud-client-cmd) against the
 * standalone server. They run where they are installed; what they ask is tested without them in `handlers/dav`.
 */
const isInstalled = (command: string) => spawnSync(command, ['--version']).error === undefined

let folder: string
let ocs: OcsMockWithHandlers
let server: RunningServer

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ocs-mock-sync-'))
  for (const name of ['home', 'local']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'exclude.lst'), '')
  ocs = createOcsMock({
    seed: { users: [{ id: 'alice', password: 'secret' }], files: { alice: { '/far/away.txt': 'far' } } },
  })
  server = await startServer(ocs)
})

afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const local = (...names: string[]) => join(folder, 'local', ...names)
const write = (text: string, ...names: string[]) => writeFileSync(local(...names), text)
const remote = (path: string) => files.resolve(ocs.world, 'alice', path)
const remoteText = (path: string) =>
  new TextDecoder().decode(files.bytesOf(files.contentOf(ocs.world, remote(path)!.node)))
const put = (path: string, text: string) =>
  files.put(ocs.world, 'alice', path, files.contentFrom(new TextEncoder().encode(text)))

/** Run a client once over; its exit code, and what it asked. */
async function sync(command: string): Promise<{ code: number | null; asked: string[] }> {
  ocs.journal.clear()
  const args = ['--non-interactive', '--exclude', join(folder, 'exclude.lst'), '-u', 'alice', '-p', 'secret']
  const child = spawn(command, [...args, local(), server.url], {
    env: { ...process.env, HOME: join(folder, 'home') },
    stdio: 'ignore',
  })
  const code = await new Promise<number | null>((done) => child.on('close', done))
  return { code, asked: ocs.journal.entries.map(({ status, method, path }) => `${status} ${method} ${path}`) }
}

describe.runIf(isInstalled('nextcloudcmd'))('nextcloudcmd', () => {
  it('syncs a folder both ways', async () => {
    mkdirSync(local('sub'))
    write('one', 'one.txt')
    for (let i = 0; i < 12; i++) write(`${i}`, 'sub', `${i}.txt`)
    const first = await sync('nextcloudcmd')
    expect(first.code).toBe(0)
    expect(first.asked).toContain('200 POST /remote.php/dav/bulk')
    expect(readFileSync(local('far', 'away.txt'), 'utf8')).toBe('far')
    expect(readFileSync(local('welcome.txt'), 'utf8')).toBe('Welcome to the OCS test world.\n')
    expect(remoteText('/sub/7.txt')).toBe('7')

    const { id } = remote('/one.txt')!.node
    put('/one.txt', 'changed far away')
    files.move(ocs.world, remote('/sub')!, '/renamed')
    files.remove(ocs.world, remote('/far/away.txt')!)
    write('changed here', 'sub', '7.txt')
    rmSync(local('sub', '8.txt'))
    renameSync(local('welcome.txt'), local('moved.txt'))
    expect((await sync('nextcloudcmd')).code).toBe(0)
    expect(readFileSync(local('one.txt'), 'utf8')).toBe('changed far away')
    expect(existsSync(local('far', 'away.txt'))).toBe(false)
    expect(existsSync(local('sub'))).toBe(false)
    expect([remoteText('/renamed/7.txt'), remote('/renamed/8.txt')]).toEqual(['changed here', undefined])
    expect(remoteText('/moved.txt')).toBe('Welcome to the OCS test world.\n')
    expect(remote('/one.txt')!.node.id).toBe(id)

    const third = await sync('nextcloudcmd')
    expect(third.asked.filter((line) => !/ (GET|PROPFIND) /.test(line))).toEqual([])
  }, 60_000)

  it('uploads what is large in chunks', async () => {
    const large = 'x'.repeat(12 * 1024 * 1024)
    write(large, 'large.bin')
    const { code, asked } = await sync('nextcloudcmd')
    expect(code).toBe(0)
    expect(
      asked.filter((line) => /^201 (MKCOL|PUT|MOVE) \/remote.php\/dav\/uploads\//.test(line)).length,
    ).toBeGreaterThan(3)
    expect(remote('/large.bin')!.node.size).toBe(large.length)
  }, 60_000)
})

describe.runIf(isInstalled('owncloudcmd'))('owncloudcmd', () => {
  it('is told what the server can do and who asks, and gets no further', async () => {
    const { code, asked } = await sync('owncloudcmd')
    expect(code).toBe(1)
    expect(asked).toEqual([
      '200 GET /ocs/v1.php/cloud/capabilities',
      '200 GET /ocs/v1.php/cloud/user',
      '403 PROPFIND /remote.php/dav/files/alice/',
    ])
  }, 60_000)
})
