/**
 * Recordings have no secrets, so what stands in their place fits any text: a password, a token, an e-mail address,
 * a host.
 */
const STAND_INS: readonly (readonly [what: RegExp, fits: string])[] = [
  [/redacted/g, '[\\s\\S]+?'],
  [/someone\d+@example\.org/g, '[^/\\s]+?'],
  [/(?:host\d+\.example\.org|cloud\.example\.com)(?::\d+)?/g, '[^/\\s]+?'],
]

const HAS_STAND_IN = /redacted|someone\d+@example\.org|host\d+\.example\.org|cloud\.example\.com/

/** Whether a text is the recorded one, as far as the recording knows it. */
export function fits(recorded: string, given: string): boolean {
  if (recorded === given) return true
  if (!HAS_STAND_IN.test(recorded)) return false
  let pattern = recorded.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  for (const [what, any] of STAND_INS) {
    pattern = pattern.replace(new RegExp(what.source.replaceAll('\\.', '\\\\?\\.'), 'g'), any)
  }
  return new RegExp(`^${pattern}$`).test(given)
}

/** Whether values have the same members with texts that fit. Numbers and truth are compared as forms write them. */
export function fitsValue(recorded: unknown, given: unknown): boolean {
  if (typeof recorded !== 'object' || recorded === null) {
    return (typeof given !== 'object' || given === null) && fits(asText(recorded), asText(given))
  }
  if (typeof given !== 'object' || given === null) return false
  const should = recorded as Record<string, unknown>
  const is = given as Record<string, unknown>
  const keys = Object.keys(should)
  return (
    keys.length === Object.keys(is).length &&
    keys.every((key) => Object.hasOwn(is, key) && fitsValue(should[key], is[key]))
  )
}

const asText = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  return typeof value === 'boolean' ? String(Number(value)) : String(value)
}
