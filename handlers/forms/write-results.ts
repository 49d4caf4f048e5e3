import { config, files, users } from '#app/index.ts'
import { isTimeZone, offsetAt } from '#lib/time-zone.ts'
import type { World } from '#world/world.ts'
import { type Cell, columnsOf } from './result-columns.ts'
import { csvOf, odsOf, xlsxOf } from './spreadsheets.ts'
import { fileName } from './state/files.ts'
import type { Form, Submission } from './state/records.ts'
import { answersOf, submissionsOf } from './state/submissions.ts'

/** The kinds of tables that results are written to. */
export const FORMATS = ['csv', 'ods', 'xlsx'] as const
export type Format = (typeof FORMATS)[number]

const WRITERS: Readonly<Record<Format, { readonly type: string; readonly write: typeof odsOf }>> = {
  csv: { type: 'text/csv', write: csvOf },
  ods: { type: 'application/vnd.oasis.opendocument.spreadsheet', write: odsOf },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', write: xlsxOf },
}

export const isFormat = (text: string): text is Format => Object.hasOwn(WRITERS, text)

/** What the table of a form is called: `Lunch (responses).csv`. */
export const resultsName = (world: World, { title }: Form, format: Format): string =>
  fileName(world, `${title} (responses).${format}`)

interface Wanted {
  /** In whose time zone, and whose files. */
  readonly userId: string
  readonly format: string
  readonly baseUrl: string
}

/** All that was answered as a table, the oldest first. */
export function resultsOf(
  world: World,
  form: Form,
  { userId, format, baseUrl }: Wanted & { readonly format: Format },
): { readonly bytes: Uint8Array; readonly type: string } {
  const columns = columnsOf(world, form)
  const header = ['User ID', 'User display name', 'Timestamp', ...columns.flatMap(({ heads }) => heads)]
  const zone = config.getUser(world, userId, 'core', 'timezone') || 'UTC'
  const rowOf = (submission: Submission): Cell[] => {
    const answers = answersOf(world, submission.id)
    const user = users.find(world, submission.userId)
    const who = user ? [user.id, user.displayName] : ['', 'Anonymous user']
    const cells = columns.flatMap(({ question, cellsOf }) =>
      cellsOf(
        answers.filter(({ questionId }) => questionId === question.id),
        baseUrl,
      ),
    )
    return [...who, atomOf(submission.timestamp, zone), ...cells]
  }
  const rows = submissionsOf(world, form.id).reverse().map(rowOf)
  const { type, write } = WRITERS[format]
  return { bytes: write([header, ...rows], world.clock.seconds()), type }
}

/** `2026-05-06T09:08:09+02:00` */
function atomOf(seconds: number, zone: string): string {
  const offset = isTimeZone(zone) ? offsetAt(seconds, zone) : 0
  const minutes = Math.abs(offset) / 60
  const two = (number: number) => String(Math.trunc(number)).padStart(2, '0')
  const wall = new Date((seconds + offset) * 1000).toISOString().slice(0, 19)
  return `${wall}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
}

/**
 * Write the table to a file: to the one that is named, if it is of this kind, else beside it or into the folder.
 * @returns `null`: there is no such kind of table, or no such place
 */
export function writeResults(world: World, form: Form, wanted: Wanted & { readonly path: string }): files.Entry | null {
  const { userId, path, format, baseUrl } = wanted
  if (!isFormat(format)) return null
  files.ensureHome(world, userId)
  const place = files.resolve(world, userId, files.normalize(path))
  if (!place) return null
  const isNamed = !files.isFolder(place) && place.path.endsWith(`.${format}`)
  const folder = files.isFolder(place) ? place.path : files.dirName(place.path)
  const target = isNamed ? place.path : files.joinPath(folder, resultsName(world, form, format))
  const { bytes } = resultsOf(world, form, { userId, format, baseUrl })
  files.newFile(world, userId, target, files.contentFrom(bytes))
  return files.resolve(world, userId, target) ?? null
}

/** New answers come to the file that a form is linked with. */
export function syncLinked(world: World, form: Form, baseUrl: string): void {
  const entry = form.fileId === null ? undefined : files.entryOf(world, form.ownerId, form.fileId)
  if (!entry || form.fileFormat === null) return
  writeResults(world, form, { userId: form.ownerId, path: entry.path, format: form.fileFormat, baseUrl })
}
