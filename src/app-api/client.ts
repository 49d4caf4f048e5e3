import { codeOf } from '#lib/errors.ts'
import type { Profile } from '#profiles/profile.ts'
import * as exApps from '#world/exapps/exapps.ts'
import type { World } from '#world/world.ts'

/** What calls to ExApps need. */
export interface ExAppClient {
  readonly world: World
  readonly profile: Profile
  readonly outgoing: typeof fetch
  /** Names the request that the call passes on; what the server does by itself is `CLI`. */
  readonly requestId: string
}

/** A client for calls that the server makes by itself: those, too, say that they come from the command line. */
export const clientFor = ({ world, profile, outgoing }: Omit<ExAppClient, 'requestId'>): ExAppClient => ({
  world,
  profile,
  outgoing,
  requestId: 'CLI',
})

export interface ExAppRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Whom the server speaks for; `null`: nobody. */
  readonly userId?: string | null
  /** The query of a GET, the JSON body of anything else. */
  readonly params?: object
  readonly headers?: Readonly<Record<string, string>>
  /** Seconds; 0: as long as it takes. Default: 3, as the real server has it. */
  readonly timeout?: number
}

/** What went wrong on the way, in the words of the real server's HTTP client. */
export interface ExAppUnreachable {
  readonly error: string
}

const DEFAULT_TIMEOUT = 3

/** Where an ExApp listens. The port that a daemon's host may name does not count. */
export function exAppUrl(world: World, exApp: exApps.ExApp): string {
  const daemon = exApps.findDaemon(world, exApp.daemon)
  const host = (daemon?.host ?? '127.0.0.1').split(':')[0]!
  return `${daemon?.protocol ?? 'http'}://${host}:${exApp.port}`
}

/** What AppAPI puts on its calls. */
export function authHeaders(
  { world, profile, requestId }: ExAppClient,
  exApp: exApps.ExApp,
  userId: string | null,
): Record<string, string> {
  const bytes = new TextEncoder().encode(`${userId ?? ''}:${exApp.secret}`)
  return {
    'AA-VERSION': profile.apps.find(({ id }) => id === exApps.APP)?.version ?? '',
    'EX-APP-ID': exApp.id,
    'EX-APP-VERSION': exApps.find(world, exApp.id)?.version ?? exApp.version,
    'AUTHORIZATION-APP-API': btoa(String.fromCharCode(...bytes)),
    'AA-REQUEST-ID': requestId,
    'User-Agent': userAgent(profile),
  }
}

const userAgent = ({ versionString }: Profile) => `Nextcloud-Server-Crawler/${versionString}`

/** Call an ExApp as the server. Statuses of 400 and more are answers, not errors. */
export async function requestToExApp(
  client: ExAppClient,
  exApp: exApps.ExApp,
  route: string,
  { method = 'POST', userId = null, params = {}, headers = {}, timeout = DEFAULT_TIMEOUT }: ExAppRequest = {},
): Promise<Response | ExAppUnreachable> {
  const hasParams = Object.keys(params).length > 0
  const query = method === 'GET' && hasParams ? `?${buildQuery(params)}` : ''
  const url = `${exAppUrl(client.world, exApp)}/${route.replace(/^\//, '')}${query}`
  const hasBody = method !== 'GET' && hasParams
  return send(client, url, timeout, {
    method,
    headers: {
      ...(hasHeader(headers, 'accept-language') ? {} : { 'Accept-Language': 'en' }),
      ...headers,
      ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
      ...authHeaders(client, exApp, userId),
    },
    ...(hasBody ? { body: JSON.stringify(params) } : {}),
  })
}

const hasHeader = (headers: Readonly<Record<string, string>>, wanted: string) =>
  Object.keys(headers).some((name) => name.toLowerCase() === wanted)

/** A query as PHP's `http_build_query` writes it: `null` is left out, booleans are 1 and 0, lists have `a[0]`. */
function buildQuery(params: object): string {
  const pairs: [string, string][] = []
  const add = (name: string, value: unknown) => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) add(`${name}[${key}]`, inner)
    } else if (value !== null && value !== undefined) {
      pairs.push([name, typeof value === 'boolean' ? String(Number(value)) : String(value)])
    }
  }
  for (const [key, value] of Object.entries(params)) add(key, value)
  return String(new URLSearchParams(pairs))
}

/** Any request to an ExApp. */
export async function send(
  { outgoing }: Pick<ExAppClient, 'outgoing'>,
  url: string,
  timeout: number,
  init: RequestInit,
): Promise<Response | ExAppUnreachable> {
  try {
    return await outgoing(url, { ...init, ...(timeout > 0 ? { signal: AbortSignal.timeout(timeout * 1000) } : {}) })
  } catch (error) {
    return { error: describeFailure(url, timeout, error) }
  }
}

/** The whole body of an answer, or why it broke off. */
export async function readBody(answer: Response): Promise<Uint8Array | ExAppUnreachable> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const reader = answer.body?.getReader()
  try {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) pieces.push(next.value)
  } catch {
    return {
      error: describeCut(
        answer,
        pieces.reduce((sum, { length }) => sum + length, 0),
      ),
    }
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer())
}

function describeCut({ headers, url }: Response, received: number): string {
  const announced = headers.get('content-length')
  const missing =
    announced === null ? 'outstanding read data remaining' : `${Number(announced) - received} bytes remaining to read`
  return `cURL error 18: transfer closed with ${missing} ${SEE} for ${url}`
}

const SEE = '(see https://curl.haxx.se/libcurl/c/libcurl-errors.html)'

function describeFailure(url: string, timeout: number, error: unknown): string {
  const { hostname, port } = new URL(url)
  const { name, cause } = error as Error
  if (name === 'TimeoutError') {
    const waited = timeout * 1000 + 1
    return `cURL error 28: Operation timed out after ${waited} milliseconds with 0 bytes received ${SEE} for ${url}`
  }
  if (codeOf(cause) === 'ENOTFOUND') {
    return `cURL error 6: Could not resolve host: ${hostname} ${SEE} for ${url}`
  }
  if (isReset(cause)) return `cURL error 52: Empty reply from server ${SEE} for ${url}`
  return `cURL error 7: Failed to connect to ${hostname} port ${port} after 0 ms: Couldn't connect to server ${SEE} for ${url}`
}

const isReset = (cause: unknown) => ['ECONNRESET', 'UND_ERR_SOCKET'].includes(codeOf(cause) ?? '')
