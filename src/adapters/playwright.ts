import { checkMembers } from '#lib/check-members.ts'
import { UserError } from '#lib/errors.ts'
import { type Answer, type Call, headerOnWire } from '#line/call.ts'
import { atEntryPoint, isEntryPoint } from '#line/entry-points.ts'
import { ConnectionDropped } from '#line/failures.ts'
import { OcsMock } from '#mock.ts'

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

const WHAT = 'Failed to intercept requests of a page'

/** @throws UserError where it is no address */
export function checkBase(base: string | undefined): void {
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
