import type { Content } from './file-tree.ts'

/** What an empty file holds. */
export const EMPTY: Content = { base64: '' }

const SLICE = 0x8000

/** Bytes as the world keeps them. */
export function contentFrom(bytes: Uint8Array): Content {
  let binary = ''
  for (let at = 0; at < bytes.length; at += SLICE) binary += String.fromCharCode(...bytes.subarray(at, at + SLICE))
  return { base64: btoa(binary) }
}

/** All bytes of a content, or those from `start` up to but without `end`. */
export function bytesOf(content: Content, start = 0, end?: number): Uint8Array {
  if ('zeros' in content) return new Uint8Array(Math.max(0, Math.min(end ?? content.zeros, content.zeros) - start))
  // Whole groups of three bytes around what was asked for.
  const from = Math.floor(start / 3)
  const to = end === undefined ? undefined : Math.ceil(end / 3) * 4
  const bytes = Uint8Array.from(atob(content.base64.slice(from * 4, to)), (char) => char.charCodeAt(0))
  return bytes.subarray(start - from * 3, end === undefined ? undefined : end - from * 3)
}
