/**
 * Starts a new app: a folder below `handlers/` with two operations, a table and a capability, and a test that passes.
 *
 * usage: npm run new:app -- ID [--name NAME] [--summary TEXT]
 *   --name, --summary  for an app that no profile has
 */
import { parseArgs } from 'node:util'
import { foldersOf, newAppFiles } from './scaffold/new-app-files.ts'
import { readFolders, writeAndGenerate } from './support/write-files.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { name: { type: 'string' }, summary: { type: 'string' } },
})

try {
  const [id] = positionals
  if (id === undefined) throw new Error('Say the id of the app.')
  const files = newAppFiles(id, { ...values, files: readFolders(foldersOf(id)) })
  writeAndGenerate(files)
  console.log(`Wrote ${Object.keys(files).join(', ')}, and what follows from them.
Its test passes: npx vitest run --project source ${foldersOf(id)[1]}`)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 2
}
