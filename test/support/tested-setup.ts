/**
 * After a run of all tests of handlers: does `spec/tested.json` say what they see? A run of some of them, or one
 * with failures, is not judged. With OCS_MOCK_TESTED=write (`npm run generate:tested`) the file is written.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { readTested, staleTested, testedFrom, writeTested } from '../../scripts/coverage/tested.ts'
import { shippedEndpoints } from './catalogue.ts'

export default function setup({ vitest }: TestProject): () => void {
  const { root } = vitest.config
  return () => {
    const files = vitest.state.getFiles().filter(({ result }) => result?.state === 'pass')
    const passed = new Set(files.map(({ filepath }) => filepath))
    const all = testsBelow(join(root, 'test/handlers'))
    if (vitest.config.testNamePattern || !all.every((file) => passed.has(file))) return
    const ofHandlers = files.filter(({ filepath }) => all.includes(filepath))
    const now = testedFrom(
      ofHandlers.flatMap(({ meta }) => meta.asked ?? []),
      shippedEndpoints,
    )
    if (process.env.OCS_MOCK_TESTED === 'write') return writeTested(root, now)
    const stale = staleTested(readTested(root), now)
    if (stale.length === 0) return
    console.error(`${stale.join('\n')}\nspec/tested.json is stale. Run "npm run generate:tested".`)
    process.exitCode = 1
  }
}

const testsBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join(folder, file))
