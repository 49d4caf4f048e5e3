/**
 * After a run of all tests of handlers: has each documented operation gone through all ways in, and does
 * `spec/tested.json` say what the tests see? A run of some of them, or one with failures, is not judged.
 * With OCS_MOCK_TESTED=write (`npm run generate:tested`) the file is written.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { DEFAULT_PROFILE, findProfile } from '#profiles/index.ts'
import { operations } from '#profiles/keys.ts'
import { openProfile } from '#profiles/profile.ts'
import { readTested, staleTested, testedFrom, writeTested } from '../../scripts/coverage/tested.ts'
import { missedWays } from '../../scripts/coverage/ways.ts'
import { shippedEndpoints } from './catalogue.ts'

export default function setup({ vitest }: TestProject): () => Promise<void> {
  const { root } = vitest.config
  return async () => {
    const files = vitest.state.getFiles().filter(({ result }) => result?.state === 'pass')
    const passed = new Set(files.map(({ filepath }) => filepath))
    const all = testsBelow(join(root, 'test/handlers'))
    if (vitest.config.testNamePattern || !all.every((file) => passed.has(file))) return
    const ofHandlers = files.filter(({ filepath }) => all.includes(filepath))
    const outcomes = ofHandlers.flatMap(({ meta }) => meta.outcomes ?? [])
    const missed = missedWays(outcomes, await operations.load(openProfile(findProfile(DEFAULT_PROFILE))))
    const now = testedFrom(outcomes, shippedEndpoints)
    if (process.env.OCS_MOCK_TESTED === 'write') writeTested(root, now)
    const stale = staleTested(readTested(root), now)
    if (stale.length > 0) stale.push('spec/tested.json is stale. Run "npm run generate:tested".')
    if (missed.length + stale.length === 0) return
    console.error([...missed, ...stale].join('\n'))
    process.exitCode = 1
  }
}

const testsBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join(folder, file))
