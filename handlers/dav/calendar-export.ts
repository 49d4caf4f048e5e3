import type { CommandContext, CommandHandler } from '#console/command.ts'
import { notBuilt } from '#console/not-built.ts'
import { type Component, componentsOf, readComponent, textOf } from '#lib/icalendar/component.ts'
import { jsonText, toJcal } from '#lib/icalendar/jcal.ts'
import { writeComponent } from '#lib/icalendar/write.ts'
import * as objects from '#world/groupware/calendar-objects.ts'
import * as calendars from '#world/groupware/calendars.ts'
import { versionOf } from '#world/settings/version.ts'
import { accountOf, thrown } from './command-arguments.ts'

export const ZONE = 'VTIMEZONE'

/** The components of a calendar one by one, those that say what a time zone is at the end and once each. */
function exported({ world }: CommandContext, calendar: calendars.Calendar): Component[] {
  const all = objects.listOf(world, calendar.id).flatMap(({ data }) => componentsOf(readComponent(data)))
  const zones = all.filter(({ name }) => name === ZONE).map((zone) => [textOf(zone, 'TZID') ?? '', zone] as const)
  return [...all.filter(({ name }) => name !== ZONE), ...new Map(zones.toReversed()).values()]
}

/** How a file begins and ends, with a component on a line of its own in between (Nextcloud 34.0.1, asked). */
export const FORMATS = {
  ical: {
    begin: (id: string) => `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:${id}\n`,
    write: writeComponent,
    end: 'END:VCALENDAR\n',
  },
  jcal: {
    begin: (id: string) => {
      const written = JSON.stringify(id).replaceAll('/', '\\/')
      return `["vcalendar",[["version",{},"text","2.0"],["prodid",{},"text",${written}]],[`
    },
    write: (component: Component) => jsonText(toJcal(component)),
    end: ']]',
  },
} as const

export const isFormat = (name: string): name is keyof typeof FORMATS => Object.hasOwn(FORMATS, name)

/** The objects of a calendar as one file, on standard output. */
export const exportCalendar: CommandHandler = (context) => {
  const { input, output, world, profile } = context
  const user = accountOf(context, 'uid')
  if (!user) throw thrown('ExportCalendar', 60, `User <${input.text('uid')}> not found.`)
  const uri = input.text('uri')
  const calendar = calendars.findByUri(world, user.id, uri)
  if (!calendar || calendar.deletedAt !== null) throw thrown('ExportCalendar', 65, `Calendar <${uri}> not found.`)
  const format = input.value('format') ?? 'ical'
  if (format === 'xcal') return notBuilt('calendar:export')(context)
  if (!isFormat(format)) throw thrown('ExportCalendar', 75, `Format <${format}> is not valid.`)
  const location = input.value('location')
  if (location !== null) {
    const why = `Location <${location}> is not valid. Cannot open location for write operation.`
    throw thrown('ExportCalendar', 82, why)
  }
  const { begin, write, end } = FORMATS[format]
  const version = versionOf(world, profile).versionString
  output.writeln(begin(`-//IDN nextcloud.com//Calendar Export v${version}//EN`))
  for (const component of exported(context, calendar)) output.writeln(write(component))
  output.writeln(end)
  return 0
}
