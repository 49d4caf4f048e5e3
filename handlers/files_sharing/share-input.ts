import { membersOf, parseJson } from '#lib/json.ts'
import { isPhpArray } from '#lib/php.ts'
import { byRelease } from '#lib/releases.ts'
import { type Attribute, type permissions, withAttribute } from '#world/sharing/shares.ts'

/** `true` and `false` as words; anything else says nothing. */
export function toggle(value: string | null): boolean | null {
  return value === 'true' ? true : value === 'false' ? false : null
}

/** Attributes from the JSON text that clients send; `malformed` ones end in an error that nothing catches. */
export function readAttributes(text: string): Attribute[] | 'no-list' | 'malformed' {
  const list = parseJson(text)
  if (!isPhpArray(list)) return 'no-list'
  let read: Attribute[] = []
  for (const entry of Object.values(list)) {
    if (!isPhpArray(entry)) return 'malformed'
    const { scope, key, value = null } = membersOf(entry)
    if (typeof scope !== 'string' || typeof key !== 'string') return 'malformed'
    read = withAttribute(read, { scope, key, value })
  }
  return read
}

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
