/** Time zones as far as answers show them. */

/** Whether a name is one of a time zone. */
export function isTimezone(name: string): boolean {
  // The usual one is known without the tables of all others, which take long to load.
  if (name === 'UTC') return true
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** How far a time zone is ahead of UTC at a moment, in seconds. */
export function offsetOf(zone: string, milliseconds: number): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    milliseconds,
  )
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = /GMT([+-])(\d+):(\d+)(?::(\d+))?/.exec(name) ?? []
  const offset = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return sign === '-' ? -offset : offset
}

/** The time on a clock of a time zone, as it is written in English: `5:10 AM`, with a narrow blank. */
export function clockTime(zone: string, milliseconds: number): string {
  const local = new Date(milliseconds + offsetOf(zone, milliseconds) * 1000)
  const hours = local.getUTCHours()
  const minutes = String(local.getUTCMinutes()).padStart(2, '0')
  return `${hours % 12 || 12}:${minutes}\u202f${hours < 12 ? 'AM' : 'PM'}`
}
