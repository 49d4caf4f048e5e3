/** Anything that JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject

export type JsonObject = { readonly [key: string]: Json }

/** How deep PHP's `json_decode` reads; whatever walks a value that was read here needs no more stack than that. */
const MOST_LEVELS = 512

/** A text as JSON; `undefined`: it is none, or nested deeper than PHP reads it (512 levels). */
export function parseJson(text: string): Json | undefined {
  if (isTooDeep(text)) return undefined
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

/** Whether a text has more brackets in brackets than PHP reads. */
export function isTooDeep(text: string): boolean {
  if (text.length <= MOST_LEVELS) return false
  let depth = 0
  let isText = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (isText) {
      if (char === '\\') at++
      else if (char === '"') isText = false
    } else if (char === '"') isText = true
    else if (char === '[' || char === '{') {
      if (++depth > MOST_LEVELS) return true
    } else if (char === ']' || char === '}') depth--
  }
  return false
}

/** Whether a value has members, and is no list. */
export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value by its members: the keys of a list are its indexes, and all else has none. */
export function membersOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
