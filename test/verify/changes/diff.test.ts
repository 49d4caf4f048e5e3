import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main } from '#cli/main.ts'
import { createOcsMock } from '#index.ts'
import { compareData } from '#verify/changes/compare-data.ts'
import type { Difference } from '#verify/compare-values.ts'
import { recordedIo } from '../../support/command-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-diff-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('what became of some data', () => {
  const changes = (before: unknown, after: unknown) => {
    const found: Difference[] = []
    compareData(before, after, '', (difference) => found.push(difference))
    return found.map(({ severity, where, expected, got }) => `${severity} ${where}: ${expected} → ${got}`)
  }

  it.each([
    ['a member that is gone breaks clients', { a: 1, b: 2 }, { a: 1 }, ['breaks /b: 2 → gone']],
    ['a new member is new', { a: 1 }, { a: 1, 'b/c': 2 }, ['undocumented /b~1c: not there → 2']],
    ['another type breaks clients', { a: 1 }, { a: '1' }, ['breaks /a: number 1 → string "1"']],
    ['another switch differs', { a: true }, { a: false }, ['differs /a: true → false']],
    ['another number is noted', { a: 1 }, { a: 2 }, ['noted /a: 1 → 2']],
    ['null may be chance', { a: null }, { a: 'x' }, ['noted /a: null null → string "x"']],
    ['empty may be chance', { a: [] }, { a: { b: 1 } }, ['noted /a: empty → {"b":1}']],
    ['features come and go', ['a', 'b'], ['b', 'c'], ['differs : "a" → gone', 'undocumented : not there → "c"']],
    [
      'elements are known by their names',
      [
        { id: 'a', on: true },
        { id: 'b', on: true },
      ],
      [
        { id: 'b', on: false },
        { id: 'c', on: true },
      ],
      ['differs /0: id "a" → gone', 'differs /1/on: true → false', 'undocumented /1: not there → id "c"'],
    ],
    [
      'events are known by how they look',
      [
        { event: 17, at: 'x', by: { user: 'a' } },
        { event: 18, at: 'y', by: [] },
      ],
      [{ event: 3, at: 5, by: { user: 'b', app: 'c' } }],
      ['breaks /*/at: string → number', 'undocumented /*/by/app: not there → "c"', 'noted : 2 elements → 1 elements'],
    ],
    ['ids as keys are no members', { 12: { a: 1 } }, { 13: { a: 1, b: 2 } }, ['undocumented /*/b: not there → 2']],
    ['the same is the same', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
  ])('%s', (_name, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected)
  })
})

const seed = { users: [{ id: 'alice', password: 'alice-password' }] }
const older = createOcsMock({ seed, onNotBuilt: () => {} })
/** The same, one version later. */
const newer: typeof fetch = async (input, init) => {
  const { pathname } = new URL(input instanceof Request ? input.url : input)
  const answer = await older.fetch(input, init)
  const text = (await answer.text()).replaceAll('34.0.1', '35.0.0')
  const changed = (body: string, status = answer.status) => new Response(body, { status, headers: answer.headers })
  if (pathname.includes('/predefined_statuses')) return changed(text.replaceAll('"icon"', '"emoji"'))
  if (pathname.endsWith('/user_status/api/v1/statuses') && answer.status === 200)
    return changed(text.replace('"statuscode":200', '"statuscode":404').replace('"status":"ok"', '"status":"failure"'))
  return changed(text)
}
const both: typeof fetch = (input, init) =>
  (String(input instanceof Request ? input.url : input).startsWith('http://new') ? newer : older.fetch)(input, init)

async function run(...args: string[]) {
  const io = recordedIo({ fetch: both })
  return { code: await main(args, io), ...io.text }
}
const WHO = [
  '--user',
  'admin',
  '--password',
  'admin',
  '--user',
  'alice',
  '--password',
  'alice-password',
  '--app',
  '^user_status$',
]
const recorded = join(folder, 'older')
beforeAll(async () => {
  await run('record', 'http://old', '--to', recorded, '--update', ...WHO)
})

