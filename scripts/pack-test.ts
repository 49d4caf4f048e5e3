/**
 * Tries the package as a stranger would: packs it, installs the tarball in an empty folder together with what the
 * README names, and there runs the server, the tests that README and manual print, the type checker, and the verifier; the same
 * with the example of an app of one's own.
 *
 * usage: npm run pack-test [-- --keep]   (--keep leaves the folder for a look)
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { compileOwnApp, copyOwnApp } from './support/own-app.ts'
import { blocksOf, folderOf, PAGES } from './support/readme.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values: options } = parseArgs({ options: { keep: { type: 'boolean', default: false } } })
const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-pack-'))
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** What users of the README's examples have installed, in the versions that we test with. */
const COMPANIONS = [
  ...['msw', 'vitest', 'happy-dom', '@nextcloud/axios', '@nextcloud/router', '@playwright/test'],
  ...['typescript', '@types/node'],
]

/** It prints `examples/own-app`, which is compiled and run as a whole. */
const OWN_APP_PAGE = 'docs/own-app.md'

const ADMIN = ['--user', 'admin', '--password', 'admin']
const WHOSE_APP = ['--app', 'bookmarks_lite']

let failed = 0

try {
  const tarball = pack()
  step('the server runs without anything else installed', () => installAlone(tarball) && true)
  await withServer([], async (url) => {
    await check('it answers', async () => (await fetch(`${url}/status.php`)).status === 200)
    step('the verifier finds nothing', () => run('npx', ['--no-install', 'ocs-mock', 'verify', url, ...ADMIN]))
  })
  const module = join('compiled', 'bookmarks_lite', 'app.js')
  compileOwnApp(join(folder, 'compiled'))
  step('MSW is not there', () => !existsSync(join(folder, 'node_modules', 'msw')))
  await withServer(['--app-module', module, '--seed', join('compiled', 'seed.yaml')], (url) => tryOwnApp(url, module))
  step('the companions can be installed', () => installCompanions())
  step('the Vitest examples of the README and of the manual pass', () =>
    run('npx', ['--no-install', 'vitest', 'run', '--exclude', '**/*.spec.ts']),
  )
  step('the types are complete', () => run('npx', ['--no-install', 'tsc', '--project', '.']))
  step('the example of an own app is of the right types', () => run('npx', ['--no-install', 'tsc', '-p', 'own-app']))
  const built = join('own-app', 'build')
  step('it can be compiled', () =>
    run('npx', ['--no-install', 'tsc', '-p', 'own-app', '--noEmit', 'false', '--outDir', built]),
  )
  const compiled = join(built, 'bookmarks_lite', 'app.js')
  await withServer(['--app-module', compiled, '--seed', join('own-app', 'seed.yaml')], (url) =>
    tryOwnApp(url, compiled),
  )
} finally {
  if (options.keep) console.log(`Left behind: ${folder}`)
  else rmSync(folder, { recursive: true, force: true })
}
console.log(failed === 0 ? 'The packed package works.' : `${failed} of the steps failed.`)
process.exitCode = failed === 0 ? 0 : 1

/** An app of the user's on a server, for clients, the console and the verifier. */
async function tryOwnApp(url: string, module: string): Promise<void> {
  const headers = {
    Authorization: `Basic ${btoa('alice:alice')}`,
    'OCS-APIRequest': 'true',
    Accept: 'application/json',
  }
  await check('it serves an app of the user', async () => {
    const response = await fetch(`${url}/ocs/v2.php/apps/bookmarks_lite/bookmarks`, { headers })
    return (await response.json()).ocs.data[0].url === 'https://example.com/first'
  })
  await check('it has its page', async () => {
    const response = await fetch(`${url}/index.php/apps/bookmarks_lite/export`, { headers })
    return (await response.json()).owner === 'alice'
  })
  const occ = (args: readonly string[]) =>
    run('npx', ['--no-install', 'ocs-mock', 'occ', ...args], { OCS_MOCK_URL: url })
  step('occ has its command', () => occ(['bookmarks_lite:list', 'alice']))
  step('the verifier finds nothing in it, nor in what it changes', () =>
    run('npx', ['--no-install', 'ocs-mock', 'verify', url, '--write', ...WHOSE_APP, '--app-module', module, ...ADMIN]),
  )
  step('it is in the OpenAPI document', () =>
    run('npx', ['--no-install', 'ocs-mock', 'openapi', '--app-module', module, ...WHOSE_APP]),
  )
}

function pack(): string {
  const { status, stdout } = spawnSync(npm, ['pack', '--json', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error('npm pack failed.')
  // What the build prints comes before the JSON.
  const [{ filename, size, unpackedSize, entryCount }] = JSON.parse(stdout.slice(stdout.indexOf('[')))
  console.log(`${filename}: ${entryCount} files, ${kilobytes(size)} packed, ${kilobytes(unpackedSize)} unpacked`)
  return join(folder, filename)
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`
}

function installAlone(tarball: string): boolean {
  write('package.json', JSON.stringify({ name: 'stranger', private: true, type: 'module' }))
  return install([tarball])
}

function installCompanions(): boolean {
  for (const page of PAGES) if (page !== OWN_APP_PAGE) writePrinted(page)
  copyOwnApp(join(folder, 'own-app'))
  cpSync(join(root, 'test', 'types'), join(folder, 'types'), { recursive: true })
  write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: {
        module: 'nodenext',
        target: 'es2023',
        lib: ['es2023', 'dom'],
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noEmit: true,
        types: ['node'],
        skipLibCheck: false,
      },
      include: ['printed', 'types/*.test-d.ts', 'node_modules/ocs-mock/dist/types/src/*.d.ts'],
    }),
  )
  return install(COMPANIONS.map((name) => `${name}@${manifest.devDependencies[name]}`))
}

/** What a page prints in TypeScript: files by their names, the rest by numbers; all is compiled, and tests are run. */
function writePrinted(page: string): void {
  const printed = join('printed', folderOf(page))
  blocksOf(page)
    .filter(({ language }) => language === 'ts')
    .forEach(({ file, text }, i) => {
      mkdirSync(join(folder, printed), { recursive: true })
      write(join(printed, file || `${i + 1}.ts`), file ? text : `${text}\nexport {}\n`)
    })
}

function install(packages: readonly string[]): boolean {
  return run(npm, ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', ...packages])
}

function write(file: string, text: string): void {
  writeFileSync(join(folder, file), text)
}

function run(command: string, args: readonly string[], env: Record<string, string> = {}): boolean {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 300_000,
    env: { ...process.env, ...env },
  })
  if (status !== 0) console.log(`${stdout}${stderr}`)
  return status === 0
}

function step(what: string, act: () => boolean): void {
  report(what, act())
}

async function check(what: string, act: () => Promise<boolean>): Promise<void> {
  report(what, await act())
}

function report(what: string, ok: boolean): void {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${what}`)
  if (!ok) failed++
}

/** Start the installed program, and end it however the steps went. */
async function withServer(args: readonly string[], act: (url: string) => Promise<void>): Promise<void> {
  const child = spawn(
    process.execPath,
    [join('node_modules', 'ocs-mock', 'dist', 'bin', 'ocs-mock.js'), '--port', '0', '--quiet', ...args],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  try {
    await act(await firstLine(child))
  } finally {
    child.kill()
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout!.once('data', (chunk) => resolve(String(chunk).trim()))
    child.once('close', (code) => reject(new Error(`ocs-mock ended with ${code}.`)))
  })
}
