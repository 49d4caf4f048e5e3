import { type Answer, type Call, headerOnWire } from '#line/call.ts'
import { atEntryPoint, isEntryPoint } from '#line/entry-points.ts'
import { ConnectionDropped } from '#line/failures.ts'
import { OcsMock, type OcsMockOptions } from '#mock.ts'
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

export interface InterceptOptions {
  /** Only intercept below this address: `https://cloud.example.com`. Default: any host. */
  readonly base?: string
}

const NO_BODY = new Uint8Array(0)

/** Answer the requests that a page, or all pages of a context, send to a Nextcloud. */
export async function intercept(target: Interceptable, mock: OcsMock, { base }: InterceptOptions = {}): Promise<void> {
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

/**
 * Fixtures for Playwright's `test.extend`: each test gets a fake of its own, and all its pages talk to it.
 *
 * @example
 * const test = base.extend(ocsMock({ signedInAs: 'admin' }))
 * test('lists accounts', async ({ page, ocs }) => { … })
 * @throws UserError for an unknown profile or a mistake in the seed.
 */
export function ocsMock(options: OcsMockOptions & InterceptOptions = {}) {
  // Profiles that are loaded when they are chosen are there when the first test begins.
  const loading = isAtOnce(options.profile) ? new OcsMock(options) : loadMock(options)
  const ocs = async ({ context }: { context: Interceptable }, use: (ocs: OcsMock) => Promise<void>): Promise<void> => {
    const mock = (await loading).fork()
    await intercept(context, mock, options)
    await use(mock)
  }
  // `auto`: pages are answered even in a test that does not ask for the fake itself.
  return { ocs: [ocs, { auto: true }] as [typeof ocs, { auto: true }] }
}

const loadMock = async (options: OcsMockOptions): Promise<OcsMock> =>
  new OcsMock({ ...options, profile: await loadProfile(options.profile) })

async function callFromPlaywright(request: PlaywrightRequest): Promise<Call> {
  const url = new URL(request.url())
  const headers = await request.allHeaders()
  return {
    method: request.method(),
    path: url.pathname,
    query: url.search.slice(1),
    origin: url.origin,
    header: (name) => headers[name] ?? '',
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
