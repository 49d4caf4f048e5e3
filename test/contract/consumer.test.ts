import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { consumerTests, runConsumer } from '../support/consumer.ts'

const folder = mkdtempSync(join(tmpdir(), 'ocs-mock-consumer-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Files with their texts. */
const contentsOf = (name: string) =>
  readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => [file, readFileSync(join(folder, name, file), 'utf8')])

it('writes the same contracts again, and in tests that run at the same time', { timeout: 120_000 }, async () => {
  await runConsumer(join(folder, 'first'))
  const halves = [consumerTests.filter((_, i) => i % 2 === 1), consumerTests.filter((_, i) => i % 2 === 0)]
  await Promise.all(halves.map((half) => runConsumer(join(folder, 'second'), half)))

  const first = contentsOf('first').map(([file, text]) => [file, text?.replace('"first"', '"second"')])

  expect(first.length).toBeGreaterThanOrEqual(100)
  expect(contentsOf('second')).toEqual(first)
})
