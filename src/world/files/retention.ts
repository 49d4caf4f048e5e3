/** How many days something is kept, at least and at most; `null`: nothing is said about it. */
export interface Retention {
  readonly min: number | null
  readonly max: number | null
}

const DEFAULT_DAYS = 30

/**
 * A setting such as `auto`, `7, auto`, `auto, 14` or `7, 14`; `null`: `disabled`. A maximum below the minimum is the
 * minimum.
 */
export function readRetention(text: string): Retention | null {
  if (text === 'disabled') return null
  const [first = '', second] = text.split(',').map((part) => part.trim())
  const max = second ?? (first === 'auto' ? 'auto' : String(DEFAULT_DAYS))
  const days = (part: string) => Number.parseInt(part, 10) || 0
  if (max === 'auto') return { min: first === 'auto' ? DEFAULT_DAYS : days(first), max: null }
  if (first === 'auto') return { min: null, max: days(max) }
  return { min: days(first), max: Math.max(days(first), days(max)) }
}
