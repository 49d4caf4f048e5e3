import type { Headers } from '#dav/resource.ts'
import { digest } from '#lib/digest.ts'
import { md5 } from '#lib/md5.ts'
import { isNumeric, toFloat } from '#lib/php.ts'
import type { Call } from '#line/call.ts'
import { type DavError, unexpected } from '#line/dav-exit.ts'
import type { PutOptions } from '#world/files/files.ts'

/** What an upload says about itself besides its bytes. */
export interface Upload {
  readonly options: PutOptions
  readonly headers: Headers
  /** Told after the bytes were written. */
  readonly problem?: DavError
}

/** @param body without it, no hashes are told */
export async function readUpload(call: Call, body?: Uint8Array): Promise<Upload> {
  const headers: [string, string][] = body ? await hashHeaders(call.header('x-hash'), body) : []
  const options: { -readonly [K in keyof PutOptions]: PutOptions[K] } = { checksum: call.header('oc-checksum').trim() }
  for (const [header, shown, member] of [
    ['x-oc-mtime', 'X-OC-MTime', 'mtime'],
    ['x-oc-ctime', 'X-OC-CTime', 'createdAt'],
  ] as const) {
    const value = call.header(header)
    if (value === '') continue
    if (!isNumeric(value) || /^\s*0x/i.test(value)) return { options, headers, problem: wrongTime(value) }
    options[member] = sanitizeTime(value)
    headers.push([shown, 'accepted'])
  }
  return { options, headers }
}

/** Times before the first day count as none: old clients sent them for files without one. */
export function sanitizeTime(value: string): number {
  const seconds = Math.trunc(toFloat(value))
  return seconds <= 24 * 60 * 60 ? 0 : seconds
}

const wrongTime = (value: string) =>
  unexpected('InvalidArgumentException', `X-OC-MTime header must be a valid integer (unix timestamp), got "${value}".`)

async function hashHeaders(algorithm: string, body: Uint8Array): Promise<[string, string][]> {
  const all = algorithm === 'all'
  const headers: [string, string][] = []
  if (all || algorithm === 'sha256') headers.push(['X-Hash-SHA256', await digest('SHA-256', body)])
  if (all || algorithm === 'sha1') headers.push(['X-Hash-SHA1', await digest('SHA-1', body)])
  if (all || algorithm === 'md5') headers.push(['X-Hash-MD5', md5(body)])
  return headers
}
