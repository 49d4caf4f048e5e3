import type { World } from '../world.ts'
import { calendarObjectsTable, objectKeysOf } from './calendar-objects.ts'
import { BIRTHDAYS, type Calendar, calendarsTable, find, retention } from './calendars.ts'
import { forgetChanges } from './changes.ts'
import { forgetShares } from './shares.ts'

/** Put a calendar into the trash, or delete it: where there is no trash, where it is there already, and birthdays. */
export function removeCalendar(world: World, calendar: Calendar, isForGood = false): void {
  if (isForGood || calendar.uri === BIRTHDAYS || retention(world) === 0) {
    destroyCalendar(world, calendar)
    return
  }
  world.table(calendarsTable).patch(String(calendar.id), { deletedAt: world.clock.seconds() })
  world.emit({ type: 'calendar.trashed', calendar: find(world, calendar.id)! })
}

/** Delete a calendar for good, with all that is in it. */
export function destroyCalendar(world: World, calendar: Calendar): void {
  world.emit({ type: 'calendar.deleted', calendar })
  for (const key of objectKeysOf(world, calendar.id)) world.table(calendarObjectsTable).delete(key)
  forgetChanges(world, 'calendar', calendar.id)
  forgetShares(world, 'calendar', calendar.id)
  world.table(calendarsTable).delete(String(calendar.id))
}
