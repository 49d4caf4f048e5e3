import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Io } from '#cli/command.ts'
import { main } from '#cli/main.ts'
import { type OcsMockServer, serve } from '#server.ts'
import { recordedIo, typedInput } from '../support/command-io.ts'

let server: OcsMockServer
beforeAll(async () => {
  server = await serve()
})
afterAll(() => server.close())

async function occ(args: readonly string[], parts: Partial<Pick<Io, 'env' | 'in'>> = {}) {
  const io = recordedIo({ ...parts, env: { OCS_MOCK_URL: server.url, ...parts.env } })
  const code = await main(['occ', ...args], io)
  return { code, ...io.text }
}

describe('ocs-mock occ', () => {
  it('runs on a running fake, in one of its worlds', async () => {
    expect(await occ(['group:add', 'crew'])).toEqual({ code: 0, out: 'Created group "crew"\n', err: '' })
    expect((await occ(['group:list'])).out).toContain('crew')
    expect((await occ(['--world', 'other', '--', 'group:list'])).out).not.toContain('crew')
    expect((await occ(['group:add', 'crew'])).code).toBe(1)
  })

  it('runs on a seed, without a server', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'ocs-mock-')), 'seed.yaml')
    writeFileSync(file, 'users:\n  - id: alice\n    displayName: Alice\n')
    const env = { OCS_MOCK_URL: 'http://127.0.0.1:9' }
    expect((await occ(['--seed', file, 'user:list'], { env })).out).toBe('  - admin: admin\n  - alice: Alice\n')
    writeFileSync(file, 'users:\n  - name: alice\n')
    const wrong = await occ([`--seed=${file}`, 'user:list'])
    expect(wrong.code).toBe(2)
    expect(wrong.err).toContain('seed.yaml:2:')
  })

  it('passes the password on', async () => {
    const env = { OC_PASS: 'Corr3ct-h0rse!' }
    const { code } = await occ(['user:add', '--password-from-env', 'bob'], { env })
    expect(code).toBe(0)
  })

  it('asks on a terminal, and shows everything once', async () => {
    const typed = typedInput('Corr3ct-h0rse!', 'Corr3ct-h0rse!')
    expect(await occ(['user:add', 'carol'], { in: typed })).toEqual({
      code: 0,
      out: 'The account "carol" was created successfully\n',
      err: 'Enter password: \nConfirm password: \n',
    })
  })

  it('takes the lines of standard input for answers elsewhere', async () => {
    const piped = { ...typedInput('Corr3ct-h0rse!', 'Corr3ct-h0rse!'), isTerminal: false }
    expect((await occ(['user:add', 'dave'], { in: piped })).out).toContain('"dave" was created')
    const config = { ...typedInput('{"apps":{"core":{"k":"v"}}}'), isTerminal: false }
    await occ(['config:import'], { in: config })
    expect((await occ(['config:app:get', 'core', 'k'])).out).toBe('v\n')
  })

  it('has help of its own, apart from the commands that have theirs', async () => {
    expect((await occ(['--help'])).out).toMatch(/^usage: ocs-mock occ /)
    expect((await occ(['status', '--help'])).out).toContain('show some status information')
    expect((await occ(['--', '--help'])).out).toContain('List commands')
  })

  it('says what is wrong with how it was called', async () => {
    const nobody = await occ(['status'], { env: { OCS_MOCK_URL: 'http://127.0.0.1:9' } })
    expect(nobody).toMatchObject({ code: 2, out: '' })
    expect(nobody.err).toContain('Failed to reach a fake on http://127.0.0.1:9. Start one with "ocs-mock serve"')
    expect((await occ(['--url'])).err).toContain('--url needs a value')
    expect((await occ(['--url', 'nonsense', 'status'])).err).toContain('Failed to read --url "nonsense"')
    expect((await occ(['--profile', 'nosuch', '--seed', '/dev/null', 'status'])).err).toContain('"nosuch"')
  })
})
