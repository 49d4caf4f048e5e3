import type { Answer } from '#line/call.ts'

const MAX_BODY_BYTES = 16_384

const decoder = new TextDecoder()
const encoder = new TextEncoder()

/** A body as the journal keeps it. */
export function textOf(body: Uint8Array): string {
  return decoder.decode(body.length > MAX_BODY_BYTES ? body.subarray(0, MAX_BODY_BYTES) : body)
}

const IS_TEXT = /^(?:text\/|application\/(?:[\w.+-]*\+)?(?:json|xml|javascript|x-www-form-urlencoded)|image\/svg)/i

/** The body of an answer as the journal keeps it, and its size in bytes. What is no text has none. */
export function cutText({ headers, body }: Answer): { readonly text: string | null; readonly size: number } {
  if (body.length === 0) return { text: null, size: 0 }
  if (typeof body !== 'string') return { text: isText(headers) ? textOf(body) : null, size: body.length }
  const bytes = encoder.encode(body)
  // A part of a long text would keep all of it in memory; what is made of its bytes does not.
  return { text: bytes.length > MAX_BODY_BYTES ? textOf(bytes) : body, size: bytes.length }
}

function isText(headers: Answer['headers']): boolean {
  for (const [name, value] of headers) if (name.toLowerCase() === 'content-type') return IS_TEXT.test(value)
  return false
}
