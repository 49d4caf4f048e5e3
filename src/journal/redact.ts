import { REDACTED, redactMembers, SECRET_KEY } from '#lib/secrets.ts'
import type { WorldEvent } from '#world/events.ts'
import type { JournalChange, JournalHeaders } from './journal-entry.ts'

/** Headers as the journal shows them: of credentials the scheme, of cookies the names. */
export function redactHeaders(headers: Iterable<readonly [name: string, value: string]>): JournalHeaders {
  const shown: Record<string, string> = {}
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    const safe = redactHeader(key, value)
    const separator = key === 'cookie' ? '; ' : ', '
    shown[key] = Object.hasOwn(shown, key) ? shown[key] + separator + safe : safe
  }
  return shown
}

function redactHeader(name: string, value: string): string {
  if (name === 'cookie') return value.replace(/=[^;]*/g, `=${REDACTED}`)
  if (name === 'set-cookie') return value.replace(/=[^;]*/, `=${REDACTED}`)
  if (/authori[sz]ation/.test(name))
    return /^(?:basic|bearer|digest)\b/i.test(value) ? `${value.split(' ')[0]} ${REDACTED}` : REDACTED
  return SECRET_KEY.test(name) ? REDACTED : redactMembers(value)
}

/** An event as far as it is plain: texts, numbers and lists of them, and of records their ids. */
export function changeOf({ type, ...details }: WorldEvent): JournalChange {
  const plain = Object.entries(details).flatMap(([name, value]: [string, unknown]) => {
    const shown = SECRET_KEY.test(name) ? REDACTED : plainOf(value)
    return shown === undefined ? [] : [[name, shown] as const]
  })
  return { type, ...Object.fromEntries(plain) }
}

function plainOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.every((item) => typeof item !== 'object') ? value : undefined
  return 'id' in value ? value.id : undefined
}
