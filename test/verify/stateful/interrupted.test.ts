import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '#adapters/node-server.ts'
import { main } from '#cli/main.ts'
import type { OcsMock } from '#mock.ts'
import { Random } from '#world/random.ts'
import { type BundledProgram, bundleProgram } from '../../support/bundled-program.ts'
import { recordedIo } from '../../support/command-io.ts'
import { drive, openCloud, remains } from '../../support/written.ts'

/** How many requests a whole run takes, about. */
const REQUESTS = 600
/** Ten moments of a run, the same ones every time. */
const random = new Random()
random.restore({ seed: 6, draws: 0 })
const MOMENTS = Array.from({ length: 10 }, () => random.int(5, REQUESTS - 5))

let server: RunningServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

/** Stories take a while on a busy machine. */
const LONG = { timeout: 120_000 }

describe('a run that is interrupted', () => {
  it.each(MOMENTS)('at request %i leaves nothing behind', LONG, async (moment) => {
    const cloud = await openCloud()
    const before = remains(cloud)
    const ended = new AbortController()
    let requests = 0
    const { findings, left } = await drive(
      (input, init) => {
        if (++requests === moment) ended.abort()
        return cloud.fetch(input, init)
      },
      { signal: ended.signal },
    )
    expect(requests).toBeGreaterThanOrEqual(moment)
    expect([findings, left]).toEqual([[], null])
    expect(remains(cloud)).toEqual(before)
  })
})

describe('a run whose connection breaks', () => {
  it.each(MOMENTS.slice(0, 4))('at request %i for a while leaves nothing behind', LONG, async (moment) => {
    const cloud = await openCloud()
    const before = remains(cloud)
    let requests = 0
    const { left } = await drive(async (input, init) => {
      requests++
      if (requests < moment || requests > moment + 5) return cloud.fetch(input, init)
      // Every other request arrives, and only its answer is lost.
      if (requests % 2 === 0) await cloud.fetch(input, init)
      throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } })
    })
    expect(left).toBeNull()
    expect(remains(cloud)).toEqual(before)
  })

  it('for good says what to do, and the next run cleans up', async () => {
    const cloud = await openCloud()
    const before = remains(cloud)
    let requests = 0
    const { left } = await drive((input, init) => {
      if (++requests > 60) throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })
      return cloud.fetch(input, init)
    })
    expect(left).toMatch(
      /^Failed to remove what was made on https:\/\/cloud\.example\.com: ECONNREFUSED\. Run "ocs-mock verify URL --clean"/,
    )
    expect(remains(cloud)).not.toEqual(before)
    const { notes } = await drive(cloud.fetch, { stories: [] })
    expect(notes).toEqual([expect.stringMatching(/^Removed \d things that an earlier run had left behind\.$/)])
    expect(remains(cloud)).toEqual(before)
  })
})

const ADMIN = ['--user', 'admin', '--password', 'admin']

describe('a process', () => {
  let program: BundledProgram
  beforeAll(async () => {
    program = await bundleProgram()
  })
  afterAll(() => program.remove())

  /** Starts the command against a cloud that is served, and waits until it has made an account. */
  async function startRun(cloud: OcsMock) {
    let made = () => {}
    const ready = new Promise<void>((resolve) => {
      made = resolve
    })
    server = await startServer({
      handle: async (call) => {
        const answer = await cloud.handle(call)
        if (call.method === 'POST' && call.path === '/ocs/v1.php/cloud/users') made()
        return answer
      },
    })
    const args = [program.file, 'verify', server.url, ...ADMIN, '--app', '^user_status$', '--write']
    const child = spawn(process.execPath, args, { stdio: 'ignore' })
    const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
    await Promise.race([ready, ended])
    return { child, ended, url: server.url }
  }

  it('that is killed is cleaned up after by the next one', LONG, async () => {
    const cloud = await openCloud()
    const before = remains(cloud)
    const { child, ended, url } = await startRun(cloud)
    child.kill('SIGKILL')
    expect(await ended).toEqual([null, 'SIGKILL'])
    expect(remains(cloud)).not.toEqual(before)
    const io = recordedIo()
    expect(await main(['verify', url, ...ADMIN, '--clean'], io)).toBe(0)
    expect(io.text.out).toMatch(/^Removed \d that an earlier run left behind\.\n$/)
    expect(remains(cloud)).toEqual(before)
  })

  it('that is asked to end removes what it made first', LONG, async () => {
    const cloud = await openCloud()
    const before = remains(cloud)
    const { child, ended } = await startRun(cloud)
    child.kill('SIGTERM')
    expect(await ended).toEqual([130, null])
    expect(remains(cloud)).toEqual(before)
  })
})
