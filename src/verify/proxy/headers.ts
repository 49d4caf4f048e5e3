import type { IncomingMessage } from 'node:http'
import { type Origins, rewriteAddresses } from '#lib/addresses.ts'

type Headers = [name: string, value: string][]

/** Headers that concern one connection alone. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
])
/** Headers of a request that name the address that was asked. */
const ADDRESSES: ReadonlySet<string> = new Set(['destination', 'origin', 'referer'])

/** Names in lower case, in the order in which they came. */
export function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers: Headers = []
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) headers.push([rawHeaders[i]!.toLowerCase(), rawHeaders[i + 1]!])
  return headers
}

const withoutHops = (headers: Headers): Headers => {
  const named = headers.filter(([name]) => name === 'connection').flatMap(([, value]) => value.toLowerCase().split(','))
  const hops = new Set([...HOP_BY_HOP, ...named.map((name) => name.trim())])
  return headers.filter(([name]) => !hops.has(name))
}

/** What the server is sent: its own name, and bodies that are not compressed, because they are read on the way. */
export function forServer(headers: Headers, origins: Origins): Headers {
  const kept = withoutHops(headers).filter(
    ([name]) => name !== 'host' && name !== 'accept-encoding' && name !== 'expect',
  )
  const changed = kept.map(([name, value]): [string, string] =>
    ADDRESSES.has(name) ? [name, rewriteAddresses(value, origins)] : [name, value],
  )
  return [['host', new URL(origins.to).host], ...changed, ['accept-encoding', 'identity']]
}

/** What the client is sent. @param rewritten the body gets another length on the way */
export function forClient(headers: Headers, origins: Origins, rewritten: boolean): Headers {
  return withoutHops(headers)
    .filter(([name]) => name !== 'transfer-encoding' && !(rewritten && name === 'content-length'))
    .map(([name, value]) => [name, name === 'set-cookie' ? ownCookie(value) : rewriteAddresses(value, origins)])
}

/** The cookie as one of the proxy: it has another host, and no TLS. */
function ownCookie(cookie: string): string {
  const [pair = '', ...attributes] = cookie.split(';')
  const mayBeOpen = !/^\s*__(host|secure)-/i.test(pair)
  const kept = attributes.filter((one) => !/^\s*domain=/i.test(one) && !(mayBeOpen && /^\s*secure\s*$/i.test(one)))
  return [pair, ...kept].join(';')
}
