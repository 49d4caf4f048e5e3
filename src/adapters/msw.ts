import { type HttpHandler, http, passthrough } from 'msw'
import { callFromRequest, responseFromAnswer } from '../call.ts'
import type { OcsMock } from '../mock.ts'

/**
 * What MSW lets through to us. A short list in front of our own router: MSW tries handlers one by one,
 * so one per operation would make every request as dear as the list is long.
 */
const PATTERNS = [
  '*/ocs/v1.php/*',
  '*/ocs/v2.php/*',
  '*/status.php',
  '*/index.php/*',
  '*/remote.php/*',
  '*/public.php/*',
] as const

/**
 * Handlers for `setupServer` and `setupWorker`. Put your own before them to override single operations.
 * @param base only intercept below this address (`https://cloud.example.com`); default: any host.
 */
export function createHandlers(mock: OcsMock, base?: string): HttpHandler[] {
  return PATTERNS.map((pattern) =>
    http.all(base ? base.replace(/\/+$/, '') + pattern.slice(1) : pattern, async ({ request }) => {
      const call = callFromRequest(request)
      const path = withoutWebRoot(call.path)
      if (path === null) return passthrough()
      return responseFromAnswer(await mock.answer({ ...call, path }))
    }),
  )
}

const ENTRY = /\/(?:ocs\/v[12]\.php|status\.php|index\.php|remote\.php|public\.php)(?:\/|$)/

/** A Nextcloud may live below a folder (`/nextcloud/ocs/v2.php/…`); ours does not care. */
function withoutWebRoot(path: string): string | null {
  const match = ENTRY.exec(path)
  return match ? path.slice(match.index) : null
}
