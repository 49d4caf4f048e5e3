import { compilePattern } from '#lib/pattern.ts'

/**
 * Recordings have no secrets, so what stands in their place fits any text: a password, a token, an e-mail address,
 * a host.
 */
const PLACEHOLDERS: readonly (readonly [what: RegExp, fits: string])[] = [
  [/redacted/g, '[\\s\\S]+?'],
  [/someone\d+@example\.org/g, '[^/\\s]+?'],
  [/(?:host\d+\.example\.org|cloud\.example\.com)(?::\d+)?/g, '[^/\\s]+?'],
]

const HAS_PLACEHOLDER = /redacted|someone\d+@example\.org|host\d+\.example\.org|cloud\.example\.com/

/** Whether a text is the recorded one, as far as the recording knows it. */
export function matches(recorded: string, actual: string): boolean {
  if (recorded === actual) return true
  if (!HAS_PLACEHOLDER.test(recorded)) return false
  let pattern = recorded.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  for (const [what, any] of PLACEHOLDERS) {
    pattern = pattern.replace(new RegExp(what.source.replaceAll('\\.', '\\\\?\\.'), 'g'), any)
  }
  return compilePattern(`^${pattern}$`).test(actual)
}

/** Whether values have the same members with texts that fit. Numbers and truth are compared as forms write them. */
export function matchesValue(recorded: unknown, actual: unknown): boolean {
  if (typeof recorded !== 'object' || recorded === null) {
    return (typeof actual !== 'object' || actual === null) && matches(asText(recorded), asText(actual))
  }
  if (typeof actual !== 'object' || actual === null) return false
  const should = recorded as Record<string, unknown>
  const is = actual as Record<string, unknown>
  const keys = Object.keys(should)
  return (
    keys.length === Object.keys(is).length &&
    keys.every((key) => Object.hasOwn(is, key) && matchesValue(should[key], is[key]))
  )
}

const asText = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  return typeof value === 'boolean' ? String(Number(value)) : String(value)
}
