import type { BrowserContext, PlaywrightWorkerOptions, TestInfo } from '@playwright/test'
import { followClock } from '#adapters/playwright-clock.ts'
import {
  duringTest,
  type FixturesFor,
  type OcsFixtures,
  type TestOptions,
  type Use,
} from '#adapters/playwright-fixtures.ts'
import type { OcsMock } from './mock.ts'
import type { OcsMockServer, ServeOptions } from './server.ts'

/** Options of a fake that is served for all tests of a worker. */
export interface OcsServerOptions extends ServeOptions, TestOptions {}

/** What a worker gets. */
export interface OcsServerFixtures {
  /** A fake on a port of its own, for the tests of one worker: pages, `request` and any other client reach it. */
  readonly ocsServer: OcsMockServer
}

/**
 * As `ocsMock`, with a fake on a port, one per worker: for front ends that the fake serves (`pages`), and for clients
 * outside of the browser. `baseURL` is its address. Each test begins in the starting world.
 *
 * @example
 * const test = base.extend<Pick<OcsFixtures, 'ocs'>, OcsServerFixtures>(ocsMockServer({ pages: { myapp: { script } } }))
 * test('shows the app', async ({ page, ocs }) => { await page.goto('/index.php/apps/myapp/') })
 */
export function ocsMockServer(
  options: OcsServerOptions = {},
): FixturesFor<Pick<OcsFixtures, 'ocs'>, OcsServerFixtures> {
  const { failOnUnanswered = false, ...serving } = options
  // Playwright finds out what a fixture needs by the names that it takes apart.
  const ocsServer = async ({ browserName: _ }: PlaywrightWorkerOptions, use: Use<OcsMockServer>): Promise<void> => {
    const { serve } = await import('./server.ts')
    const server = await serve(serving)
    await use(server)
    await server.close()
  }
  const ocs = async (
    { ocsServer: { mock }, context }: OcsServerFixtures & { readonly context: BrowserContext },
    use: Use<OcsMock>,
    testInfo: TestInfo,
  ): Promise<void> => {
    mock.reset()
    const letGo = followClock(context.clock, mock.world.clock)
    await duringTest(mock, testInfo, { failOnUnanswered }, () => use(mock))
    letGo()
  }
  return {
    ocsServer: [ocsServer, { scope: 'worker' }],
    ocs: [ocs, { auto: true }],
    baseURL: async ({ ocsServer: { url } }, use) => use(url),
  }
}
