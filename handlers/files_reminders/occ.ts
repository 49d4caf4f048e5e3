import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { writeBlock, writeStyledTable } from '#console/symfony-style.ts'
import { writeArray } from '#console/write-in-format.ts'
import { atomDate } from '#lib/http-date.ts'
import * as users from '#world/accounts/users.ts'
import * as files from '#world/files/files.ts'
import { type FileReminder, fileRemindersTable } from '#world/files/reminders.ts'
import { serverPath } from '#world/files/server-paths.ts'

const HEADERS = [
  ...['User Id', 'File Id', 'Path', 'Due Date (UTC)'],
  ...['Updated At (UTC)', 'Created At (UTC)', 'Notified'],
]

const list: CommandHandler = (context) => {
  const { input, output, world } = context
  const userId = input.argument('user')
  if (userId !== null && !users.find(world, String(userId))) {
    writeBlock(context, 'ERROR', `Unknown user <${userId}>`)
    return 1
  }
  const found = [...world.table(fileRemindersTable).values()].filter(
    (reminder) => userId === null || reminder.userId === String(userId),
  )
  const pathOf = ({ userId: owner, fileId }: FileReminder) => {
    const entry = files.entryOf(world, owner, fileId)
    return entry ? serverPath(entry) : ''
  }
  if (input.value('output') !== 'plain') {
    writeArray(
      context,
      found.map((one) => ({ userId: one.userId, fileId: one.fileId, path: pathOf(one), dueDate: atomDate(one.dueAt) })),
      '',
    )
    return 0
  }
  if (found.length === 0) output.writeln(' No reminders')
  else
    writeStyledTable(
      context,
      HEADERS,
      found.map((one) => {
        const due = atomDate(one.dueAt)
        return [one.userId, String(one.fileId), pathOf(one), due, due, due, 'false']
      }),
    )
  return 0
}

export const reminderCommands = defineReleaseCommands({ 'files:reminders': list })
