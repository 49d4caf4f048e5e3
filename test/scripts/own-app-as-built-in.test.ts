import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What the generator and the mock are made of. */
const PARTS = [
  'dashboard',
  'fixtures',
  'handlers',
  'occ',
  'scenarios',
  'scripts',
  'src',
  'package.json',
  'tsconfig.json',
]

const SCRIPT = `
import { createOcsMock } from '#core.ts'
const seed = { users: [{ id: 'alice', password: 'alice' }], bookmarks: [{ user: 'alice', url: 'https://example.com' }] }
const ocs = createOcsMock({ seed })
const headers = { Authorization: 'Basic ' + btoa('alice:alice'), 'OCS-APIRequest': 'true', Accept: 'application/json' }
const ask = async (path) => (await ocs.fetch('http://cloud' + path, { headers })).json()
const { ocs: { data: bookmarks } } = await ask('/ocs/v2.php/apps/bookmarks_lite/bookmarks')
const { ocs: { data: { capabilities } } } = await ask('/ocs/v2.php/cloud/capabilities')
console.log('RESULT', JSON.stringify({
  urls: bookmarks.map(({ url }) => url),
  capability: capabilities.bookmarks_lite,
  page: (await ask('/index.php/apps/bookmarks_lite/export')).owner,
  occ: (await ocs.occ('bookmarks_lite:list alice')).stdout,
  apps: (await ocs.occ('app:list --output=json')).stdout.includes('"bookmarks_lite":"1.0.0"'),
  table: Object.keys(ocs.world.dump().tables.bookmarks_lite),
}))
`

describe('the folder of an own app, put among those of the product', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-repository-'))
  beforeAll(() => {
    for (const part of PARTS) cpSync(join(root, part), join(folder, part), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    cpSync(join(root, 'examples/own-app/bookmarks_lite'), join(folder, 'handlers/bookmarks_lite'), { recursive: true })
    writeFileSync(join(folder, 'ask.ts'), SCRIPT)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const run = (script: string) =>
    spawnSync(process.execPath, ['--import', 'tsx', script], { cwd: folder, encoding: 'utf8' })

  it('is an app of the product once the manifest is generated, without a line elsewhere', { timeout: 120_000 }, () => {
    run('scripts/generate-index.ts')
    const { stdout, stderr } = run('ask.ts')
    const [, result] = /^RESULT (.*)$/m.exec(stdout) ?? []
    expect(result, stdout + stderr).toBeDefined()
    expect(JSON.parse(result!)).toEqual({
      urls: ['https://example.com'],
      capability: { version: 1, features: ['export'] },
      page: 'alice',
      occ: '  - 1: https://example.com\n',
      apps: true,
      table: ['1'],
    })
  })
})
