import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Write generated files, by their paths below the repository, where they are not what they should be. With `--check` on
 * the command line nothing is written; what is stale is named, and the process will end with 1.
 */
export function keepFresh(files: Readonly<Record<string, string>>, command = 'npm run generate'): void {
  for (const [file, text] of Object.entries(files)) {
    const path = join(root, file)
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
    if (process.argv.includes('--check')) {
      console.error(`${file} is stale. Run "${command}".`)
      process.exitCode = 1
      continue
    }
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    console.log(`${file}: ${Math.ceil(text.length / 1024)} KB`)
  }
}
