import { messageOf, UserError } from '#lib/errors.ts'
import { fits, type Infer, s } from '#lib/schema.ts'
import type { ObservedExchange } from './observed-exchange.ts'

/** What was taken from an archive, and what was left. */
export interface HarTraffic {
  /** The address of the server, with its web root. */
  readonly base: string
  readonly observed: readonly ObservedExchange[]
  /** How many entries were left out, by reason. */
  readonly skipped: ReadonlyMap<string, number>
}

const text = () => s.optional(s.string())
const pair = s.object({ name: text(), value: text() }, 'allow')
const pairs = () => s.optional(s.list(pair))

/** What is read of an entry; browsers add to it. */
const entrySchema = s.object(
  {
    request: s.optional(
      s.object(
        {
          method: text(),
          url: text(),
          headers: pairs(),
          cookies: pairs(),
          postData: s.optional(s.object({ mimeType: text(), text: text(), params: pairs() }, 'allow')),
        },
        'allow',
      ),
    ),
    response: s.optional(
      s.object(
        {
          status: s.optional(s.int()),
          headers: pairs(),
          content: s.optional(
            s.object({ mimeType: text(), text: text(), encoding: text(), size: s.optional(s.number()) }, 'allow'),
          ),
        },
        'allow',
      ),
    ),
  },
  'allow',
)

type HarEntry = Infer<typeof entrySchema>
type HarPair = Infer<typeof pair>

const OCS_PATH = /^(.*?)\/(?:ocs\/v[12]\.php(?=\/|$)|status\.php$)/

/**
 * The requests of a HAR file (HTTP Archive 1.2, what developer tools of browsers save) that went to one server.
 * @param address the server; without it, the one that the first request to OCS went to
 * @throws UserError where the file is none, or nothing in it asked a server for OCS
 */
export function readHar(text: string, address?: string): HarTraffic {
  const entries = parse(text)
  const base = address?.replace(/\/+$/, '') ?? findBase(entries)
  if (base === null) throw new UserError('Failed to find a server in the HAR file: nothing in it asked for OCS.')
  const observed: ObservedExchange[] = []
  const skipped = new Map<string, number>()
  for (const entry of entries) {
    const read = readEntry(entry, base)
    if (typeof read === 'string') skipped.set(read, (skipped.get(read) ?? 0) + 1)
    else observed.push(read)
  }
  if (observed.length === 0) throw new UserError(`Failed to find requests to ${base} in the HAR file.`)
  return { base, observed, skipped }
}

function parse(text: string): readonly HarEntry[] {
  let entries: unknown
  try {
    entries = (JSON.parse(text.replace(/^\ufeff/, '')) as { log?: { entries?: unknown } } | null)?.log?.entries
  } catch (error) {
    throw new UserError(`Failed to read the HAR file: ${messageOf(error)}.`)
  }
  if (!Array.isArray(entries)) throw new UserError('Failed to read the HAR file: it has no "log.entries".')
  return entries.filter((entry) => fits(entrySchema, entry))
}

function findBase(entries: readonly HarEntry[]): string | null {
  for (const { request } of entries) {
    if (request?.url === undefined || !URL.canParse(request.url)) continue
    const { origin, pathname } = new URL(request.url)
    const root = OCS_PATH.exec(pathname)?.[1]
    if (root !== undefined) return origin + root
  }
  return null
}

/** The request, or why it is left out. */
function readEntry({ request, response }: HarEntry, base: string): ObservedExchange | string {
  if (request?.url === undefined || !URL.canParse(request.url)) return 'no address that can be read'
  const url = new URL(request.url)
  const root = new URL(base).pathname.replace(/\/$/, '')
  if (url.origin !== new URL(base).origin || !url.pathname.startsWith(`${root}/`)) {
    return `asked ${url.origin === 'null' ? url.protocol : url.origin}${url.origin === new URL(base).origin ? ' outside the web root' : ''}`
  }
  if (response?.status === undefined || response.status < 100 || response.status > 599) return 'no answer'
  const body = contentOf(response.content, pairsOf(response.headers))
  if (body === null) return 'the answer was not saved'
  const headers = pairsOf(request.headers)
  const cookies = (request.cookies ?? []).map(({ name, value }) => `${name}=${value}`).join('; ')
  if (cookies !== '' && !headers.some(([name]) => name === 'cookie')) headers.push(['cookie', cookies])
  const sent = bodyOf(request.postData)
  if (sent.length > 0 && !headers.some(([name]) => name === 'content-type'))
    headers.push(['content-type', request.postData?.mimeType ?? ''])
  return {
    method: (request.method ?? 'GET').toUpperCase(),
    path: url.pathname.slice(root.length),
    query: url.search.slice(1),
    headers,
    body: sent,
    answer: { status: response.status, headers: pairsOf(response.headers), body },
    credentials: headers.some(([name]) => name === 'authorization') ? 'sent' : 'unknown',
  }
}

/** Pseudo-headers of HTTP/2 are no headers. */
const pairsOf = (pairs: readonly HarPair[] = []): [string, string][] =>
  pairs
    .filter(({ name }) => name !== undefined && !name.startsWith(':'))
    .map(({ name, value }) => [name!.toLowerCase(), value ?? ''])

type Content = NonNullable<HarEntry['response']>['content']

/** `null`: there was a body, and the browser did not save it. */
function contentOf(content: Content, headers: readonly [string, string][]): string | Uint8Array | null {
  if (content?.text === undefined) return isEmpty(content, headers) ? '' : null
  if (content.encoding?.toLowerCase() !== 'base64') return content.text
  const bytes = fromBase64(content.text)
  try {
    return bytes && new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return bytes
  }
}

/** Browsers say a size of 0 or -1 of a body that no page read; then the header knows better. */
function isEmpty(content: Content, headers: readonly [string, string][]): boolean {
  const length = headers.find(([name]) => name === 'content-length')?.[1]
  return length === undefined ? (content?.size ?? 0) === 0 : Number(length) === 0
}

function bodyOf(data: NonNullable<HarEntry['request']>['postData']): Uint8Array {
  if (data?.text !== undefined && data.text !== '') return new TextEncoder().encode(data.text)
  const form = new URLSearchParams()
  for (const { name = '', value = '' } of data?.params ?? []) form.append(name, value)
  return new TextEncoder().encode(form.toString())
}

function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  } catch {
    return null
  }
}
