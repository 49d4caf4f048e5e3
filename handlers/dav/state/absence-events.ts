import { escapeText, readComponent } from '#lib/icalendar/component.ts'
import { writeComponent } from '#lib/icalendar/write.ts'
import * as objects from '#world/groupware/calendar-objects.ts'
import * as calendars from '#world/groupware/calendars.ts'
import { defineReactions } from '#world/reactions.ts'
import { getUser } from '#world/settings/config.ts'
import type { World } from '#world/world.ts'
import * as absences from './absences.ts'

const compact = (seconds: number) => new Date(seconds * 1000).toISOString().replace(/[-:]|\.\d{3}/g, '')

/** The calendar in which an absence stands: where invitations go. */
function calendarOf(world: World, userId: string): calendars.Calendar | undefined {
  const chosen = getUser(world, userId, 'dav', 'defaultCalendar', calendars.PERSONAL)
  const found = calendars.findByUri(world, userId, chosen) ?? calendars.findByUri(world, userId, calendars.PERSONAL)
  return found?.deletedAt === null ? found : undefined
}

const nameOf = ({ id }: Pick<absences.Absence, 'id'>) => `out_of_office_${id}.ics`

/** An absence is an event in the calendar of its account. */
function write(world: World, userId: string): void {
  const absence = absences.find(world, userId)
  const calendar = calendarOf(world, userId)
  if (!absence || !calendar) return
  const { start, end } = absences.spanOf(world, absence)
  const uid = `sabre-vobject-${world.random.uuid()}`
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Sabre//Sabre VObject 4.5.6//EN',
    'CALSCALE:GREGORIAN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${compact(world.clock.seconds())}`,
    `SUMMARY:${escapeText(absence.status)}`,
    `DESCRIPTION:${escapeText(absence.message)}`,
    'STATUS:CONFIRMED',
    `DTSTART:${compact(start)}`,
    `DTEND:${compact(end + 60)}`,
    'X-NEXTCLOUD-OUT-OF-OFFICE:1',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  const data = writeComponent(readComponent(lines.join('\r\n')))
  const read: objects.ReadObject = { data, component: 'VEVENT', uid, classification: 'public' }
  const known = objects.findByUri(world, calendar.id, nameOf(absence))
  if (known) objects.replace(world, known, read)
  else objects.add(world, calendar.id, nameOf(absence), read)
}

function remove(world: World, userId: string, id: number): void {
  const calendar = calendarOf(world, userId)
  const known = calendar && objects.findByUri(world, calendar.id, nameOf({ id }))
  if (known) objects.remove(world, known)
}

export const absenceEvents = defineReactions({
  'absence.scheduled': (world, { userId }) => write(world, userId),
  'absence.changed': (world, { userId }) => write(world, userId),
  'absence.cleared': (world, { userId, id }) => remove(world, userId, id),
})
