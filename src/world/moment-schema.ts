import { s } from '#lib/schema.ts'

/** A moment as documents write it. JSON Schema can only say that it names a year. */
export const momentSchema = s.form<string | number>(
  'a moment such as "2026-03-01T12:00:00Z", or milliseconds since 1970',
  (v) => typeof v === 'number' || (typeof v === 'string' && Number.isFinite(Date.parse(v))),
  { type: ['string', 'number'], minimum: 0, pattern: '\\d{4}' },
)
