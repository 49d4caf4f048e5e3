import type { Json } from '#lib/json.ts'
import { parseMultipart } from '#line/multipart.ts'
import { parseJson, parseXml, plain, type XmlElement } from '#verify/decode-answer.ts'
import type { Content, Pairs, Part } from './contract.ts'

/** What is larger is not kept, in bytes. */
const MOST_BYTES = 16_384

export const mediaTypeOf = (type: string): string => type.split(';')[0]!.trim().toLowerCase()

/** The body of an answer as contracts keep it; `undefined`: there is none. */
export const readAnswer = (body: string | Uint8Array, type: string): Content | undefined => read(body, type, asTree)

/** The body of a request, of which XML is kept as it was written: it is sent again. */
export const readRequest = (body: Uint8Array, type: string): Content | undefined => read(body, type, () => null)

function read(body: string | Uint8Array, type: string, asXml: (text: string) => Content | null): Content | undefined {
  if (body.length === 0) return undefined
  const media = mediaTypeOf(type)
  if (typeof body !== 'string' && media === 'multipart/form-data') return { parts: readParts(body, type) }
  const text = typeof body === 'string' ? body : decodeUtf8(body)
  if (text === null) {
    return isKeptByType(media) || body.length > MOST_BYTES
      ? { bytes: isKeptByType(media) ? media : body.length }
      : { base64: toBase64(body as Uint8Array) }
  }
  if (media === 'application/x-www-form-urlencoded') return { form: pairsOf(text) }
  return readText(text, media, asXml)
}

function readText(text: string, media: string, asXml: (text: string) => Content | null): Content {
  if (/^\s*[[{]/.test(text)) {
    const json = parseJson(text)
    if (typeof json !== 'string') return { json: plain(unmarked(json.value)) as Json }
  }
  const xml = asXml(text)
  if (xml) return xml
  if (media === 'text/html') return { bytes: media }
  return text.length > MOST_BYTES ? { bytes: text.length } : { text }
}

function asTree(text: string): Content | null {
  const root = text.trimStart().startsWith('<?xml') ? parseXml(text) : ''
  return typeof root === 'string' ? null : { xml: { [root.name]: treeOf(root) } }
}

/** Pictures are drawn by each server in its own way. */
const isKeptByType = (media: string) => media.startsWith('image/')

/** Keys that are numbers come marked, so that their order is known; here only names count. */
function unmarked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmarked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key.startsWith('\u0000') ? key.slice(1) : key, unmarked(member)]),
  )
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

const toBase64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))

/** An element without its attributes: its text, or its children by name. */
function treeOf({ children, text }: XmlElement): Json {
  if (children.length === 0) return text
  const tree: Record<string, Json> = {}
  for (const name of new Set(children.map((child) => child.name))) {
    const same = children.filter((child) => child.name === name).map(treeOf)
    tree[name] = same.length === 1 && name !== 'element' && name !== 'd:response' ? same[0]! : same
  }
  return sortedDav(tree)
}

/** Neither the order of responses nor that of properties says anything in WebDAV. */
function sortedDav(tree: Record<string, Json>): Json {
  const responses = tree['d:response']
  if (Array.isArray(responses)) tree['d:response'] = [...responses].sort((a, b) => (hrefOf(a) < hrefOf(b) ? -1 : 1))
  const isDav = Object.keys(tree).every((name) => name.includes(':'))
  return isDav ? Object.fromEntries(Object.entries(tree).sort(([a], [b]) => (a < b ? -1 : 1))) : tree
}

const hrefOf = (response: Json): string => String((response as Record<string, Json> | null)?.['d:href'])

/** Names and values of a form or a query. */
export function pairsOf(text: string): Pairs {
  const pairs: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const known = pairs[name]
    pairs[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value]
  }
  return pairs
}

/** A form or a query. */
export function writePairs(pairs: Pairs): string {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(pairs))
    for (const one of Array.isArray(value) ? value : [value as string]) form.append(name, one)
  return form.toString()
}

function readParts(body: Uint8Array, type: string): Part[] {
  const { fields, uploads } = parseMultipart(body, type)
  const parts: Part[] = Object.entries(fields).map(([name, value]) => ({ name, text: String(value) }))
  for (const [name, { filename, type: media, bytes }] of Object.entries(uploads)) {
    const text = decodeUtf8(bytes)
    parts.push({
      name,
      filename,
      ...(media === '' ? {} : { type: media }),
      ...(text === null ? { base64: toBase64(bytes) } : { text }),
    })
  }
  return parts
}

const BOUNDARY = 'ocs-mock-boundary'

/** A body as it is sent, with its type where that has to be another one than the headers say. */
export function writeContent(content: Content | undefined): {
  readonly body?: string | Uint8Array
  readonly type?: string
} {
  if (content === undefined || 'bytes' in content || 'xml' in content) return {}
  if ('json' in content) return { body: JSON.stringify(content.json) }
  if ('form' in content) return { body: writePairs(content.form) }
  if ('text' in content) return { body: content.text }
  if ('base64' in content) return { body: fromBase64(content.base64) }
  return { body: writeParts(content.parts), type: `multipart/form-data; boundary=${BOUNDARY}` }
}

function writeParts(parts: readonly Part[]): Uint8Array {
  const encode = (text: string) => new TextEncoder().encode(text)
  const chunks = parts.flatMap(({ name, filename, type, text, base64 }) => {
    const file = filename === undefined ? '' : `; filename="${filename}"`
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n`
    return [
      encode(`${head}${type === undefined ? '' : `Content-Type: ${type}\r\n`}\r\n`),
      base64 === undefined ? encode(text ?? '') : fromBase64(base64),
      encode('\r\n'),
    ]
  })
  chunks.push(encode(`--${BOUNDARY}--\r\n`))
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  const all = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}
