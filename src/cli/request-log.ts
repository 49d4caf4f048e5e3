import type { JournalEntry } from '#journal/journal-entry.ts'

const NOTES: Readonly<Record<JournalEntry['outcome'], string>> = {
  answered: '',
  'unknown-route': ' (no such route)',
  'not-built': ' (NOT BUILT HERE)',
  'not-recorded': ' (NOT RECORDED)',
  dropped: ' (connection dropped)',
}

/** One request for a person: `12:34:56 GET /ocs/v2.php/cloud/user → 200 provisioning_api-users-get-current-user, admin` */
export function requestLine({
  at,
  method,
  path,
  query,
  status,
  operation,
  outcome,
  actor,
  fault,
}: JournalEntry): string {
  const time = new Date(at).toISOString().slice(11, 19)
  const request = `${method} ${path}${query === '' ? '' : `?${query}`}`
  const who = `${actor === null ? '' : `, ${actor}`}${fault === undefined ? '' : `, fault ${fault}`}`
  // What callers send may hold control characters that a terminal obeys.
  const line = `${time} ${request} → ${status}${operation === null ? '' : ` ${operation}`}${NOTES[outcome]}${who}`
  return `${line.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd')}\n`
}

/** One event for a program. */
export function jsonLine(event: string, details: object): string {
  return `${JSON.stringify({ event, ...details })}\n`
}
