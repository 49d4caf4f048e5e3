import type { Json } from './json.ts'
import type { PhpValue } from './php.ts'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A JSON Merge Patch (RFC 7396) laid over a value, which stays as it is: `null` removes a member. */
export function mergePatch(target: PhpValue, patch: Json): PhpValue
export function mergePatch(target: unknown, patch: unknown): unknown
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  // A map, because a member may have any name, `__proto__` too.
  const merged = new Map(isObject(target) ? Object.entries(target) : [])
  for (const [key, change] of Object.entries(patch)) {
    if (change === null) merged.delete(key)
    else merged.set(key, mergePatch(merged.get(key), change))
  }
  return Object.fromEntries(merged)
}
