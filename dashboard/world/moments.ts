/** A moment, by the minute; nothing where there is none. @param seconds since 1970 */
export const moment = (seconds: unknown) =>
  typeof seconds === 'number' && seconds > 0
    ? new Date(seconds * 1000).toISOString().replace('T', ' ').slice(0, 16)
    : ''

/** What is left until a moment, by the world's clock. @param seconds since 1970 @param now milliseconds since 1970 */
export function left(seconds: unknown, now: number): string {
  if (typeof seconds !== 'number') return 'for good'
  const minutes = Math.floor((seconds * 1000 - now) / 60_000)
  if (minutes < 0) return 'over'
  if (minutes < 60) return `${minutes} min`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.floor(minutes / 1440)} days`
}
