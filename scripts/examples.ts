/**
 * Tries the examples as their readers would: packs the package, installs the tarball beside a copy of each example, with what
 * its package.json names, and runs its tests. Nothing is asked of the network: packages come from `node_modules`.
 *
 * usage: npm run examples [-- NAME…] [--keep]   (--keep leaves the folder for a look)
 */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ensureBrowser } from './ensure-browser.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values: options, positionals } = parseArgs({
  options: { keep: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
/** What the package's own modules ask for. */
const PEERS = ['msw', 'vitest', '@playwright/test']
const TEST_MILLISECONDS = 300_000

const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-examples-'))
const packed = join(folder, 'node_modules', 'ocs-mock')

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly bin?: Readonly<Record<string, string>>
}
const manifestAt = (path: string): Manifest => JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))

/** Those with tests of their own; the others are workflows, which `test/examples/` runs. */
function examples(): string[] {
  const all = readdirSync(join(root, 'examples')).filter((name) =>
    existsSync(join(root, 'examples', name, 'package.json')),
  )
  const unknown = positionals.filter((name) => !all.includes(name))
  if (unknown.length > 0) throw new Error(`There is no example ${unknown.join(', ')}. There are: ${all.join(', ')}.`)
  return positionals.length > 0 ? positionals : all
}

/** The tarball as npm unpacks it, with its programs where npm puts them. */
function install(): void {
  const { status, stdout } = spawnSync(npm, ['pack', '--json', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error('npm pack failed.')
  // What the build prints comes before the JSON.
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[')))
  mkdirSync(packed, { recursive: true })
  const tar = ['-xzf', join(folder, filename), '-C', packed, '--strip-components', '1']
  if (spawnSync('tar', tar, { stdio: 'inherit' }).status !== 0) throw new Error('The tarball cannot be unpacked.')
  const bin = join(folder, 'node_modules', '.bin')
  mkdirSync(bin)
  for (const name of readdirSync(join(root, 'node_modules', '.bin')))
    symlinkSync(join(root, 'node_modules', '.bin', name), join(bin, name))
  for (const [name, file] of Object.entries(manifestAt(packed).bin ?? {})) {
    chmodSync(join(packed, file), 0o755)
    rmSync(join(bin, name), { force: true })
    symlinkSync(join(packed, file), join(bin, name))
  }
  for (const name of PEERS) link(name, folder)
}

/** A package of the lock file, where a module of `at` finds it. */
function link(name: string, at: string): void {
  const target = join(at, 'node_modules', name)
  mkdirSync(dirname(target), { recursive: true })
  symlinkSync(name === 'ocs-mock' ? packed : join(root, 'node_modules', name), target, 'junction')
}

function run(name: string, browser: string): boolean {
  const at = join(folder, name)
  cpSync(join(root, 'examples', name), at, { recursive: true, filter: (path) => !/[/\\]node_modules$/.test(path) })
  for (const dependency of Object.keys(manifestAt(at).devDependencies ?? {})) link(dependency, at)
  const { status, stdout, stderr } = spawnSync(npm, ['test'], {
    cwd: at,
    encoding: 'utf8',
    timeout: TEST_MILLISECONDS,
    env: { ...outside(process.env), CHROMIUM_PATH: browser, STORYBOOK_DISABLE_TELEMETRY: '1' },
  })
  if (status !== 0) console.log(`${stdout}${stderr}`)
  return status === 0
}

/** A test runner or an npm that runs inside of another one shall not know it. */
const outside = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(?:npm_|VITEST|NODE_ENV|NODE_OPTIONS|OCS_MOCK)/.test(name)),
  )

let failed = 0
try {
  const wanted = examples()
  install()
  const browser = ensureBrowser()
  for (const name of wanted) {
    const began = performance.now()
    const ok = run(name, browser)
    if (!ok) failed++
    console.log(`${ok ? 'ok    ' : 'FAILED'} examples/${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  }
} finally {
  if (options.keep) console.log(`Left behind: ${folder}`)
  else rmSync(folder, { recursive: true, force: true })
}
console.log(failed === 0 ? 'The examples run.' : `${failed} of the examples failed.`)
process.exitCode = failed === 0 ? 0 : 1
