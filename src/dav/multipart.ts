import { badRequest, DavError } from '#line/dav-exit.ts'

/** One file of a `multipart/related` body. */
export interface Part {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/**
 * The boundary that a content type names.
 * @throws DavError 400
 */
export function boundaryOf(contentType: string): string {
  if (contentType === '') throw badRequest('Content-Type can not be null')
  const match = /^([^;]*);([^=;]*)=([^=;]*)/.exec(contentType)
  if (!match) throw badRequest('Error while parsing boundary in Content-Type header.')
  const [, type, key, value] = match as unknown as [string, string, string, string]
  if (type.trim() !== 'multipart/related') throw badRequest('Content-Type must be multipart/related')
  if (key.trim() !== 'boundary') throw badRequest('Boundary is invalid')
  return value.trim().replace(/^"(.*)"$/, '$1')
}

/**
 * The parts of a body one by one; where something is wrong with one, `broken` comes instead and nothing more.
 * @throws DavError 500 for a body that is too short
 */
export function* partsOf(body: Uint8Array, boundary: string): Generator<Part | 'broken'> {
  const next = `--${boundary}\r\n`
  const last = `--${boundary}--\r\n`
  // PHP steps back to where it was by the length of what it looked for, which it cannot in less than that.
  if (body.length < last.length) throw new DavError(500, 'Sabre\\DAV\\Exception', 'Unknown error while seeking content')
  let at = 0
  while (textAt(body, at, last.length) !== last) {
    const part = textAt(body, at, next.length) === next ? readPart(body, at + next.length) : null
    if (!part) {
      yield 'broken'
      return
    }
    yield part
    at = part.end
  }
}

/** Headers end with an empty line, and say how long the rest is. */
function readPart(body: Uint8Array, start: number): (Part & { end: number }) | null {
  const headers: Record<string, string> = {}
  let at = start
  for (;;) {
    const end = body.indexOf(10, at)
    if (end < 0) return null
    const line = textAt(body, at, end + 1 - at)
    at = end + 1
    if (line === '\r\n') break
    const colon = line.indexOf(':')
    if (colon < 0) return null
    headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim()
  }
  const length = Number.parseInt(headers['content-length'] ?? '', 10)
  if (!(length >= 0) || at + length > body.length) return null
  return { headers, body: body.subarray(at, at + length), end: at + length + 2 }
}

const DECODER = new TextDecoder()
const textAt = (bytes: Uint8Array, start: number, length: number): string =>
  DECODER.decode(bytes.subarray(start, start + length))
