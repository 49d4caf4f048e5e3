import type { JournalEntry } from '#journal/journal-entry.ts'
import { isFailure, whyText } from '#line/why.ts'
import type { Colour, Paint } from './colour.ts'

/** Where a line of the log is read. */
export interface LogPlace {
  /** How wide it is. Default: as wide as the line. */
  readonly columns?: number | undefined
  readonly paint?: Paint
}

const GAP = '  '
/** Of a request that does not fit, so much is shown in any case. */
const LEAST_REQUEST = 24

/**
 * One request for a person: `12:34:56  412  GET /ocs/v2.php/cloud/user  3 ms  admin  (csrf: …)`. Where that is too wide,
 * the address loses its middle, and the reason stands in a line of its own.
 */
export function requestLine(
  entry: JournalEntry,
  { columns = Number.POSITIVE_INFINITY, paint = asIs }: LogPlace = {},
): string {
  const head = `${new Date(entry.at).toISOString().slice(11, 19)}${GAP}`
  const status = entry.status === 0 ? '---' : String(entry.status)
  const request = safe(`${entry.method} ${entry.path}${entry.query === '' ? '' : `?${entry.query}`}`)
  const tail = safe([milliseconds(entry.duration), ...whoOf(entry)].map((part) => GAP + part).join(''))
  const reason = safe(reasonOf(entry))
  const beside = head.length + status.length + GAP.length + tail.length
  const room = Math.max(LEAST_REQUEST, columns - beside)
  const isBeside = reason !== '' && beside + Math.min(request.length, room) + GAP.length + reason.length <= columns
  const line = `${paint('dim', head)}${paint(colourOf(entry), status)}${GAP}${shortened(request, room)}${paint('dim', tail)}`
  if (reason === '') return `${line}\n`
  const shown = paint('yellow', isBeside ? reason : shortened(reason, Math.max(LEAST_REQUEST, columns - head.length)))
  return isBeside ? `${line}${GAP}${shown}\n` : `${line}\n${' '.repeat(head.length)}${shown}\n`
}

const asIs: Paint = (_, text) => text

/** What callers send may hold control characters that a terminal obeys. */
const safe = (text: string) => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd')

const milliseconds = (duration: number) => `${duration < 1 ? '<1' : Math.round(duration)} ms`

const whoOf = ({ actor, world }: JournalEntry): string[] => [actor ?? '-', ...(world === null ? [] : [`in ${world}`])]

/** Why it was refused, or what had a hand in it. */
function reasonOf({ status, ocs, why, outcome, fault }: JournalEntry): string {
  const loud = outcome === 'not-built' ? 'NOT BUILT HERE, ' : ''
  if (outcome !== 'answered' || isFailure({ status, ocs })) return `(${loud}${whyText(why)})`
  return fault === undefined ? '' : `(fault "${fault}")`
}

function colourOf({ status, ocs }: JournalEntry): Colour {
  if (status === 0 || status >= 500) return 'red'
  return isFailure({ status, ocs }) ? 'yellow' : 'green'
}

function shortened(text: string, room: number): string {
  if (text.length <= room) return text
  const end = Math.floor((room - 1) / 2)
  return `${text.slice(0, room - 1 - end)}…${text.slice(text.length - end)}`
}

/** One event for a program. */
export function jsonLine(event: string, details: object): string {
  return `${JSON.stringify({ event, ...details })}\n`
}
