import { isLoopback } from '#lib/loopback.ts'

const MOST_REDIRECTS = 5
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Something wanted to be called that is neither on this machine nor allowed. */
export class NotAllowedError extends Error {
  override readonly name = 'NotAllowedError'
}

/**
 * A `fetch` that reaches this machine and some named hosts, and nothing else, whatever redirects say.
 * @param allowed host names, with a port where only that one is meant
 * @param tell called with a sentence when something else was wanted
 */
export function limitedFetch(
  send: typeof fetch,
  allowed: readonly string[],
  tell: (message: string) => void,
): typeof fetch {
  return async (input, init) => {
    let request = new Request(input, init)
    const body = request.body === null ? null : await request.clone().arrayBuffer()
    for (let count = 0; ; count++) {
      check(new URL(request.url), allowed, tell)
      const response = await send(request, { redirect: 'manual' })
      const location = response.headers.get('location')
      if (!REDIRECTS.has(response.status) || location === null || request.redirect === 'manual') return response
      if (count === MOST_REDIRECTS) throw new TypeError('fetch failed: too many redirects')
      request = redirected(request, body, new URL(location, request.url).href, response.status)
    }
  }
}

function check({ host, hostname }: URL, allowed: readonly string[], tell: (message: string) => void): void {
  if (isLoopback(hostname) || allowed.includes(host) || allowed.includes(hostname)) return
  const message = `ocs-mock did not call ${host}: it calls this machine alone. Allow it with --allow-outgoing ${hostname}.`
  tell(message)
  throw new NotAllowedError(message)
}

function redirected(request: Request, body: ArrayBuffer | null, url: string, status: number): Request {
  const isKept = status === 307 || status === 308 || request.method === 'GET' || request.method === 'HEAD'
  const { headers, signal } = request
  return isKept
    ? new Request(url, { method: request.method, headers, signal, body })
    : new Request(url, { method: 'GET', headers, signal })
}
