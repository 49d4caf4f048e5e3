import type {
  APIRequestContext,
  BrowserContext,
  Fixtures,
  PlaywrightTestArgs,
  PlaywrightTestOptions,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
  TestInfo,
} from '@playwright/test'
import { showRequest } from '#journal/expectation.ts'
import type { JournalEntry } from '#journal/journal-entry.ts'
import { checkObject } from '#lib/check-members.ts'
import { UserError } from '#lib/errors.ts'
import { OcsMock, type OcsMockOptions } from '#mock.ts'
import { checkPageOption, type PageOptions } from '#page/open-page.ts'
import { isAtOnce, loadProfile } from '#profiles/index.ts'
import { checkBase, type InterceptOptions, intercept } from './playwright.ts'
import { followClock } from './playwright-clock.ts'
import { requestsReaching } from './playwright-request.ts'

/** What a test may choose besides the fake's own options. */
export interface TestOptions {
  /**
   * A test fails that asked for a route which the product does not have, or for an operation that the fake lacks and
   * answers with 501. Default: it goes on, and the journal knows.
   */
  readonly failOnUnanswered?: boolean
}

/** What of a fake a test may choose: `test.use({ ocsOptions: { seed: … } })`. */
export interface OcsOptions extends OcsMockOptions, InterceptOptions, TestOptions {
  /**
   * Pages of a front end's own server hold what pages of the product hold before their scripts run: who is signed in,
   * request token, initial states, `OC`.
   */
  readonly page?: PageOptions | true
}

/** What a test gets. */
export interface OcsFixtures {
  /** The fake of this test alone; all its pages talk to it. */
  readonly ocs: OcsMock
  /** Laid over the options that the fixtures were made with. */
  readonly ocsOptions: OcsOptions
}

/** Fixtures of one's own for `test.extend`, beside those of Playwright. */
export type FixturesFor<TestFixtures extends object, WorkerFixtures extends object> = Fixtures<
  TestFixtures,
  WorkerFixtures,
  PlaywrightTestArgs & PlaywrightTestOptions,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
>

/** Hands a fixture to a test, and ends with it. */
export type Use<Value> = (value: Value) => Promise<void>

/**
 * Fixtures for Playwright's `test.extend`: each test gets a fake of its own, and all its pages and the fixture `request`
 * talk to it. What moves `page.clock` moves the world's clock. A test that fails has what was asked and answered, and the
 * world, attached to its report.
 *
 * @example
 * const test = base.extend<OcsFixtures>(ocsMock({ signedInAs: 'admin' }))
 * test('lists accounts', async ({ page, ocs }) => { … })
 * @throws UserError for an unknown profile or a mistake in the seed.
 */
export function ocsMock(options: OcsOptions = {}): FixturesFor<OcsFixtures, Record<never, never>> {
  checkObject('Failed to make fixtures', options)
  checkBase(options.base)
  checkPageOption('Failed to make fixtures', options.page)
  // Profiles that are loaded when they are chosen are there when the first test begins.
  const loading = isAtOnce(options.profile) ? mockOf(options) : loadMock(options)
  const ocs = async (
    { context, ocsOptions }: { context: BrowserContext; ocsOptions: OcsOptions },
    use: Use<OcsMock>,
    testInfo: TestInfo,
  ): Promise<void> => {
    const chosen = { ...options, ...ocsOptions }
    const isAsGiven = Object.keys(ocsOptions).length === 0
    const mock = isAsGiven ? (await loading).fork() : await loadMock(chosen)
    await intercept(context, mock, chosen.base === undefined ? {} : { base: chosen.base })
    if (chosen.page) {
      const page = await mock.page(chosen.page === true ? {} : chosen.page)
      await context.addInitScript({ content: page.script() })
    }
    const letGo = followClock(context.clock, mock.world.clock)
    await duringTest(mock, testInfo, chosen, () => use(mock))
    letGo()
  }
  const request = async (
    { request: plain, ocs: mock, ocsOptions, baseURL }: RequestArguments,
    use: Use<APIRequestContext>,
  ): Promise<void> => {
    const { base = options.base } = ocsOptions
    const reaching = await requestsReaching(mock, plain, { baseURL, base })
    await use(reaching.request)
    await reaching.end()
  }
  return {
    // `auto`: pages are answered even in a test that does not ask for the fake itself.
    ocs: [ocs, { auto: true }],
    ocsOptions: [{}, { option: true }],
    request,
  }
}

interface RequestArguments extends OcsFixtures {
  readonly request: APIRequestContext
  readonly baseURL: string | undefined
}

const mockOf = ({ base: _, page: __, failOnUnanswered: ___, ...options }: OcsOptions): OcsMock => new OcsMock(options)

const loadMock = async (options: OcsOptions): Promise<OcsMock> =>
  mockOf({ ...options, profile: await loadProfile(options.profile) })

/** What a test has of a fake: a contract that knows its name, and a report when it fails. */
export async function duringTest(
  mock: OcsMock,
  testInfo: TestInfo,
  { failOnUnanswered = false }: TestOptions,
  test: () => Promise<void>,
): Promise<void> {
  mock.contract?.test(testInfo.titlePath.filter((part) => part !== '').join(' › '))
  await test()
  const unanswered = failOnUnanswered ? mock.journal.entries.filter(isUnanswered) : []
  if (unanswered.length > 0 || testInfo.status !== testInfo.expectedStatus) await attach(mock, testInfo)
  if (unanswered.length > 0) throw unansweredError(unanswered)
}

const isUnanswered = ({ outcome }: JournalEntry): boolean => outcome !== 'answered' && outcome !== 'dropped'

function unansweredError(entries: readonly JournalEntry[]): UserError {
  const told = entries.map((entry) => `  ${showRequest(entry)} (${entry.outcome})`).join('\n')
  return new UserError(
    `The test asked what nothing answers:\n${told}\nAnswer it with ocs.answer(…) or an app of your own, or leave failOnUnanswered out.`,
  )
}

async function attach(mock: OcsMock, testInfo: TestInfo): Promise<void> {
  const contentType = 'application/json'
  const json = (value: unknown) => ({ contentType, body: JSON.stringify(value, null, 2) })
  await testInfo.attach('ocs-mock: requests', json(mock.journal.entries))
  await testInfo.attach('ocs-mock: world', json(mock.world.dump()))
}
