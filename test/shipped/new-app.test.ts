import { afterAll, expect, it } from 'vitest'
import { Sandbox } from './support/sandbox.ts'

const sandbox = new Sandbox()
afterAll(() => sandbox.remove())

it("writes an app of one's own that passes its test", async () => {
  const made = await sandbox.run('ocs-mock/dist/bin/ocs-mock.js', ['new-app', 'book_shelf'])
  expect(made.text).toContain('Wrote an app to book_shelf.')
  expect(made.code).toBe(0)
  const { code, text } = await sandbox.run('vitest/vitest.mjs', ['run'])
  expect(text).toMatch(/Tests .*4 passed/)
  expect(code).toBe(0)
}, 120_000)
