import type { PhpValue } from '#lib/php.ts'
import type { Encoded } from './endpoint.ts'

/** A status in the handlers' one language with all that the envelope can carry. */
export interface Outcome {
  readonly status: number
  /** Default: none. */
  readonly message?: string | undefined
  readonly data: PhpValue
  readonly totalItems?: number | undefined
  readonly itemsPerPage?: number | undefined
  readonly encoded?: Encoded | undefined
}

export interface Envelope {
  readonly httpStatus: number
  readonly meta: Readonly<Record<string, string | number>>
}

const UNAUTHORISED = 997
const NOT_FOUND = 998
const SERVER_ERROR = 996
const UNKNOWN_ERROR = 999

/**
 * v1: HTTP says 200 to everything but 997, success is 100, and the paging members are always there.
 * Source: Nextcloud 34.0.1, corpus.
 */
export function envelopeV1({ status, message = '', totalItems, itemsPerPage }: Outcome): Envelope {
  const statuscode = status === 200 ? 100 : status
  const ok = statuscode === 100
  return {
    httpStatus: status === UNAUTHORISED ? 401 : 200,
    meta: {
      status: ok ? 'ok' : 'failure',
      statuscode,
      message: ok ? 'OK' : message,
      totalitems: totalItems === undefined ? '' : String(totalItems),
      itemsperpage: itemsPerPage === undefined ? '' : String(itemsPerPage),
    },
  }
}

/** v2: HTTP follows the status, OCS codes get the HTTP status that fits, and paging shows only where it is set. */
export function envelopeV2(
  { status, message = '', totalItems, itemsPerPage }: Outcome,
  ownStatuses: Readonly<Record<number, number>> = {},
): Envelope {
  const ok = status >= 200 && status < 300
  const meta: Record<string, string | number> = {
    status: ok ? 'ok' : 'failure',
    statuscode: status,
    message: ok ? 'OK' : message,
  }
  if (totalItems !== undefined) meta.totalitems = totalItems
  if (itemsPerPage !== undefined) meta.itemsperpage = itemsPerPage
  return { httpStatus: ownStatuses[status] ?? httpStatusOf(status), meta }
}

function httpStatusOf(status: number): number {
  if (status === UNAUTHORISED) return 401
  if (status === NOT_FOUND) return 404
  if (status === SERVER_ERROR || status === UNKNOWN_ERROR) return 500
  return status < 200 || status > 600 ? 400 : status
}
