/**
 * Writes `spec/tested.json`: which declared outcomes of which operations the tests of handlers see. Runs those tests;
 * `npm test` says whether the file is fresh.
 */
import { spawnSync } from 'node:child_process'
import { compose } from '#compose.ts'
import { readTested } from './coverage/tested.ts'

const { endpoints } = await compose().catalogue.loadAll()

const root = new URL('../', import.meta.url).pathname
const run = spawnSync('npx', ['vitest', 'run', 'test/handlers'], {
  cwd: root,
  env: { ...process.env, OCS_MOCK_TESTED: 'write' },
  stdio: ['ignore', 'ignore', 'inherit'],
})
if (run.status !== 0) {
  console.error('Some tests of handlers fail, so nothing was written. Run "npm test".')
  process.exit(1)
}
const asked = Object.keys(readTested(root)).length
console.log(`spec/tested.json: ${asked} of ${endpoints.length} operations are asked by tests.`)
