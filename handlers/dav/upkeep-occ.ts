import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { thrownAt } from '#console/errors.ts'
import { fail } from '#console/fail.ts'
import { beginProgress, showSteps } from '#console/progress.ts'
import { renderTable } from '#console/table.ts'
import * as users from '#world/accounts/users.ts'
import * as calendars from '#world/groupware/calendars.ts'
import * as shares from '#world/groupware/shares.ts'
import { getApp, setApp } from '#world/settings/config.ts'

/** Calendars that an account was given and gave up show up again when it is forgotten that it did. */
const clearUnshares: CommandHandler = async ({ input, output, world }) => {
  const userId = input.text('uid')
  if (!users.find(world, userId))
    throw thrownAt('ClearCalendarUnshares', 60, `User ${userId} is unknown`, 'InvalidArgumentException')
  const given = shares.meantFor(world, 'calendar', userId)
  const unshared = given.filter(({ access }) => access === 'unshared')
  if (unshared.length === 0) {
    output.writeln(`User ${userId} has no calendar unshares`)
    return 0
  }
  const rows = given.map(({ id, collectionId }) => {
    const calendar = calendars.find(world, collectionId)
    return [id, collectionId, calendar?.uri ?? 'Resource not found', calendar?.displayName ?? '']
  })
  renderTable(output, ['Share Id', 'Calendar Id', 'Calendar URI', 'Calendar Name'], rows)
  output.writeln('')
  if (await input.confirm('Please confirm to delete the above calendar unshare entries [y/n]', false)) {
    for (const { collectionId, principal } of unshared) shares.unshare(world, 'calendar', collectionId, principal)
    output.writeln(`Calendar unshares for user ${userId} deleted`)
  }
  return 0
}

const clearPhotos: CommandHandler = ({ output }) => {
  output.writeln('No cached contact photos found.')
  return 0
}

/** Reminders are sent by the clock unless the administrator wants them sent by this command. */
const sendReminders: CommandHandler = (context) => {
  const { output, world } = context
  const [what, setting] =
    getApp(world, 'dav', 'sendEventReminders', 'yes') !== 'yes'
      ? ['disabled!', 'sendEventReminders --value yes']
      : getApp(world, 'dav', 'sendEventRemindersMode', 'backgroundjob') !== 'occ'
        ? ['mode set to background-job!', 'sendEventRemindersMode --value occ']
        : ['', '']
  if (what === '') return 0
  fail(context, `Sending event reminders ${what}`)
  output.writeln(`<info>Please run "php occ config:app:set dav ${setting}"`)
  return 1
}

/** All accounts are in the system's address book as soon as they are there. */
const syncSystemBook: CommandHandler = (context) => {
  context.output.writeln('Syncing users ...')
  beginProgress(context)
  showSteps(context, users.search(context.world).length)
  context.output.writeln('')
  setApp(context.world, 'dav', 'needs_system_address_book_sync', 'no')
  return 0
}

export const davUpkeepCommands = defineReleaseCommands({
  'dav:clear-calendar-unshares': clearUnshares,
  'dav:clear-contacts-photo-cache': clearPhotos,
  'dav:send-event-reminders': sendReminders,
  'dav:sync-system-addressbook': syncSystemBook,
})
