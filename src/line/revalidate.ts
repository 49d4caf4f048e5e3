import { md5 } from '#lib/md5.ts'
import type { Call } from './call.ts'
import { toJson } from './encode.ts'
import type { Result } from './endpoint.ts'

const NOT_MODIFIED = 304

/**
 * The header of a result's ETag, and 304 for a caller that has this state already. v1 then says 304 in its meta
 * alone and still sends the data (Nextcloud 34.0.1, asked).
 */
export function revalidate(call: Call, result: Result): Result {
  if (result.etag === undefined) return result
  const ETag = `"${result.etag === true ? md5(toJson(result.data)) : result.etag}"`
  const { data, message, cookies, totalItems, itemsPerPage, encoded } = result
  const headers = result.headers === undefined ? { ETag } : { ...result.headers, ETag }
  const status = call.header('if-none-match').trim() === ETag ? NOT_MODIFIED : result.status
  return { status, data, message, headers, cookies, totalItems, itemsPerPage, encoded }
}
