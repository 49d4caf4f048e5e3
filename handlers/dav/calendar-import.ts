import type { CommandContext, CommandHandler } from '#console/command.ts'
import type { PhpError } from '#console/errors.ts'
import { notBuilt } from '#console/not-built.ts'
import { uncaughtError } from '#console/uncaught-error.ts'
import { type Component, ComponentError, componentsOf, readComponent, textOf } from '#lib/icalendar/component.ts'
import { readJcal } from '#lib/icalendar/jcal.ts'
import { validateCalendar } from '#lib/icalendar/validate.ts'
import { writeComponent } from '#lib/icalendar/write.ts'
import * as objects from '#world/groupware/calendar-objects.ts'
import * as calendars from '#world/groupware/calendars.ts'
import { serverRoot } from '#world/settings/server-root.ts'
import type { World } from '#world/world.ts'
import { type FORMATS, isFormat, ZONE } from './calendar-export.ts'
import { accountOf, thrown } from './command-arguments.ts'
import { describeObject } from './webdav/groupware/read-object.ts'

/** What became of each object, by its UID. */
type Outcomes = Map<string, 'created' | 'updated' | 'skipped' | readonly string[]>

/** Puts the objects of a file into a calendar. */
export const importCalendar: CommandHandler = (context) => {
  const { input, world } = context
  const user = accountOf(context, 'uid')
  if (!user) throw thrown('ImportCalendar', 76, `User <${input.text('uid')}> not found.`)
  const uri = input.text('uri')
  const calendar = calendars.findByUri(world, user.id, uri)
  if (!calendar) throw thrown('ImportCalendar', 81, `Calendar <${uri}> not found`)
  if (calendar.deletedAt !== null) throw thrown('ImportCalendar', 90, `Calendar <${uri}> is deleted`)
  const format = input.value('format') ?? 'ical'
  if (format === 'xcal') return notBuilt('calendar:import')(context)
  if (!isFormat(format)) throw thrown('CalendarImportOptions', 84, 'Format is not valid.')
  const text = textToImport(context)
  const outcomes: Outcomes = new Map()
  for (const document of objectsIn(text, format)) importObject(context, calendar, document, outcomes)
  tell(context, outcomes)
  return 0
}

function textToImport({ input, hostFile }: CommandContext): string {
  const location = input.argument('location')
  if (location === null) return input.readAll()
  const text = hostFile(String(location))
  if (text !== null) return text
  const why = `Location <${location}> is not valid. Cannot open location for read operation.`
  throw thrown('ImportCalendar', 108, why)
}

/** A file as calendars of one object each: what has the same UID belongs together, with the time zones of the file. */
function objectsIn(text: string, format: keyof typeof FORMATS): Component[] {
  const document = readDocument(text, format)
  if (document === null) return []
  const zones = componentsOf(document, ZONE)
  const byUid = new Map<string, Component[]>()
  for (const component of componentsOf(document)) {
    if (component.name === ZONE) continue
    const uid = textOf(component, 'UID') ?? ''
    byUid.set(uid, [...(byUid.get(uid) ?? []), component])
  }
  const properties = document.children.filter((child) => !('children' in child))
  return [...byUid.values()].map((components) => ({
    ...document,
    children: [...properties, ...zones.filter((zone) => isNamedIn(zone, components)), ...components],
  }))
}

/** What is no calendar has no objects (Nextcloud 34.0.1, asked). */
function readDocument(text: string, format: keyof typeof FORMATS): Component | null {
  try {
    return format === 'jcal' ? readJcal(text) : readComponent(text)
  } catch (error) {
    if (error instanceof ComponentError) return null
    throw error
  }
}

const isNamedIn = (zone: Component, components: readonly Component[]) => {
  const id = textOf(zone, 'TZID') ?? ''
  return components.some((component) => writeComponent(component).includes(id))
}

function importObject(context: CommandContext, calendar: calendars.Calendar, document: Component, outcomes: Outcomes) {
  const { input, world } = context
  const uid = textOf(componentsOf(document).find(({ name }) => name !== ZONE)!, 'UID')
  if (uid === undefined) throw withoutUid(world)
  const validation = input.value('validation') ?? '1'
  const problem = validation === '0' ? undefined : problemOf(context, document)
  if (problem !== undefined) {
    if (validation === '2')
      throw thrown('ImportService', 289, `Error importing calendar data: UID <${uid}> - ${problem}`)
    outcomes.set(uid, [problem])
    return
  }
  const read = describeObject(writeComponent(document), document)
  const before = objects.listOf(world, calendar.id).find((object) => object.uid === uid)
  if (!before) {
    objects.add(world, calendar.id, world.random.uuid(), read)
    outcomes.set(uid, 'created')
  } else if (input.flag('supersede')) {
    objects.replace(world, before, read)
    outcomes.set(uid, 'updated')
  } else outcomes.set(uid, 'skipped')
}

/** What cannot be mended; what can, is mended. */
function problemOf({ world }: CommandContext, document: Component): string | undefined {
  const options = { repairs: true, uuid: () => world.random.uuid(), now: world.clock.seconds() }
  return validateCalendar(document, options).find(({ severity }) => severity === 'error')?.message
}

/** What has no UID ends the import, and the real server's program (Nextcloud 34.0.1, asked). */
function withoutUid(world: World): PhpError {
  const [service, importer] = ['apps/dav/lib/CalDAV/Import/ImportService.php', 'TextImporter']
  const name = 'OCA\\DAV\\CalDAV\\Import\\ImportService'
  const called = `called in ${serverRoot(world)}/${service} on line 97 and defined`
  return uncaughtError(world, {
    error: `TypeError: OCA\\DAV\\CalDAV\\Import\\${importer}::extract(): Argument #1 ($start) must be of type int, string given, ${called}`,
    at: `apps/dav/lib/CalDAV/Import/${importer}.php:152`,
    frames: [
      `${service}(97): OCA\\DAV\\CalDAV\\Import\\${importer}->extract()`,
      `${service}(235): ${name}->importText()`,
      `${service}(46): ${name}->importProcess()`,
      `apps/dav/lib/Command/ImportCalendar.php(127): ${name}->import()`,
    ],
    command: 'OCA\\DAV\\Command\\ImportCalendar',
  })
}

/** What each option shows, and the word for it. */
const SHOWN = [
  ['created', 'Created'],
  ['updated', 'Updated'],
  ['skipped', 'Skipped'],
  ['errors', 'Errors'],
] as const

/** @param seconds that it took; a fake takes none */
function tell({ input, output }: CommandContext, outcomes: Outcomes, seconds = '0.001'): void {
  const all = [...outcomes].map(([uid, outcome]) => ({
    uid,
    kind: typeof outcome === 'string' ? outcome : ('errors' as const),
    problems: typeof outcome === 'string' ? [] : outcome,
  }))
  if (all.length > 0 && SHOWN.some(([kind]) => input.flag(`show-${kind}`))) output.writeln('')
  for (const { uid, kind, problems } of all)
    if (input.flag(`show-${kind}`)) output.writeln([`${kind}: ${uid}`, ...problems])
  const totals = SHOWN.map(([kind, word]) => `Total ${word}: ${all.filter((one) => one.kind === kind).length}`)
  output.writeln(['', 'Import Completed', '================', `Execution Time: ${seconds} sec`, ...totals, ''])
}
