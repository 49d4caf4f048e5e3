import { targetOf } from '../exchange.ts'
import { exchangeOf, type RecordedCase } from '../recording.ts'
import type { Observed } from './observed.ts'

/** A recorded request of a client as it may have been: what was redacted stays so. */
export function observedOf(recorded: RecordedCase): Observed[] {
  const { as, account, body } = recorded
  return recorded.answers.map((answer): Observed => {
    const exchange = exchangeOf(recorded, answer)
    const { path, query, headers } = targetOf(exchange.asked)
    const type = body === undefined ? {} : { 'content-type': body.type }
    return {
      method: exchange.asked.method,
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
