import { REDACTED, redactMembers, SECRET_KEY } from '#lib/secrets.ts'
import type { TableKey } from '#world/define-table.ts'
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

/** A value without its secrets, however deep they are. */
export function redactDeep(value: unknown, open: readonly string[] = []): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, open))
  const members = Object.entries(value).map(([name, member]: [string, unknown]) => {
    const isSecret = typeof member === 'string' && member !== '' && SECRET_KEY.test(name) && !open.includes(name)
    return [name, isSecret ? REDACTED : redactDeep(member, open)] as const
  })
  return Object.fromEntries(members)
}

/** A record as it may be shown. A key that is a secret is its `id` instead; a setting is one by its key. */
export function redactRecord(
  key: string,
  record: unknown,
  { open = [] }: Pick<TableKey<unknown>, 'open'>,
): { readonly key: string; readonly record: unknown } {
  const members: Readonly<Record<string, unknown>> = typeof record === 'object' && record !== null ? { ...record } : {}
  const isSecret = Object.entries(members).some(
    ([name, value]) => value === key && members.id !== key && SECRET_KEY.test(name) && !open.includes(name),
  )
  const hidden = SECRET_KEY.test(key) ? hideValue(record) : record
  return { key: isSecret ? String(members.id ?? REDACTED) : key, record: redactDeep(hidden, open) }
}

const hideValue = (record: unknown): unknown => {
  if (typeof record === 'string') return REDACTED
  return typeof record === 'object' && record !== null && 'value' in record ? { ...record, value: REDACTED } : record
}
