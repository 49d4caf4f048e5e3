import { rawurldecode } from '#lib/php.ts'
import { forbidden, unexpected } from '#line/dav-exit.ts'
import type { DavContext } from './resource.ts'

/** What the server says where PHP refused a type. */
export const TYPE_ERROR =
  'A type error occurred. For more details, please refer to the logs, which provide additional context about the type error.'

/** A path from the top, without `.`, `..` and empty segments. */
function withoutDots(path: string): string {
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(segment)
  }
  return `/${kept.join('/')}`
}

/** Headers show bytes one by one. Those that are no UTF-8 are Latin-1, and a broken escape stays as it is. */
function decodedPath(path: string): string {
  const escaped = /[^\0-\xff]/.test(path)
    ? path
    : path.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`)
  const text = rawurldecode(escaped)
  if (!text.includes('\ufffd')) return text
  return escaped.replace(/%([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

/** The path below the base that an address in a header names. */
export function pathOfAddress(dav: DavContext, address: string): string {
  if (/^[a-z]+:\/\/[^/]*$/i.test(address)) throw unexpected('TypeError', TYPE_ERROR)
  const path = decodedPath(withoutDots(address.replace(/^[a-z]+:\/\/[^/]*/i, '')))
  const { base, places } = dav.server
  if (path.startsWith(base)) {
    const below = path.slice(base.length).replace(/^\/+|\/+$/g, '')
    return places?.inside(below) ?? below
  }
  if (`${path}/` === base) return ''
  throw forbidden(`Requested uri (${foreignAddress(address) ?? path}) is out of base uri (${base})`)
}

/** An address of a scheme that knows no hosts, as the server names it: `mailto:/ann%40example.org` (Nextcloud 34.0.1, asked). */
function foreignAddress(address: string): string | undefined {
  const [, scheme, rest = ''] = /^([a-z][a-z\d+.-]*):(?!\/\/)(.*)$/i.exec(address) ?? []
  return scheme && `${scheme}:/${rest.split('/').map(encodeURIComponent).join('/')}`
}
