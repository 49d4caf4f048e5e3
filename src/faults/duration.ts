import { s } from '#lib/schema.ts'
import { parseDuration } from '#world/clock.ts'

/** Milliseconds, or numbers with units: `90s`, `24h`, `1h30m`. */
export type Duration = string | number

function isDuration(value: unknown): value is Duration {
  if (typeof value !== 'string' && typeof value !== 'number') return false
  try {
    return parseDuration(value) >= 0
  } catch {
    return false
  }
}

export const durationSchema = s.form<Duration>('a duration such as "500ms", "90s", "24h" or "7d"', isDuration, {
  type: ['string', 'number'],
  minimum: 0,
  pattern: '^\\s*(?:\\d+(?:\\.\\d+)?\\s*(?:ms|s|m|h|d|w)\\s*)+$',
})
