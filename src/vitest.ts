/** `ocs-mock/vitest`: a fake Nextcloud for each test, and matchers that judge what it was asked. */
import { expect, type TestAPI, test } from 'vitest'
import { FakePerTest, type FakePerTestOptions, toldRequests } from '#adapters/fake-per-test.ts'
import { type ExpectedRequest, ocsMatchers } from '#adapters/matchers.ts'
import type { OcsMock } from './mock.ts'

export type { FakePerTestOptions } from '#adapters/fake-per-test.ts'
export { type ExpectedRequest, ocsMatchers } from '#adapters/matchers.ts'
export { UserError } from '#lib/errors.ts'
export { OcsMock, type OcsMockOptions } from './mock.ts'
export type { Seed } from './types.ts'

declare module 'vitest' {
  interface Matchers<T> {
    /** Such a request came: the id of its operation, or what it looks like. */
    toHaveReceived(expected: ExpectedRequest): void
    /** Such a request came, and was answered with a status: that of HTTP, or the envelope's. */
    toHaveAnswered(expected: ExpectedRequest, status: number): void
  }
}

/** What a test gets. */
export interface OcsTestContext {
  /** The fake of this test alone; it answers what the code under test fetches. */
  readonly ocs: OcsMock
  /** Laid over the options that all tests of the file have: `test.override({ ocsOptions: { … } })`. */
  readonly ocsOptions: FakePerTestOptions
}

/**
 * Vitest's `test` with a fake for each test. A test that fails says what it asked, and why it was answered so.
 *
 * @example
 * const test = ocsTest({ seed: { users: [{ id: 'alice' }] }, signedInAs: 'alice' })
 * test('says that I am away', async ({ ocs }) => {
 *   await setStatus('away')
 *   expect(ocs).toHaveReceived('user_status-set-status')
 * })
 * @throws UserError for an unknown profile or a mistake in the seed
 */
export function ocsTest(options: FakePerTestOptions = {}): TestAPI<OcsTestContext> {
  expect.extend(ocsMatchers)
  const fakes = new FakePerTest(options)
  return test.extend<OcsTestContext>({
    ocsOptions: {},
    ocs: [
      async ({ ocsOptions, onTestFailed }, use) => {
        const { ocs, end } = await fakes.begin(ocsOptions)
        onTestFailed(() => console.error(toldRequests(ocs.journal.entries)))
        try {
          await use(ocs)
        } finally {
          end()
        }
      },
      // `auto`: requests are answered even in a test that does not ask for the fake itself.
      { auto: true },
    ],
  })
}

/** `ocsTest()`: a fake for each test, in a world that nothing was laid over. `test.override({ ocsOptions })` lays something. */
const plain: TestAPI<OcsTestContext> = ocsTest()

export { plain as test }
