/** The example of an app of one's own, in the program that strangers get, where nothing else is installed. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'
import { afterAll, describe, expect, it } from 'vitest'
import { type Program, runProgram, startProgram } from './support/program.ts'

const example = fileURLToPath(new URL('../../examples/own-app/bookmarks_lite/', import.meta.url))
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** The example as JavaScript, which every version of Node reads, in a folder without any package. */
function compileExample(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-own-app-'))
  folders.push(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true }))
  for (const file of readdirSync(example)) {
    const { code } = transformSync(readFileSync(join(example, file), 'utf8'), { loader: 'ts' })
    writeFileSync(join(folder, file.replace('.ts', '.js')), code.replace(/(from "\.\/[^"]*)\.ts"/g, '$1.js"'))
  }
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
    const seed = 'users: [{ id: alice, password: alice }]\nbookmarks: [{ user: alice, url: https://example.com }]\n'
    writeFileSync(join(folder, 'seed.yaml'), seed)
    const program = await startProgram(
      ['serve', '--port', '0', '--app-module', 'app.js', '--seed', 'seed.yaml'],
      folder,
    )
    const { id, url } = await ask(program, PATH, new URLSearchParams({ url: 'https://example.com/2' }))
    expect([id, url]).toEqual([2, 'https://example.com/2'])
    expect(await ask(program, '/index.php/apps/bookmarks_lite/export')).toMatchObject({ owner: 'admin' })
    const login = ['--user', 'admin', '--password', 'admin', '--user', 'alice', '--password', 'alice']
    const asked = ['--app-module', 'app.js', '--app', 'bookmarks_lite', ...login]
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
    const { out } = await runProgram(['openapi', '--app-module', 'app.js', '--app', 'bookmarks_lite'], compileExample())
    expect(Object.keys(JSON.parse(out).paths)).toContain('/index.php/apps/bookmarks_lite/export')
  })

  it('is read again with what it imports, in the same state, and its mistakes end nothing', async () => {
    const folder = compileExample()
    const change = (file: string, from: string, to: string) => {
      const text = readFileSync(join(folder, file), 'utf8')
      expect(text).toContain(from)
      writeFileSync(join(folder, file), text.replace(from, to))
    }
    const program = await startProgram(['serve', '--port', '0', '--app-module', 'app.js', '--watch'], folder)
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
    const { code, err } = await runProgram(['openapi', '--app-module', `${example}app.ts`, '--app', 'bookmarks_lite'])
    expect(code).toBe(readsTypeScript ? 0 : 2)
    if (!readsTypeScript) expect(err).toContain('this version of Node does not read TypeScript. Compile it,')
  })
})
