/** `ocs-mock/jest`: a fake Nextcloud for each test of Jest, or of any runner with its hooks. */
import { FakePerTest, type FakePerTestOptions } from '#adapters/fake-per-test.ts'
import { type ExpectedRequest, ocsMatchers } from '#adapters/matchers.ts'
import { UserError } from '#lib/errors.ts'
import type { OcsMock } from './mock.ts'

export type { FakePerTestOptions } from '#adapters/fake-per-test.ts'
export { type ExpectedRequest, ocsMatchers } from '#adapters/matchers.ts'
export { UserError } from '#lib/errors.ts'
export { OcsMock, type OcsMockOptions } from './mock.ts'
export type { Seed } from './types.ts'

declare global {
  namespace jest {
    // The parameters that @types/jest gives it.
    interface Matchers<R, T> {
      /** Such a request came: the id of its operation, or what it looks like. */
      toHaveReceived(expected: ExpectedRequest): R
      /** Such a request came, and was answered with a status: that of HTTP, or the envelope's. */
      toHaveAnswered(expected: ExpectedRequest, status: number): R
    }
  }
}

/** What a runner offers; Jest has all of it as globals. */
export interface TestHooks {
  beforeEach(run: () => Promise<void>): unknown
  afterEach(run: () => void): unknown
  readonly expect?: { extend(matchers: typeof ocsMatchers): void }
}

/**
 * A fake for each test of a file, or of the `describe` that it is called in.
 *
 * @example
 * const ocs = useOcsMock({ seed: { users: [{ id: 'alice' }] }, signedInAs: 'alice' })
 * test('says that I am away', async () => {
 *   await setStatus('away')
 *   expect(ocs()).toHaveReceived('user_status-set-status')
 * })
 * @param hooks those of another runner; default: the globals
 * @returns the fake of the test that runs
 * @throws UserError for an unknown profile, a mistake in the seed, or a runner without hooks
 */
export function useOcsMock(options: FakePerTestOptions = {}, hooks: TestHooks = globalHooks()): () => OcsMock {
  checkHooks(hooks)
  hooks.expect?.extend(ocsMatchers)
  const fakes = new FakePerTest(options)
  let running: Awaited<ReturnType<FakePerTest['begin']>> | null = null
  hooks.beforeEach(async () => {
    running = await fakes.begin()
  })
  hooks.afterEach(() => {
    running?.end()
    running = null
  })
  return () => {
    if (running) return running.ocs
    throw new UserError('Failed to find the fake: no test runs. Ask for it inside of a test or of its hooks.')
  }
}

function checkHooks(hooks: TestHooks): void {
  for (const name of ['beforeEach', 'afterEach'] as const)
    if (typeof hooks?.[name] !== 'function')
      throw new UserError(
        `Failed to use a fake for each test: there is no hook ${name}. Pass those of the runner: useOcsMock({ … }, { beforeEach, afterEach, expect })`,
      )
}

function globalHooks(): TestHooks {
  const hooks = globalThis as unknown as TestHooks
  if (typeof hooks.beforeEach === 'function' && typeof hooks.afterEach === 'function') return hooks
  throw new UserError(
    'Failed to use a fake for each test: there is no global beforeEach. Pass the hooks of the runner: useOcsMock({ … }, { beforeEach, afterEach, expect })',
  )
}
