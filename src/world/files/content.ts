import type { Content } from './tree.ts'

/** What an empty file holds. */
export const EMPTY: Content = { base64: '' }

/** Bytes that are turned into base64 at once: whole groups of three, few enough for one call. */
const SLICE = 0x6000

/** Bytes as the world keeps them. */
export function contentFrom(bytes: Uint8Array): Content {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += SLICE) {
    parts.push(btoa(String.fromCharCode.apply(null, bytes.subarray(at, at + SLICE) as unknown as number[])))
  }
  return { base64: parts.join('') }
}

/** All bytes of a content, or those from `start` up to but without `end`. */
export function bytesOf(content: Content, start = 0, end?: number): Uint8Array {
  if ('zeros' in content) return new Uint8Array(Math.max(0, Math.min(end ?? content.zeros, content.zeros) - start))
  // Whole groups of three bytes around what was asked for.
  const from = Math.floor(start / 3)
  const to = end === undefined ? undefined : Math.ceil(end / 3) * 4
  const binary = atob(content.base64.slice(from * 4, to))
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes.subarray(start - from * 3, end === undefined ? undefined : end - from * 3)
}
