import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { get } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { main } from '#cli/main.ts'
import { VERSION } from '#version.ts'
import { noInput } from '../support/command-io.ts'

const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-'))

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

/** A run of the program in this process, and what it wrote. */
class Run {
  out = ''
  err = ''
  readonly code: Promise<number>
  #end = () => {}
  #wake = () => {}

  constructor(args: readonly string[], isTerminal = false) {
    const ended = new Promise<void>((resolve) => {
      this.#end = resolve
    })
    const output = (stream: 'out' | 'err') => ({
      isTerminal,
      write: (text: string) => {
        this[stream] += text
        this.#wake()
      },
    })
    this.code = main(args, { in: noInput, out: output('out'), err: output('err'), env: {}, ended })
  }

  /** The address, once it is there. */
  async url(): Promise<string> {
    for (;;) {
      const found = /https?:\/\/127\.0\.0\.1:\d+/.exec(this.out)
      if (found) return found[0]
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  end(): Promise<number> {
    this.#end()
    return this.code
  }
}

async function refused(...args: string[]): Promise<string> {
  const run = new Run(args)
  expect(await run.code).toBe(2)
  expect(run.out).toBe('')
  expect(run.err).toMatch(/^ocs-mock: [^\n]+\n$/)
  return run.err
}

describe('ocs-mock', () => {
  it('tells its version', async () => {
    const run = new Run(['--version'])
    expect(await run.code).toBe(0)
    expect(run.out).toBe(`${VERSION}\n`)
  })

  it('lists its commands', async () => {
    const run = new Run(['--help'])
    expect(await run.code).toBe(0)
    expect(run.out).toMatch(/^ {2}serve {2,}start the fake server$/m)
  })

  it('knows what it does not know', async () => {
    expect(await refused('serv')).toContain('There is no command "serv". Did you mean "serve"? Known are serve')
  })
})

describe('ocs-mock serve', () => {
  it('picks a free port, says where it listens, and ends cleanly', async () => {
    const run = new Run(['serve', '--port', '0'])
    const url = await run.url()
    expect(run.out).toContain('admin / admin')
    expect(run.out).toContain(`${url}/__admin/health`)
    const response = await fetch(`${url}/status.php`)
    expect(await response.json()).toMatchObject({ installed: true })
    expect(await run.end()).toBe(0)
    expect(run.err).toBe('')
    await expect(fetch(`${url}/status.php`)).rejects.toThrow()
  })

  it('speaks HTTPS, with a certificate that it makes and keeps', async () => {
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
    const statuses: (number | undefined)[] = []
    for (const _ of ['made', 'kept']) {
      const run = new Run(['serve', '--port', '0', '--quiet', '--tls-cert', cert, '--tls-key', key])
      const url = await run.url()
      expect(url).toMatch(/^https:/)
      const ca = readFileSync(cert, 'utf8')
      statuses.push(
        await new Promise((resolve, reject) => {
          get(`${url}/status.php`, { ca }, ({ statusCode }) => resolve(statusCode)).on('error', reject)
        }),
      )
      expect(await run.end()).toBe(0)
    }
    expect(statuses).toEqual([200, 200])
  })

  it('plays a browser in which somebody is logged in', async () => {
    const seed = file('signed-in.yaml', 'users: [alice]')
    const run = new Run(['serve', '--port', '0', '--quiet', '--seed', seed, '--signed-in-as', 'alice'])
    const response = await fetch(`${await run.url()}/ocs/v2.php/cloud/user?format=json`)
    expect((await response.json()).ocs.data.id).toBe('alice')
    expect(await run.end()).toBe(0)
  })

  it('prints nothing but the address when it shall be quiet', async () => {
    const run = new Run(['--port', '0', '--quiet'], true)
    const url = await run.url()
    await fetch(`${url}/status.php`)
    await run.end()
    expect(run.out).toBe(`${url}\n`)
  })

  it('prints requests where a person reads along', async () => {
    const run = new Run(['--port', '0'], true)
    const url = await run.url()
    await fetch(`${url}/ocs/v2.php/config?format=json`, { headers: { 'OCS-APIRequest': 'true' } })
    await fetch(`${url}/ocs/v2.php/no/such/route`)
    await run.end()
    expect(run.out).toMatch(/200.* GET \/ocs\/v2\.php\/config\?format=json.* ms {2}-/)
    expect(run.out).toMatch(/404.* GET \/ocs\/v2\.php\/no\/such\/route.*\(route: no such route, and none is near\)/)
  })

  it('prints one JSON line for each event', async () => {
    const run = new Run(['--port', '0', '--json-log', '--quiet'])
    const url = await run.url()
    await fetch(`${url}/status.php`)
    await run.end()
    const [listening, request] = run.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(listening).toEqual({ event: 'listening', url, profile: 'nextcloud-34', version: VERSION })
    expect(request).toMatchObject({ event: 'request', method: 'GET', path: '/status.php', status: 200 })
  })

  it('starts from a seed', async () => {
    const seed = file('team.yaml', 'users:\n  - id: alice\n    password: wonder land\n')
    const run = new Run(['--port', '0', '--seed', seed])
    const url = await run.url()
    expect(run.out).toContain('admin / admin, alice / wonder land')
    const state = await (await fetch(`${url}/__admin/state`)).json()
    expect(state.tables.users.alice).toMatchObject({ id: 'alice' })
    await run.end()
  })

  it('serves an app of the user', async () => {
    const library = new URL('../../src/index.ts', import.meta.url).href
    const module = file(
      'yourapp.mjs',
      `import { DataResponse, definePhpApp } from '${library}'
export default definePhpApp('yourapp', {
  routes: { ocs: [{ name: 'Bar#getFoo', url: '/foobar/{id}', verb: 'GET' }] },
  controllers: { Bar: { getFoo: { noAdminRequired: true, run: ({ id }) => new DataResponse({ id }) } } },
})`,
    )
    const run = new Run(['--port', '0', '--app-module', module])
    const url = await run.url()
    const response = await fetch(`${url}/ocs/v2.php/apps/yourapp/foobar/7?format=json`, {
      headers: { 'OCS-APIRequest': 'true', Authorization: `Basic ${btoa('admin:admin')}` },
    })
    expect(await response.json()).toMatchObject({ ocs: { data: { id: '7' } } })
    await run.end()
  })

  it.each([
    ['missing.mjs', null, 'there is no such file.'],
    ['empty.mjs', 'export const number = 1', 'it exports no app. Write "export default defineApp('],
    ['broken.mjs', "throw new Error('No luck')", 'No luck'],
    ['misspelt.mjs', "import { defineApps } from 'ocs-mock'\ndefineApps('x', {})", 'defineApps'],
    [
      'wrong.mjs',
      "import { defineApp } from 'ocs-mock'\ndefineApp('x', { ocs: [] })",
      'there is no contribution "ocs".',
    ],
    ['alone.mjs', "import 'no-such-package'", 'no-such-package'],
  ])('says what is wrong with the app module %s', async (name, text, expected) => {
    const path = text === null ? join(folder, name) : file(name, text)
    const said = await refused('serve', '--port', '0', '--app-module', path)
    expect(said).toContain(`Failed to load the app module ${path}: `)
    expect(said).toContain(expected)
  })

  it('has no two apps of one id', async () => {
    const module = file(
      'files.mjs',
      "export const app = { kind: 'app', apiVersion: 1, id: 'files', endpoints: [], routes: [], contributions: {}, profileApp: {} }",
    )
    expect(await refused('serve', '--port', '0', '--app-module', module)).toContain(
      'Failed to add the app "files": there is one of that id. Choose another.',
    )
  })

  it('warns where others can reach it', async () => {
    const run = new Run(['--port', '0', '--host', '0.0.0.0', '--quiet'])
    while (run.out === '') await new Promise((resolve) => setImmediate(resolve))
    await run.end()
    expect(run.err).toMatch(/^WARNING: http:\/\/0\.0\.0\.0:\d+ is not a loopback address/)
  })

  it('names the place of a mistake in a seed', async () => {
    const yaml = file('bad.yaml', 'users:\n  - id: a\n  - id: b\n    quota: 5\n')
    expect(await refused('serve', '--seed', yaml)).toBe(
      `ocs-mock: Failed to read the seed ${yaml}:4:5: users[1].quota: expected string, found integer 5.\n`,
    )
    const json = file('bad.json', '{\n  "users": [{ "password": "x" }]\n}')
    expect(await refused('serve', '--seed', json)).toContain(`${json}:2:13: users[0].id: this is missing.`)
    const broken = file('broken.json', '{\n  "users": [,\n}')
    expect(await refused('serve', '--seed', broken)).toContain(`${broken}:2:13: `)
    expect(await refused('serve', '--seed', '/no/such.yaml')).toContain('/no/such.yaml: there is no such file.')
    expect(await refused('serve', '--seed', folder)).toContain(`Failed to read the seed ${folder}: `)
  })

  it('takes an empty seed for none', async () => {
    const run = new Run(['--port', '0', '--quiet', '--seed', file('empty.yaml', '# nothing yet\n')])
    await run.url()
    expect(await run.end()).toBe(0)
  })

  it('says that a port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as AddressInfo
    expect(await refused('serve', '--port', String(port))).toBe(
      `ocs-mock: Failed to listen on 127.0.0.1:${port}: the port is in use. Choose another with --port; 0 picks a free one.\n`,
    )
    other.close()
  })

  it.each([
    [['--port', '70000'], 'Failed to read --port "70000"'],
    [['--port', '-1'], 'port'],
    [['--profile', 'nextcloud-1'], 'Failed to find the profile "nextcloud-1". Known are: nextcloud-34'],
    [['--base-url', 'cloud'], 'Failed to read --base-url "cloud"'],
    [['--prot', '1'], "Unknown option '--prot'"],
    [['--seed'], 'argument missing'],
    [['extra'], "Unexpected argument 'extra'"],
  ])('refuses %j', async (args, message) => {
    expect(await refused('serve', ...args)).toContain(message)
  })
})

describe('a recording', () => {
  const recording = fileURLToPath(new URL('../../fixtures/recorded/nextcloud-34.0.1', import.meta.url))
  const headers = { Authorization: `Basic ${btoa('ordinary:any')}`, 'OCS-APIRequest': 'true' }

  it('is served alone, with the accounts that it has', async () => {
    const run = new Run(['serve', '--port', '0', '--replay', recording, '--not-recorded', 'fail'])
    const url = await run.url()
    const me = await fetch(`${url}/ocs/v2.php/cloud/user?format=json`, { headers })
    expect((await me.json()).ocs.data).toMatchObject({ id: 'ordinary' })
    expect((await fetch(`${url}/ocs/v2.php/no/such`, { headers })).status).toBe(501)
    expect(await run.end()).toBe(0)
  })

  it('must be there, and whoever is to answer the rest must be known', async () => {
    expect(await refused('serve', '--replay', folder)).toContain('Make one with "ocs-mock record"')
    expect(await refused('serve', '--replay', recording, '--not-recorded', 'x')).toContain('write model or fail')
    expect(await refused('serve', '--not-recorded', 'fail')).toContain('say with --replay')
  })
})

describe('translations', () => {
  it('are read from the folder of an app, and have to be there', async () => {
    mkdirSync(join(folder, 'user_status/l10n'), { recursive: true })
    file('user_status/l10n/de.json', '{"translations":{"Commuting":"Pendelt"}}')
    const run = new Run(['serve', '--port', '0', '--texts', join(folder, 'user_status')])
    const headers = { Authorization: `Basic ${btoa('admin:admin')}`, 'OCS-APIRequest': 'true', 'Accept-Language': 'de' }
    const asked = await fetch(`${await run.url()}/ocs/v2.php/apps/user_status/api/v1/predefined_statuses`, { headers })
    expect(await asked.text()).toContain('<message>Pendelt</message>')
    expect(await run.end()).toBe(0)
    expect(await refused('serve', '--texts', '/no/such')).toContain('Failed to read texts in /no/such')
  })
})
