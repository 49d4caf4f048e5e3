/**
 * Says whether the project type-checks without some apps: in a copy of it, their folders are removed and the index is
 * written anew. Without names, all but the core go at once; with `--each`, one after the other.
 *
 *     tsx scripts/check-removable.ts [--each] [app …]
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const tsc = join(root, 'node_modules/typescript/bin/tsc')
/** What a release is made of: not its tests, and not the tools that look at single apps. */
const PRODUCT = ['src', 'handlers', 'occ', 'bin', 'fixtures', 'dashboard', 'scenarios']

/** What is wrong without these apps; `''`: nothing. */
function problemWithout(apps: readonly string[]): string {
  const copy = mkdtempSync(join(tmpdir(), 'ocs-mock-'))
  try {
    for (const name of [...PRODUCT, 'scripts', 'package.json'])
      cpSync(join(root, name), join(copy, name), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    const config = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'))
    writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify({ ...config, include: PRODUCT }))
    for (const app of apps) rmSync(join(copy, 'handlers', app), { recursive: true })
    return run(copy, ['--import', 'tsx', 'scripts/generate-index.ts']) || run(copy, [tsc, '--noEmit'])
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

function run(cwd: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' })
  return status === 0 ? '' : `${stdout}${stderr}`.trim() || `node ${args.join(' ')} ended with ${status}`
}

const handlers = join(root, 'handlers')
const optional = readdirSync(handlers).filter((app) => app !== 'core' && existsSync(join(handlers, app, 'app.ts')))
const each = process.argv.includes('--each')
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const apps = named.length > 0 ? named : optional
for (const removed of each ? apps.map((app) => [app]) : [apps]) {
  const problem = problemWithout(removed)
  console.log(`without ${removed.join(', ')}: ${problem === '' ? 'all is well' : problem}`)
  if (problem !== '') process.exitCode = 1
}
