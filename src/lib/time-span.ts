/** How far away a moment is, in the words that the server writes beside what happened. */

const DAY = 86_400
const count = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`

/**
 * `seconds ago`, `3 hours ago`, `yesterday`, `in 2 months` … Days begin at midnight in UTC.
 * @param at seconds since 1970
 * @param now seconds since 1970
 */
export function timeSpan(at: number, now: number): string {
  const distance = Math.abs(now - at)
  const say = (amount: string) => (at > now ? `in ${amount}` : `${amount} ago`)
  if (distance >= DAY) return dateSpan(at, now, say)
  if (distance >= 3600) return say(count(Math.floor(distance / 3600), 'hour'))
  if (distance >= 60) return say(count(Math.floor(distance / 60), 'minute'))
  return at > now ? 'in a few seconds' : 'seconds ago'
}

function dateSpan(at: number, now: number, say: (amount: string) => string): string {
  const [first, last] = [Math.min(at, now), Math.max(at, now)].map((seconds) => Math.floor(seconds / DAY))
  const days = last! - first!
  const months = wholeMonths(first! * DAY, last! * DAY)
  const pick = (ahead: string, behind: string) => (at > now ? ahead : behind)
  if (days === 1) return pick('tomorrow', 'yesterday')
  if (months === 0) return say(count(days, 'day'))
  if (months === 1) return pick('next month', 'last month')
  if (months < 12) return say(count(months, 'month'))
  return months < 24 ? pick('next year', 'last year') : say(count(Math.floor(months / 12), 'year'))
}

function wholeMonths(first: number, last: number): number {
  const [from, to] = [new Date(first * 1000), new Date(last * 1000)]
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth()
  return to.getUTCDate() < from.getUTCDate() ? months - 1 : months
}
