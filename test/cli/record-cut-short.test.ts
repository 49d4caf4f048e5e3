import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '#adapters/node-server.ts'
import { OcsMock } from '#mock.ts'
import { isRecording, readRecording } from '#verify/recording.ts'
import { type BundledProgram, bundleProgram } from '../support/bundled-program.ts'

/** What is in a folder, by path. */
const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, readFileSync(path, 'utf8')]),
  )

/** More than the recording takes: each of its files is written in part. Bytes are counted in blocks of 1,024. */
const BLOCKS = 2

describe('a recording that is written over another', () => {
  let program: BundledProgram
  let server: RunningServer
  const folder = join(mkdtempSync(join(tmpdir(), 'ocs-mock-')), 'recording')
  const args = () => [
    ...[program.file, 'record', server.url, '--to', folder, '--update', '--app', '^user_status$'],
    ...['--user', 'admin', '--password', 'admin'],
  ]

  beforeAll(async () => {
    program = await bundleProgram()
    server = await startServer(new OcsMock({ onNotBuilt: () => {} }))
    const [code] = await once(spawn(process.execPath, args(), { stdio: 'ignore' }), 'exit')
    expect(code).toBe(0)
  }, 60_000)
  afterAll(async () => {
    await server.close()
    program.remove()
  })

  it('is as it was where there is no room for another', { timeout: 60_000 }, async () => {
    const before = filesIn(folder)
    expect(Object.values(before).some((one) => one.length > BLOCKS * 1024)).toBe(true)
    const limited = `trap '' XFSZ; ulimit -f ${BLOCKS}; exec "$@"`
    const child = spawn('bash', ['-c', limited, 'bash', process.execPath, ...args()], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
    expect(said).toMatch(/\nocs-mock: Failed to write .*recording.*EFBIG.*What was there before is still there\.\n$/)
    expect(code).toBe(2)
    expect(filesIn(folder)).toEqual(before)
  })

  // How far it came by then is the machine's affair; test/verify/write-whole.test.ts ends it at every single write.
  it('is one of both, whole, where the process is killed while it writes', { timeout: 120_000 }, async () => {
    const before = readRecording(folder).cases.length
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, args(), { stdio: 'ignore' })
      const ended = once(child, 'exit')
      const watcher = watch(folder, () => child.kill('SIGKILL'))
      await ended
      watcher.close()
      expect(isRecording(folder)).toBe(true)
      expect(readRecording(folder).cases).toHaveLength(before)
    }
    const [code] = await once(spawn(process.execPath, args(), { stdio: 'ignore' }), 'exit')
    expect(code).toBe(0)
    expect(readdirSync(folder).filter((name) => /\.(new|old|complete)$/.test(name))).toEqual([])
  })
})
