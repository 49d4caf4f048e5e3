import type { CommandHandler } from '#console/command.ts'
import { defineReleaseCommands } from '#console/define-command.ts'
import { thrownAt } from '#console/errors.ts'
import { writeStyledTable } from '#console/symfony-style.ts'
import { toInt } from '#lib/php.ts'

/** A fake keeps no log: what it has to say is on its standard error and in its journal. */
const tail: CommandHandler = (context) => {
  const { input } = context
  if (toInt(input.text('lines')) === 0) {
    const message = 'Cannot seek to 0 which is behind offset 0 plus count 0'
    throw thrownAt('Tail', 49, message, 'OutOfBoundsException')
  }
  if (!input.flag('raw')) writeStyledTable(context, ['Level', 'App', 'Message', 'Time'], [])
  return 0
}

/** Nothing will come, so there is nothing to wait for. */
const watch: CommandHandler = () => 0

export const serverLogCommands = defineReleaseCommands({ 'log:tail': tail, 'log:watch': watch })
