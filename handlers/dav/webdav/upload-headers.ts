import type { Headers } from '#dav/resource.ts'
import { digest } from '#lib/digest.ts'
import { md5 } from '#lib/md5.ts'
import { isNumeric, toInt } from '#lib/php.ts'
import { parsePhpDate } from '#lib/php-date.ts'
import { byRelease } from '#lib/releases.ts'
import type { Call } from '#line/call.ts'
import { type DavError, unexpected } from '#line/dav-exit.ts'
import type { PutOptions } from '#world/files/files.ts'
import type { World } from '#world/world.ts'

/** What an upload says about itself besides its bytes. */
export interface Upload {
  readonly options: PutOptions
  readonly headers: Headers
  /** Told after the bytes were written. */
  readonly problem?: DavError
}

/** @param release whose words it has for a time that is none
 * @param body without it, no hashes are told */
export async function readUpload(call: Call, release: number, body?: Uint8Array): Promise<Upload> {
  const headers: [string, string][] = body ? await hashHeaders(call.header('x-hash'), body) : []
  const options: { -readonly [K in keyof PutOptions]: PutOptions[K] } = { checksum: call.header('oc-checksum').trim() }
  for (const [header, shown, member] of [
    ['x-oc-mtime', 'X-OC-MTime', 'mtime'],
    ['x-oc-ctime', 'X-OC-CTime', 'createdAt'],
  ] as const) {
    const value = call.header(header)
    if (value === '') continue
    const problem = timeProblem(value, release)
    if (problem) return { options, headers, problem }
    options[member] = toInt(value)
    headers.push([shown, 'accepted'])
  }
  return { options, headers }
}

const FIRST_DAY = 24 * 60 * 60

/** Times before the first day count as none: old clients sent them for files without one. */
export function sanitizeTime(value: string): number {
  const seconds = toInt(value)
  return seconds <= FIRST_DAY ? 0 : seconds
}

/** Source: Nextcloud 27.1.10, 32.0.2 and later. */
const TELLS_TIME = byRelease(false, { 28: true })

function wrongTime(wanted: keyof typeof WANTED, value: string, release: number): DavError {
  const { before, since } = WANTED[wanted]
  const told = TELLS_TIME.at(release) ? `a valid ${since}, got "${value}".` : before
  return unexpected('InvalidArgumentException', `X-OC-MTime header must be ${told}`)
}

const WANTED = {
  number: { before: 'an integer (unix timestamp).', since: 'integer (unix timestamp)' },
  later: { before: 'a valid positive integer', since: 'positive unix timestamp greater than one day' },
} as const

/**
 * The time that a property gives a file, in seconds since 1970.
 * @throws DavError 500 for a text that is no number, or one of the first day
 */
export function readTime(text: string, release: number): number {
  const problem = timeProblem(text, release)
  if (problem) throw problem
  return toInt(text)
}

/** What is wrong with a time; a number of the first day comes from clients that know none. */
function timeProblem(text: string, release: number): DavError | null {
  if (!isNumeric(text)) return wrongTime('number', text, release)
  return toInt(text) > FIRST_DAY ? null : wrongTime('later', text, release)
}

/**
 * The moment that a date names, in seconds since 1970.
 * @throws DavError 500 for a text that is none
 */
export function readDate(world: World, text: string): number {
  const date = parsePhpDate(text, world.clock.seconds())
  if (date) return date.seconds
  throw unexpected(
    'Exception',
    `Failed to parse time string (${text}) at position 0 (${text[0]}): Unexpected character`,
  )
}

async function hashHeaders(algorithm: string, body: Uint8Array): Promise<[string, string][]> {
  const all = algorithm === 'all'
  const headers: [string, string][] = []
  if (all || algorithm === 'sha256') headers.push(['X-Hash-SHA256', await digest('SHA-256', body)])
  if (all || algorithm === 'sha1') headers.push(['X-Hash-SHA1', await digest('SHA-1', body)])
  if (all || algorithm === 'md5') headers.push(['X-Hash-MD5', md5(body)])
  return headers
}
