import { membersOf, parseJson } from '#lib/json.ts'
import { isPhpArray } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import { type Attribute, type permissions, withAttribute } from '#world/sharing/shares.ts'

/** `true` and `false` as words; anything else says nothing. */
export function toggle(value: string | null): boolean | null {
  return value === 'true' ? true : value === 'false' ? false : null
}

/** The member of an attribute that says yes or no. */
export const ATTRIBUTE_VALUE = byRelease('enabled', { 30: 'value' })

/** Attributes from the JSON text that clients send; `malformed` ones end in an error that nothing catches. */
export function readAttributes(text: string, release: number): Attribute[] | 'no-list' | 'malformed' {
  const list = parseJson(text)
  if (!isPhpArray(list)) return 'no-list'
  let read: Attribute[] = []
  for (const entry of Object.values(list)) {
    if (!isPhpArray(entry)) return 'malformed'
    const { scope, key, [ATTRIBUTE_VALUE.at(release)]: value = null } = membersOf(entry)
    if (typeof scope !== 'string' || typeof key !== 'string') return 'malformed'
    read = withAttribute(read, { scope, key, value })
  }
  return read
}

/** What is said of attributes that are no list; up to 31 with what was to escape the quotes (27.1.10, asked). */
export const badAttributes = (text: string, release: number): string =>
  `Invalid share attributes provided: ${QUOTE.at(release)}${text}${QUOTE.at(release)}`

const QUOTE = byRelease('\\"', { 32: '"' })

export const MAX_LABEL_BYTES = 255
export const LABEL_TOO_LONG = 'Maximum label length is 255'

export const byteLength = (text: string): number => new TextEncoder().encode(text).length

/** What is wrong with a link's permissions, in the words of the real server. */
export const LINK_PROBLEMS: Readonly<Record<permissions.LinkProblem, readonly [code: 400 | 403, message: string]>> = {
  'upload-to-file': [400, 'Public upload is only possible for publicly shared folders'],
  'neither-read-nor-create': [400, 'Share must at least have READ or CREATE permissions'],
  'write-without-read': [400, 'Share must have READ permission if UPDATE or DELETE permission is set'],
  'upload-off': [403, 'Public upload disabled by the administrator'],
}

export const BAD_DATE = byRelease('Invalid date, date format must be YYYY-MM-DD', {
  32: 'Invalid date. Format must be YYYY-MM-DD',
})
