import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type RunningServer, startServer } from '#adapters/node-server.ts'
import { main } from '#cli/main.ts'
import { createOcsMock } from '#index.ts'
import { recordedIo } from '../support/command-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-verify-'))
afterAll(() => rmSync(folder, { recursive: true }))

let server: RunningServer
const ocs = createOcsMock({ seed: { users: [{ id: 'alice' }] }, onNotBuilt: () => {} })
beforeAll(async () => {
  server = await startServer(ocs)
})
afterAll(() => server.close())

/** Makes one operation answer a number as a string. */
const faulty: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  if (!String(input).includes('/user_status/api/v1/predefined_statuses')) return response
  const text = (await response.text()).replaceAll('"id":"meeting"', '"id":7')
  return new Response(text, { status: response.status, headers: response.headers })
}

async function run(args: readonly string[], parts: Parameters<typeof recordedIo>[0] = {}) {
  const io = recordedIo(parts)
  const code = await main(['verify', server.url, '--app', '^user_status$', ...args], io)
  return { code, ...io.text }
}

const ADMIN = ['--user', 'admin', '--password', 'admin']

describe('ocs-mock verify', () => {
  it('exits with 0 where a server conforms, and shows a table by app', async () => {
    const { code, out, err } = await run(ADMIN)
    expect(code).toBe(0)
    expect(out).toMatch(/^app +conform +deviate +skipped/m)
    expect(out).toMatch(/^user_status +4 /m)
    expect(out).toContain('Nothing was asked as an ordinary user: no credentials.')
    expect(err).toContain('questions asked')
    expect(err).not.toContain('\u001b')
  })

  it('exits with 1 where it deviates, and says how to ask again without secrets', async () => {
    const { code, out } = await run(ADMIN, { fetch: faulty })
    expect(code).toBe(1)
    expect(out).toContain('user_status-predefined_status-find-all')
    expect(out).toContain('/ocs/data/0/id')
    expect(out).toContain('curl -i -u "$OCS_ADMIN"')
    expect(out).not.toContain('admin:admin')
  })

  it('ends when its time is over, whatever the server still owes, and says so', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
    const slow: typeof fetch = (input, init) => {
      if (!String(input).includes('/user_status/')) return fetch(input, init)
      const aborted = new Promise<never>((_, reject) => {
        const { signal } = init ?? {}
        if (signal?.aborted) reject(signal.reason)
        signal?.addEventListener('abort', () => reject(signal.reason))
      })
      vi.advanceTimersByTime(61_000)
      return aborted
    }
    const { code, out, err } = await run([...ADMIN, '--max-time', '60'], { fetch: slow }).finally(() =>
      vi.useRealTimers(),
    )
    expect(err).toContain('The run has taken 60 s: what is left is not asked.')
    expect(code).toBe(130)
    expect(out).toMatch(/^user_status +· +· +6 /m)
  })

  it('sends no more requests than it may, and says what it did not ask', async () => {
    const { code, out } = await run([...ADMIN, '--budget', '60'])
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/cut short: \d+ of \d+ questions were not asked: the budget/),
    ])
    expect(Number(/(\d+) requests in/.exec(out)?.[1])).toBeLessThanOrEqual(60)
  })

  it('exits with 2 where nobody can be asked', async () => {
    expect((await run(['--user', 'admin', '--password', 'wrong'])).err).toContain(
      'does not accept the password of "admin"',
    )
    expect((await run(['--user', 'admin', '--password', 'wrong'])).code).toBe(2)
    const io = recordedIo()
    expect(await main(['verify', 'http://127.0.0.1:9'], io)).toBe(2)
    expect(io.text.err).toContain('Failed to reach http://127.0.0.1:9')
  })

  it('exits with 2 for arguments that it does not understand', async () => {
    for (const wrong of [
      ['--fail-on', 'anything'],
      ['--report', 'report.pdf'],
      ['--delay', 'x'],
      ['--app', '('],
      ['--update-baseline'],
      ['--nosuch'],
    ]) {
      const { code, err } = await run([...ADMIN, ...wrong])
      expect([wrong, code]).toEqual([wrong, 2])
      expect(err).toMatch(/^ocs-mock: /)
    }
  })

  it('takes passwords from the environment, and credentials from the address', async () => {
    expect((await run(['--user', 'admin'], { env: { OCS_MOCK_PASSWORD: 'admin' } })).code).toBe(0)
    expect((await run(['--user', 'admin:admin'])).code).toBe(0)
    const io = recordedIo()
    const address = server.url.replace('http://', 'http://admin:admin@')
    expect(await main(['verify', address, '--app', '^user_status$', '--json'], io)).toBe(0)
    expect(io.text.out).not.toContain('admin:admin')
  })

  it('shows only what a baseline does not have', async () => {
    const file = join(folder, 'baseline.json')
    const accepted = await run([...ADMIN, '--baseline', file, '--update-baseline'], { fetch: faulty })
    expect(accepted.code).toBe(0)
    const again = await run([...ADMIN, '--baseline', file], { fetch: faulty })
    expect(again.code).toBe(0)
    expect(again.out).toMatch(/no findings\. \d more are in the baseline/)
    const gone = await run([...ADMIN, '--baseline', file])
    expect(gone.err).toMatch(/\d findings? of .* were not found any more/)
  })

  it('writes every kind of report', async () => {
    const files = ['a.html', 'b.json', 'c.xml', 'd.sarif', 'e.md'].map((name) => join(folder, 'reports', name))
    const { err } = await run([...ADMIN, ...files.flatMap((file) => ['--report', file])], { fetch: faulty })
    for (const file of files) {
      expect(err).toContain(`Wrote ${file}.`)
      expect(readFileSync(file, 'utf8')).toContain('user_status-predefined_status-find-all')
    }
  })
})
