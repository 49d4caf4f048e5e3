import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { beginProgress } from '#console/progress.ts'

/** What trusted servers know of their accounts is nothing that a fake asks for. */
const syncAddressBooks: CommandHandler = (context) => {
  beginProgress(context)
  context.output.writeln('')
  return 0
}

const syncCalendars: CommandHandler = ({ output }) => {
  output.writeln('There are no federated calendars')
  return 0
}

export const federationCommands = defineReleaseCommands({
  'federation:sync-addressbooks': syncAddressBooks,
  'federation:sync-calendars': syncCalendars,
})
