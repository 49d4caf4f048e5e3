import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main } from '#cli/main.ts'
import { newAppFiles } from '../../scripts/scaffold/new-app-files.ts'
import { scaffold } from '../../scripts/scaffold/scaffold.ts'
import { recordedIo } from '../support/command-io.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** What an app of `handlers/` needs of the repository. */
const NEEDED = [
  ...[
    'src',
    'handlers',
    'occ',
    'scripts',
    'scenarios',
    'dashboard',
    'docs',
    'spec',
    'test/support',
    'fixtures/profiles',
  ],
  ...['fixtures/documented', 'fixtures/mime-icons.json', 'fixtures/mime-types.json', 'fixtures/phone-regions.json'],
  ...['package.json', 'tsconfig.json', 'biome.json', 'fidelity-profiles.json', '.gitignore', 'vitest.config.ts'],
]
const APP = 'book_shelf'
const ENDPOINT = {
  id: 'weather_status-zoo-look',
  app: 'weather_status',
  method: 'GET',
  path: '/apps/weather_status/zoo',
}
/** The example of an app of one's own, which does not know that it is there. */
const EXAMPLE = 'bookmarks_lite'
const LONG = 120_000

/** Asks it in every way. What it answers is printed. */
const ASK_EXAMPLE = `
import { createOcsMock } from '#core.ts'
const seed = { users: [{ id: 'alice', password: 'alice' }], bookmarks: [{ user: 'alice', url: 'https://example.com' }] }
const ocs = createOcsMock({ seed })
const headers = { Authorization: 'Basic ' + btoa('alice:alice'), 'OCS-APIRequest': 'true', Accept: 'application/json' }
const ask = async (path) => (await ocs.fetch('http://cloud' + path, { headers })).json()
const { ocs: { data: bookmarks } } = await ask('/ocs/v2.php/apps/${EXAMPLE}/bookmarks')
const { ocs: { data: { capabilities } } } = await ask('/ocs/v2.php/cloud/capabilities')
console.log('RESULT', JSON.stringify({
  urls: bookmarks.map(({ url }) => url),
  capability: capabilities.${EXAMPLE},
  page: (await ask('/index.php/apps/${EXAMPLE}/export')).owner,
  occ: (await ocs.occ('${EXAMPLE}:list alice')).stdout,
  apps: (await ocs.occ('app:list --output=json')).stdout.includes('"${EXAMPLE}":"1.0.0"'),
  table: Object.keys(ocs.world.dump().tables.${EXAMPLE}),
}))
`

describe('a new app', () => {
  it('says of itself what no profile says', () => {
    const written = newAppFiles(APP, { name: 'Shelf', files: {} })[`handlers/${APP}/app.ts`]
    expect(written).toContain(
      `defineApp('${APP}', {\n  name: 'Shelf',\n  version: '1.0.0',\n  summary: 'What ${APP} does',\n`,
    )
    const ofRelease = newAppFiles('logreader', { name: 'Shelf', files: {} })
    expect(ofRelease['handlers/logreader/app.ts']).toContain("defineApp('logreader', {\n  endpoints: ")
  })

  it('is enabled in its test where a fresh installation has it disabled', () => {
    const seedOf = (id: string) =>
      /const SEED = .*/.exec(newAppFiles(id, { files: {} })[`test/handlers/${id}/items.test.ts`]!)?.[0]
    expect(seedOf('logreader')).not.toContain('apps')
    expect(seedOf('encryption')).toContain("apps: { enabled: ['encryption'] }")
  })

  it('is not written over one that there is, nor under an id that is none', () => {
    expect(() => newAppFiles(APP, { files: { 'handlers/x/app.ts': '' } })).toThrow(
      'handlers/x/app.ts is there already.',
    )
    expect(() => newAppFiles('Shelf', { files: {} })).toThrow(
      'an app id has lower-case letters, digits and underscores',
    )
  })
})

describe('a copy of the repository with more in it', () => {
  const copy = mkdtempSync(join(tmpdir(), 'ocs-mock-new-app-'))
  const read = (file: string) => readFileSync(join(copy, file), 'utf8')
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    writeFileSync(join(copy, file), text)
  }

  beforeAll(async () => {
    for (const path of NEEDED) cpSync(join(root, path), join(copy, path), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
    cpSync(join(root, 'examples/own-app', EXAMPLE), join(copy, 'handlers', EXAMPLE), { recursive: true })
    write('ask.ts', ASK_EXAMPLE)
    const started = scaffold(ENDPOINT, {
      published: null,
      files: { 'handlers/weather_status/app.ts': read('handlers/weather_status/app.ts') },
    })
    for (const [file, text] of Object.entries(started)) write(file, text)
    const made = await run('--import', 'tsx', 'scripts/new-app.ts', APP, '--name', "Bookmarks' Shelf")
    expect(made.text).toContain(`handlers/${APP}/app.ts`)
    expect(made.code, made.text).toBe(0)
  }, LONG)

  afterAll(() => rmSync(copy, { recursive: true }))

  /** Run Node in the copy. A test runner that runs inside another one shall not know it. */
  function run(...args: readonly string[]): Promise<{ code: number | null; text: string }> {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:VITEST|TEST)/.test(name)))
    const child = spawn(process.execPath, args, { cwd: copy, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        text += chunk
      })
    }
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, text })))
  }

  it('names the app in what is generated, and nowhere else', () => {
    expect(read('handlers/index.ts')).toContain(`'/apps/${APP}/api/v1/items'`)
    expect(read('handlers/gathered/capabilities.ts')).toContain(`{ app: '${APP}'`)
    expect(read('spec/openapi.json')).toContain(`${APP}-items-add`)
    expect(read(`handlers/${APP}/app.ts`)).toContain('name: "Bookmarks\' Shelf"')
  })

  it("has the folder of an own app as one of the product's, without a line elsewhere", { timeout: LONG }, async () => {
    const { text } = await run('--import', 'tsx', 'ask.ts')
    const [, result] = /^RESULT (.*)$/m.exec(text) ?? []
    expect(result, text).toBeDefined()
    expect(JSON.parse(result!)).toEqual({
      urls: ['https://example.com'],
      capability: { version: 1, features: ['export'] },
      page: 'alice',
      occ: '  - 1: https://example.com\n',
      apps: true,
      table: ['1'],
    })
  })

  it(
    "type-checks, as an app of one's own does",
    async () => {
      const io = recordedIo()
      expect(await main(['new-app', 'own_shelf', '--to', join(copy, 'own')], io)).toBe(0)
      write(
        'tsconfig.new.json',
        JSON.stringify({ extends: './tsconfig.json', include: ['handlers', 'test/handlers', 'test/support', 'own'] }),
      )
      expect(await run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.new.json')).toEqual({ code: 0, text: '' })
    },
    LONG,
  )

  it(
    'passes the test of the app, and fails that of an endpoint nobody has written yet',
    async () => {
      const { text } = await run('node_modules/vitest/vitest.mjs', 'run', '--project', 'source', '--reporter', 'json')
      const { testResults } = JSON.parse(text.slice(text.indexOf('{"')))
      const outcomes = testResults.map(({ name, status }: { name: string; status: string }) => [
        name.slice(copy.length),
        status,
      ])
      expect(Object.fromEntries(outcomes)).toEqual({
        [`/test/handlers/${APP}/items.test.ts`]: 'passed',
        '/test/handlers/weather_status/zoo-look.test.ts': 'failed',
      })
    },
    LONG,
  )
})
