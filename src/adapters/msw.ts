import { type HttpHandler, HttpResponse, http, passthrough } from 'msw'
import { type Call, callFromRequest, responseFromAnswer } from '../call.ts'
import { ConnectionDropped } from '../failures.ts'
import type { OcsMock } from '../mock.ts'
import { atEntryPoint, ENTRY_PATTERNS } from './entry-points.ts'

/**
 * Handlers for `setupServer` and `setupWorker`: a short list in front of our own router, because MSW tries handlers
 * one by one, so one per operation would make every request as dear as the list is long.
 * Put your own before them to override single operations.
 * @param base only intercept below this address (`https://cloud.example.com`); default: any host.
 */
export function createHandlers(mock: OcsMock, base?: string): HttpHandler[] {
  return ENTRY_PATTERNS.map((pattern) =>
    http.all(base ? base.replace(/\/+$/, '') + pattern.slice(1) : pattern, async ({ request }) => {
      const call = atEntryPoint(callFromRequest(request))
      return call ? respond(mock, call) : passthrough()
    }),
  )
}

async function respond(mock: OcsMock, call: Call): Promise<Response> {
  try {
    return responseFromAnswer(await mock.answer(call))
  } catch (error) {
    if (error instanceof ConnectionDropped) return HttpResponse.error()
    throw error
  }
}
