import type {
  Fixtures,
  PlaywrightTestArgs,
  PlaywrightTestOptions,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
  TestInfo,
} from '@playwright/test'
import { checkMembers, checkObject } from '#lib/check-members.ts'
import { UserError } from '#lib/errors.ts'
import { type Answer, type Call, headerOnWire } from '#line/call.ts'
import { atEntryPoint, isEntryPoint } from '#line/entry-points.ts'
import { ConnectionDropped } from '#line/failures.ts'
import { OcsMock, type OcsMockOptions } from '#mock.ts'
import { checkPageOption, type PageOptions } from '#page/open-page.ts'
import { isAtOnce, loadProfile } from '#profiles/index.ts'

/** What we use of Playwright's Request. */
interface PlaywrightRequest {
  method(): string
  url(): string
  allHeaders(): Promise<Record<string, string>>
  postDataBuffer(): Uint8Array | null
}

/** What we use of Playwright's Route. */
interface PlaywrightRoute {
  request(): PlaywrightRequest
  fallback(): Promise<void>
  abort(errorCode: string): Promise<void>
  fulfill(answer: { status: number; headers: Record<string, string>; body: string | Buffer }): Promise<void>
}

/** A page or a browser context of Playwright. Structural, so that any version and package name of it will do. */
export interface Interceptable {
  route(url: (url: URL) => boolean, handler: (route: PlaywrightRoute) => Promise<void>): Promise<unknown>
}

/** A browser context of Playwright, in which pages can be prepared. */
interface InterceptableContext extends Interceptable {
  addInitScript(script: { content: string }): Promise<unknown>
}

export interface InterceptOptions {
  /** Only intercept below this address: `https://cloud.example.com`. Default: any host. */
  readonly base?: string
}

const NO_BODY = new Uint8Array(0)

const WHAT = 'Failed to intercept requests of a page'

/** @throws UserError where it is no address */
function checkBase(base: string | undefined): void {
  if (base === undefined || /^https?:\/\/[^/]/.test(base)) return
  throw new UserError(
    `${WHAT}: "base" is ${JSON.stringify(base)}. Write an address, such as "https://cloud.example.com".`,
  )
}

/**
 * Answer the requests that a page, or all pages of a context, send to a Nextcloud.
 * @throws UserError for what is no page, no mock, or no address
 */
export async function intercept(target: Interceptable, mock: OcsMock, options: InterceptOptions = {}): Promise<void> {
  checkMembers(WHAT, options, ['base'])
  checkBase(options.base)
  if (typeof target?.route !== 'function')
    throw new UserError(`${WHAT}: pass a page or a browser context first: intercept(page, ocs).`)
  if (!(mock instanceof OcsMock)) throw new UserError(`${WHAT}: pass what createOcsMock() made: intercept(page, ocs).`)
  const { base } = options
  const below = base?.replace(/\/*$/, '/')
  await target.route(
    (url) => (below === undefined || url.href.startsWith(below)) && isEntryPoint(url.pathname),
    async (route) => {
      const call = atEntryPoint(await callFromPlaywright(route.request()))
      await (call ? answer(route, mock, call) : route.fallback())
    },
  )
}

async function answer(route: PlaywrightRoute, mock: OcsMock, call: Call): Promise<void> {
  try {
    await fulfill(route, await mock.handle(call))
  } catch (error) {
    if (!(error instanceof ConnectionDropped)) throw error
    await route.abort('connectionreset')
  }
}

/** What of a fake a test may choose: `test.use({ ocsOptions: { seed: … } })`. */
export interface OcsOptions extends OcsMockOptions, InterceptOptions {
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

type OcsFixtureDefinitions = Fixtures<
  OcsFixtures,
  Record<never, never>,
  PlaywrightTestArgs & PlaywrightTestOptions,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
>

/**
 * Fixtures for Playwright's `test.extend`: each test gets a fake of its own, and all its pages talk to it. A test that
 * fails has what was asked and answered, and the world, attached to its report.
 *
 * @example
 * const test = base.extend<OcsFixtures>(ocsMock({ signedInAs: 'admin' }))
 * test('lists accounts', async ({ page, ocs }) => { … })
 * @throws UserError for an unknown profile or a mistake in the seed.
 */
export function ocsMock(options: OcsOptions = {}): OcsFixtureDefinitions {
  checkObject('Failed to make fixtures', options)
  checkBase(options.base)
  checkPageOption('Failed to make fixtures', options.page)
  // Profiles that are loaded when they are chosen are there when the first test begins.
  const loading = isAtOnce(options.profile) ? mockOf(options) : loadMock(options)
  const ocs = async (
    { context, ocsOptions }: { context: InterceptableContext; ocsOptions: OcsOptions },
    use: (ocs: OcsMock) => Promise<void>,
    testInfo: TestInfo,
  ): Promise<void> => {
    const isAsGiven = Object.keys(ocsOptions).length === 0
    const mock = isAsGiven ? (await loading).fork() : await loadMock({ ...options, ...ocsOptions })
    mock.contract?.test(testInfo.titlePath.filter((part) => part !== '').join(' › '))
    const chosen = { ...options, ...ocsOptions }
    await intercept(context, mock, chosen.base === undefined ? {} : { base: chosen.base })
    if (chosen.page) {
      const page = await mock.page(chosen.page === true ? {} : chosen.page)
      await context.addInitScript({ content: page.script() })
    }
    await use(mock)
    if (testInfo.status !== testInfo.expectedStatus) await attach(mock, testInfo)
  }
  return {
    // `auto`: pages are answered even in a test that does not ask for the fake itself.
    ocs: [ocs, { auto: true }],
    ocsOptions: [{}, { option: true }],
  }
}

const mockOf = ({ base: _, page: __, ...options }: OcsOptions): OcsMock => new OcsMock(options)

const loadMock = async (options: OcsOptions): Promise<OcsMock> =>
  mockOf({ ...options, profile: await loadProfile(options.profile) })

async function attach(mock: OcsMock, testInfo: TestInfo): Promise<void> {
  const contentType = 'application/json'
  const json = (value: unknown) => ({ contentType, body: JSON.stringify(value, null, 2) })
  await testInfo.attach('ocs-mock: requests', json(mock.journal.entries))
  await testInfo.attach('ocs-mock: world', json(mock.world.dump()))
}

async function callFromPlaywright(request: PlaywrightRequest): Promise<Call> {
  const url = new URL(request.url())
  const headers = await request.allHeaders()
  return {
    method: request.method(),
    path: url.pathname,
    query: url.search.slice(1),
    origin: url.origin,
    header: (name) => headers[name] ?? '',
    headers: () => Object.entries(headers),
    body: () => request.postDataBuffer() ?? NO_BODY,
    remoteAddress: '127.0.0.1',
  }
}

function fulfill(route: PlaywrightRoute, { status, headers, body }: Answer): Promise<void> {
  const merged: Record<string, string> = {}
  for (const [name, value] of headers) {
    // Playwright takes several cookies as lines of one value.
    const sent = headerOnWire(value)
    merged[name] = merged[name] === undefined ? sent : `${merged[name]}\n${sent}`
  }
  return route.fulfill({ status, headers: merged, body: typeof body === 'string' ? body : Buffer.from(body) })
}
