/** Writes `spec/tested.json`: the operations that the tests of handlers ask. Runs those tests. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { catalogue } from '../handlers/index.ts'

const root = new URL('../', import.meta.url).pathname
const notes = join(mkdtempSync(join(tmpdir(), 'ocs-mock-tested-')), 'operations.txt')
writeFileSync(notes, '')
const run = spawnSync('npx', ['vitest', 'run', 'test/handlers'], {
  cwd: root,
  env: { ...process.env, OCS_MOCK_TESTED: notes },
  stdio: ['ignore', 'ignore', 'inherit'],
})
if (run.status !== 0) {
  console.error('Some tests of handlers fail, so nothing was written. Run "npm test".')
  process.exit(1)
}
const known = new Set(catalogue.endpoints.map(({ id }) => id))
const asked = new Set(
  readFileSync(notes, 'utf8')
    .split('\n')
    .filter((operation) => known.has(operation)),
)
writeFileSync(`${root}spec/tested.json`, `${JSON.stringify([...asked].sort(), null, 1)}\n`)
console.log(`spec/tested.json: ${asked.size} of ${known.size} operations are asked by tests.`)
