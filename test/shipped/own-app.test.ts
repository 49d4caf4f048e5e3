/** The example of an app of one's own, in the program that strangers get, where nothing else is installed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { compileOwnApp, OWN_APP, ownAppBlocks } from '../../scripts/support/own-app.ts'
import { commandsIn, shellWords } from '../../scripts/support/readme.ts'
import { curl } from './support/curl.ts'
import { type Program, runProgram, startProgram } from './support/program.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** The example as JavaScript, which every version of Node reads, in a folder without any package. */
function compileExample(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-own-app-'))
  folders.push(folder)
  compileOwnApp(folder)
  return folder
}

const HEADERS = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true', Accept: 'application/json' }
const PATH = '/ocs/v2.php/apps/bookmarks_lite/bookmarks'

async function ask({ url }: Program, path: string, body?: URLSearchParams) {
  const response = await fetch(url + path, { headers: HEADERS, ...(body ? { method: 'POST', body } : {}) })
  const json = await response.json()
  return json.ocs?.data ?? json
}

const version = async (program: Program) =>
  (await ask(program, '/ocs/v2.php/cloud/capabilities')).capabilities.bookmarks_lite?.version

describe("an app module of the user's", () => {
  it('is served and judged, with neither the package nor MSW beside it', async () => {
    const folder = compileExample()
    const program = await startProgram(
      ['serve', '--port', '0', '--app-module', 'bookmarks_lite/app.js', '--seed', 'seed.yaml'],
      folder,
    )
    const { id, url } = await ask(program, PATH, new URLSearchParams({ url: 'https://example.com/2' }))
    expect([id, url]).toEqual([2, 'https://example.com/2'])
    expect(await ask(program, '/index.php/apps/bookmarks_lite/export')).toMatchObject({ owner: 'admin' })
    const login = ['--user', 'admin', '--password', 'admin', '--user', 'alice', '--password', 'alice']
    const asked = ['--app-module', 'bookmarks_lite/app.js', '--app', 'bookmarks_lite', ...login]
    const verified = await runProgram(['verify', program.url, '--write', ...asked], folder)
    expect(verified.code, verified.out + verified.err).toBe(0)
    expect(verified.out).toMatch(/^bookmarks_lite +5 /m)
    const recorded = await runProgram(['record', program.url, '--to', 'recorded', '--update', ...asked], folder)
    expect(recorded.code, recorded.out + recorded.err).toBe(0)
    expect(readFileSync(join(folder, 'recorded/raw/bookmarks_lite.json'), 'utf8')).toContain('/bookmarks')
    expect(await program.end()).toBe(0)
    expect(program.err).toBe('')
  })

  it('is in the OpenAPI document', async () => {
    const { out } = await runProgram(
      ['openapi', '--app-module', 'bookmarks_lite/app.js', '--app', 'bookmarks_lite'],
      compileExample(),
    )
    expect(Object.keys(JSON.parse(out).paths)).toContain('/index.php/apps/bookmarks_lite/export')
  })

  it('is read again with what it imports, in the same state, and its mistakes end nothing', async () => {
    const folder = compileExample()
    const change = (file: string, from: string, to: string) => {
      const path = join(folder, 'bookmarks_lite', file)
      const text = readFileSync(path, 'utf8')
      expect(text).toContain(from)
      writeFileSync(path, text.replace(from, to))
    }
    const program = await startProgram(
      ['serve', '--port', '0', '--app-module', 'bookmarks_lite/app.js', '--watch'],
      folder,
    )
    await ask(program, PATH, new URLSearchParams({ url: 'https://example.com' }))
    change('capabilities.js', 'version: 1', 'version: 2')
    await program.wrote('Reloaded bookmarks_lite.')
    expect([await version(program), (await ask(program, PATH)).length]).toEqual([2, 1])

    change('app.js', 'endpoints:', 'endpoint:')
    await program.wrote('there is no contribution "endpoint". Did you mean "endpoints"? The server goes on')
    expect([await version(program), (await ask(program, PATH)).length]).toEqual([2, 1])

    change('state.js', 'export ', 'export const ')
    await program.wrote('"node --check" of it, or of what it imports, says where. The server goes on')
    change('state.js', 'export const ', 'export ')
    change('app.js', 'endpoint:', 'endpoints:')
    change('capabilities.js', 'version: 2', 'version: 3')
    await program.wrote(/Reloaded[\s\S]*Reloaded/)

    change('state.js', '"bookmarks_lite")', '"bookmarks_lite", { version: 2 })')
    await program.wrote('What was in the table "bookmarks_lite" is lost')
    expect([await version(program), (await ask(program, PATH)).length]).toEqual([3, 0])
    expect(await program.end()).toBe(0)
  })

  it('is told that it needs a compiler where Node reads no TypeScript', async () => {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
    const readsTypeScript = major > 22 || (major === 22 && minor >= 18)
    const { code, err } = await runProgram([
      'openapi',
      '--app-module',
      join(OWN_APP, 'bookmarks_lite/app.ts'),
      '--app',
      'bookmarks_lite',
    ])
    expect(code).toBe(readsTypeScript ? 0 : 2)
    if (!readsTypeScript) expect(err).toContain('this version of Node does not read TypeScript. Compile it,')
  })
})

describe('the commands of docs/own-app.md', () => {
  const lines = commandsIn(ownAppBlocks()).map((line) => shellWords(line.replace(/\bapp\.ts\b/g, 'app.js')))
  const starting = (...words: string[]) => lines.filter((line) => words.every((word, i) => line[i] === word))
  /** What stands behind `npx ocs-mock serve`. */
  const servers = starting('npx', 'ocs-mock', 'serve').map((line) => line.slice(3))

  it('are those that are tried here', () => {
    const tried = [
      ...starting('curl'),
      ...starting('npx', 'ocs-mock', 'occ'),
      ...['serve', 'openapi', 'verify'].flatMap((command) => starting('npx', 'ocs-mock', command)),
    ]
    expect(tried).toHaveLength(lines.length)
    expect(servers).toHaveLength(3)
  })

  it('serve one file, and ask it', async () => {
    const program = await startProgram(['serve', '--port', '0', ...servers[0]!], compileExample())
    for (const words of starting('curl')) {
      const { status, text } = await curl(words.map((word) => word.replace('http://127.0.0.1:8080', program.url)))
      expect([status, text]).toEqual([200, expect.stringContaining('"text":"Hello, admin"')])
    }
    expect(await program.end()).toBe(0)
  })

  it('serve the whole, command it, describe it and judge it', async () => {
    const folder = compileExample()
    const program = await startProgram(['serve', '--port', '0', ...servers[1]!], folder)
    for (const words of starting('npx', 'ocs-mock', 'occ')) {
      const { code, out, err } = await runProgram(words.slice(3), folder, program.url)
      expect(code, out + err).toBe(0)
    }
    for (const words of [...starting('npx', 'ocs-mock', 'openapi'), ...starting('npx', 'ocs-mock', 'verify')]) {
      const here = words.slice(2).map((word) => word.replace('http://127.0.0.1:8080', program.url))
      const { code, out, err } = await runProgram(here, folder)
      expect(code, out + err).toBe(0)
    }
    expect(await program.end()).toBe(0)
  })

  it('play the scenario', async () => {
    const program = await startProgram(['serve', '--port', '0', ...servers[2]!], compileExample())
    const scenarios = await (await fetch(`${program.url}/__admin/scenarios`)).json()
    expect(scenarios.current).toMatchObject({ name: 'gift', status: 'running' })
    expect(await program.end()).toBe(0)
  })
})
