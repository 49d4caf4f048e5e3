import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Files } from '../scaffold/scaffold.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The TypeScript files of some folders, by their paths below the repository. Folders below them are left out. */
export function readFolders(folders: readonly string[]): Files {
  const paths = folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((file) => `${folder}/${file}`))
    .filter((path) => path.endsWith('.ts'))
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

/** Write files, formatted, and then all that is generated from the apps. */
export function writeAndGenerate(files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  run(join('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', '--write', ...Object.keys(files))
  run('--import', 'tsx', join('scripts', 'generate.ts'))
}

function run(...args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`Failed to run ${args.join(' ')}:\n${stdout}${stderr}`)
}
