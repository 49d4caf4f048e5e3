import { httpRequestOf } from '../exchange.ts'
import { exchangeOf, type RecordedCase } from '../recording.ts'
import type { ObservedExchange } from './observed-exchange.ts'

/** A recorded request of a client as it may have been: what was redacted stays so. */
export function observedOf(recorded: RecordedCase): ObservedExchange[] {
  const { as, account, body } = recorded
  return recorded.answers.map((answer): ObservedExchange => {
    const exchange = exchangeOf(recorded, answer)
    const { path, query, headers } = httpRequestOf(exchange.request)
    const type = body === undefined ? {} : { 'content-type': body.type }
    return {
      method: exchange.request.method,
      path,
      query,
      headers: Object.entries({ ...headers, ...type }),
      body: new TextEncoder().encode(body !== undefined && 'text' in body ? body.text : ''),
      answer: exchange.answer,
      credentials: as === 'anonymous' ? 'none' : account === undefined ? 'unknown' : 'sent',
      ...(account === undefined ? {} : { account }),
    }
  })
}
