import { type HttpHandler, HttpResponse, http, passthrough } from 'msw'
import { type Call, callFromRequest, responseFromAnswer } from '#line/call.ts'
import { atEntryPoint, ENTRY } from '#line/entry-points.ts'
import { ConnectionDropped, UnknownRouteError } from '#line/failures.ts'
import type { OcsMock } from '#mock.ts'

/**
 * The handlers for `setupServer` and `setupWorker`: a single one, in front of our own router, because MSW tries
 * handlers one by one, so one per operation would make every request as dear as the list is long.
 * Put your own before it to override single operations.
 * @param base only intercept below this address (`https://cloud.example.com`); default: any host.
 */
export function createHandlers(mock: OcsMock, base?: string): HttpHandler[] {
  return [
    http.all(base === undefined ? ENTRY : entryBelow(base), async ({ request }) => {
      const call = atEntryPoint(callFromRequest(request))
      return call ? respond(mock, call) : passthrough()
    }),
  ]
}

/** Scripts right below an address; `*` in it is anything, and a path alone is one of the page's own host. */
function entryBelow(base: string): RegExp {
  const address = base.startsWith('/') && typeof location === 'object' ? location.origin + base : base
  const below = address
    .replace(/\/+$/, '')
    .replace(/[.*+?^${}()|[\]\\]/g, (char) => (char === '*' ? '.*' : `\\${char}`))
  return new RegExp(`^${below}${ENTRY.source}`, 'i')
}

async function respond(mock: OcsMock, call: Call): Promise<Response> {
  try {
    return responseFromAnswer(await mock.handle(call))
  } catch (error) {
    if (error instanceof ConnectionDropped) return HttpResponse.error()
    if (error instanceof UnknownRouteError) {
      console.error(`ocs-mock: ${error.message}`)
      return HttpResponse.error()
    }
    throw error
  }
}
