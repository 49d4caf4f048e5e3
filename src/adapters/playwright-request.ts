import type { APIRequestContext, Request } from '@playwright/test'
import { isEntryPoint } from '#line/entry-points.ts'
import type { OcsMock } from '#mock.ts'

interface Addresses {
  /** What relative addresses are relative to. */
  readonly baseURL: string | undefined
  /** Only what is below this address reaches the fake. */
  readonly base: string | undefined
}

/** Methods that take an address first. */
const SENDING = ['delete', 'fetch', 'get', 'head', 'patch', 'post', 'put'] as const

/**
 * Playwright's `request`, whose requests for a Nextcloud go to the fake, as those of pages do. It speaks HTTP, so the fake
 * listens on a port of this machine until `end`.
 */
export async function requestsReaching(
  mock: OcsMock,
  request: APIRequestContext,
  { baseURL, base }: Addresses,
): Promise<{ readonly request: APIRequestContext; end(): Promise<void> }> {
  const { startServer } = await import('./node-server.ts')
  const server = await startServer(mock)
  const below = base?.replace(/\/*$/, '/')
  const isForFake = (url: URL) => (below === undefined || url.href.startsWith(below)) && isEntryPoint(url.pathname)
  const reaching = (address: string): string => {
    const url = new URL(address, baseURL ?? server.url)
    return isForFake(url) ? server.url + url.pathname + url.search : address
  }
  const senders = SENDING.map((name) => {
    const send = (url: string | Request, options?: object) =>
      request.fetch(typeof url === 'string' ? reaching(url) : url, {
        ...(name === 'fetch' ? {} : { method: name.toUpperCase() }),
        ...options,
      })
    return [name, send] as const
  })
  return {
    request: Object.assign(Object.create(request), Object.fromEntries(senders)),
    end: () => server.close(),
  }
}