describe('ocs-mock diff', () => {
  it('says what changed between two servers', async () => {
    const { code, out } = await run('diff', 'http://old', 'http://new', ...WHO)
    expect(code).toBe(1)
    expect(out).toContain('Nextcloud 34.0.1 → Nextcloud 35.0.0')
    expect(out).toContain('breaks: /ocs/data/0/icon (removed)')
    expect(out).toContain('new: /ocs/data/0/emoji (added)')
    expect(out).toContain("'http://new/ocs/v2.php/apps/user_status/api/v1/statuses'")
    expect(out).toMatch(/before +200 OK\n +after +404/)
    expect(out).toMatch(/^app +same +changed +skipped +breaks +differs +new +noted/m)
  })

  it('finds nothing between a server and itself, and its recording, either way round', async () => {
    for (const [before, after] of [
      ['http://old', 'http://old'],
      [recorded, 'http://old'],
      ['http://old', recorded],
      [recorded, recorded],
    ]) {
      const { code, out } = await run('diff', before!, after!, ...WHO, '--fail-on', 'undocumented')
      expect([before, after, code, out]).toEqual([before, after, 0, expect.stringMatching(/no findings|0 breaks/)])
    }
  })

  it('writes every kind of report', async () => {
    const files = ['a.html', 'b.json', 'c.xml', 'd.sarif', 'e.md'].map((name) => join(folder, 'reports', name))
    await run('diff', recorded, 'http://new', ...WHO, ...files.flatMap((file) => ['--report', file]))
    for (const file of files)
      expect([file, readFileSync(file, 'utf8')]).toEqual([
        file,
        expect.stringContaining('user_status-statuses-find-all'),
      ])
    expect(readFileSync(files[0]!, 'utf8')).toContain('<h4>before</h4>')
    expect(readFileSync(files[4]!, 'utf8')).toContain('### Nextcloud 34.0.1 → Nextcloud 35.0.0')
  })

  it('says what it cannot compare', async () => {
    mkdirSync(join(folder, 'empty'))
    for (const [args, words] of [
      [['diff', 'http://old'], 'give two, BEFORE and AFTER'],
      [['diff', 'http://old', join(folder, 'empty')], 'Make one with "ocs-mock record URL --to'],
      [['drift', 'http://old', 'http://old'], 'Failed to find a recording in "http://old"'],
      [['drift', recorded], 'give FOLDER and URL'],
    ] as const) {
      expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringContaining(words) })
    }
  })
})

describe('ocs-mock drift', () => {
  it('exits with 0 as long as a recording is true, and with 1 when it is not', async () => {
    expect((await run('drift', recorded, 'http://old', ...WHO)).code).toBe(0)
    const { code, out } = await run('drift', recorded, 'http://new', ...WHO)
    expect(code).toBe(1)
    expect(out).toContain('user_status-predefined_status-find-all')
  })

  it('accepts what a baseline has', async () => {
    const baseline = ['--baseline', join(folder, 'drift.json')]
    await run('drift', recorded, 'http://new', ...WHO, ...baseline, '--update-baseline')
    const { code, out } = await run('drift', recorded, 'http://new', ...WHO, ...baseline)
    expect([code, out]).toEqual([0, expect.stringContaining('more are in the baseline')])
  })

  it('asks only what changes nothing and can still be asked, and says what it leaves out', async () => {
    const client = join(folder, 'client')
    cpSync(recorded, client, { recursive: true })
    const file = join(client, 'raw', 'user_status.json')
    const cases = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>[]
    const status = { ...cases[0], kind: 'observed', account: 'alice' }
    const extra = [
      { ...status, method: 'PUT' },
      { ...status, path: '/apps/user_status/api/v1/statuses/redacted' },
      { ...status, as: 'user' },
      { ...status, as: 'user' },
    ]
    writeFileSync(file, JSON.stringify([...cases, ...extra]))
    const { err, out } = await run('drift', client, 'http://old', '--user', 'admin', '--password', 'admin')
    expect(err + out).toContain('1 recorded questions were not asked again: they change something.')
    expect(out).toContain('1 recorded questions were not asked again: something in their address was taken out')
    expect(out).toMatch(/\d+ recorded questions were not asked again: they need credentials of an ordinary account/)
  })

  it('compares a recording of another version of a real server', async () => {
    const real = fileURLToPath(new URL('../../../fixtures/recorded/nextcloud-34.0.1', import.meta.url))
    const { code, out } = await run('diff', real, real)
    expect([code, out]).toEqual([0, expect.stringContaining('no findings. Nobody was asked.')])
  })
})
