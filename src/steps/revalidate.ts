import type { Call } from '../call.ts'
import type { Result } from '../endpoint.ts'

const NOT_MODIFIED = 304

/**
 * The header of a result's ETag, and 304 for a caller that has this state already. v1 then says 304 in its meta
 * alone and still sends the data (Nextcloud 34.0.1, asked).
 */
export function revalidate(call: Call, result: Result): Result {
  if (result.etag === undefined) return result
  const etag = `"${result.etag}"`
  const headers = { ...result.headers, ETag: etag }
  return { ...result, headers, status: call.header('if-none-match').trim() === etag ? NOT_MODIFIED : result.status }
}
